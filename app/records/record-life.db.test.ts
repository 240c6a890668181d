import fc from 'fast-check'
import { afterAll, beforeAll, it } from 'vitest'
import { comeToRest, type End } from '../../tests/model/come-to-rest'
import { commands } from '../../tests/model/commands'
import { keepJournal } from '../../tests/model/journal'
import { startSwitchboard, type Switchboard } from '../../tests/model/switchboard'
import { openWorld } from '../../tests/model/world'
import { openStages, type Stages } from '../../tests/support/stages'

/** `PARITY_MODEL_RUNS=5000` for a night; `PARITY_MODEL_SEED` repeats a run that failed. */
const RUNS = Number(process.env.PARITY_MODEL_RUNS ?? 300)
const SEED = process.env.PARITY_MODEL_SEED

let stages: Stages
let switchboard: Switchboard

beforeAll(async () => {
  stages = await openStages()
  switchboard = await startSwitchboard()
  await keepJournal(stages.db)
})
afterAll(async () => {
  await switchboard.stop()
  await stages.close()
})

it('any interleaving of news, duplicates, crashes, answers and replays ends in step, or in another state for a stated reason', async () => {
  const batchLimit = fc.constantFrom(null, 3)
  const end = fc.constantFrom<End>('death', 'finish')
  const property = fc.asyncProperty(batchLimit, end, commands, async (batchLimit, end, sequence) => {
    const world = await openWorld(stages, switchboard, batchLimit)
    try {
      await fc.asyncModelRun(() => ({ model: world, real: world }), sequence)
      await comeToRest(world, end)
    } finally {
      await world.close()
    }
  })
  await fc.assert(property, { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) })
}, 3_600_000)
