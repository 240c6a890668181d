import { expect, it } from 'vitest'
import { playWholeStore } from '../../dev/chaos/whole-store/play-whole-store'
import { brokenInWholeStore, printWholeStore } from '../../dev/chaos/whole-store/report'
import { createTestDatabase } from '../support/database'

/** Longer than a dead worker's hold of a run, on a loaded machine. */
const PATIENCE_MS = 150_000
const TEST_MS = 300_000

/** The short form of `npm run test:chaos -- --scenario whole-store`. */
it(
  'a store that was there before the app is in step in the end, and what is out of reach is not deleted',
  { timeout: TEST_MS },
  async ({ onTestFinished }) => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const result = await playWholeStore({
      ...{ seed: 4, records: 1_200, deaths: 1, isLight: false },
      ...{ databaseUrl: database.url, patienceMs: PATIENCE_MS, say: () => undefined },
    })
    printWholeStore(result)
    expect(brokenInWholeStore(result)).toEqual({})
  },
)
