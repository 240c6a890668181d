import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type Episode } from '../../dev/chaos/episode'
import { brokenPromises, printReport } from '../../dev/chaos/report'
import { runScenario } from '../../dev/chaos/run-scenario'
import { type Scenario } from '../../dev/chaos/scenarios'
import { startPostgres } from '../../dev/postgres'
import { createTestDatabase } from '../support/database'

/** Longer than a dead worker's lease and the sweep take together, on a loaded machine. */
const PATIENCE_MS = 150_000
const TEST_MS = 240_000

const scenario = (given: Partial<Scenario> & Pick<Scenario, 'name' | 'what' | 'hands'>): Scenario => ({
  layout: 'split',
  batchLimit: null,
  latencyMs: 60,
  changesPerSecond: 8,
  webhooks: [
    { kind: 'duplicate', chance: 0.1 },
    { kind: 'reorder', window: 6, chance: 0.2 },
    { kind: 'delay', ms: 1_500, chance: 0.1 },
  ],
  deadly: [],
  isGivenBackSoon: false,
  ...given,
})
/** These, in this order, so long apart. */
const episodes = (calmMs: number, list: Episode[]) => {
  const left = [...list]
  return { calmMs: [calmMs, calmMs] as [number, number], draw: () => left.shift() ?? null }
}

/** The short form of `npm run test:chaos`. Each waits more than it works, so that they run at once. */
describe.concurrent('nothing is lost, and nothing out of order', { timeout: TEST_MS }, () => {
  it('after kill -9 of the web server and of workers, with webhooks twice and in any order', async ({
    onTestFinished,
  }) => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const deaths = scenario({
      name: 'deaths',
      what: 'kill -9 of the web server and of workers',
      latencyMs: 1_200,
      hands: [
        // Both, so that whoever has calls under way is among them.
        episodes(2_000, [{ kind: 'death', of: 'worker', which: 0, downMs: 300 }]),
        episodes(2_000, [{ kind: 'death', of: 'worker', which: 1, downMs: 300 }]),
        episodes(5_000, [{ kind: 'death', of: 'worker', which: 0, downMs: 300 }]),
        episodes(1_400, [
          { kind: 'death', of: 'web', which: 0, downMs: 300 },
          { kind: 'death', of: 'web', which: 0, downMs: 300 },
        ]),
      ],
      isGivenBackSoon: true,
    })
    const stays = { url: database.url, kill: unexpected, start: unexpected }
    const result = await runScenario(deaths, {
      ...{ seed: 1, loadMs: 10_000, database: stays, patienceMs: PATIENCE_MS },
    })
    printReport(result)
    expect(brokenPromises(result)).toEqual({})
    expect(result.injected['kill -9 of the web server']).toBeGreaterThan(0)
    expect(result.evidence.attempts.map(({ outcome }) => outcome)).toContain('abandoned')
  })

  it('after PostgreSQL stopped at once, twice, under load', async ({ onTestFinished }) => {
    const postgres = await startPostgres()
    onTestFinished(() => postgres.stop())
    await postgres.createDatabase('parity')
    const url = postgres.url('parity')
    await promisify(execFile)('npm', ['run', '--silent', 'setup'], {
      env: { ...process.env, DATABASE_URL: url },
    })
    const stops = scenario({
      name: 'database',
      what: 'PostgreSQL stopped at once, and started again',
      layout: 'one',
      hands: [
        episodes(1_500, [
          { kind: 'database', downMs: 200 },
          { kind: 'database', downMs: 1_000 },
        ]),
      ],
    })
    const result = await runScenario(stops, {
      ...{ seed: 2, loadMs: 8_000, patienceMs: PATIENCE_MS },
      database: { url, kill: postgres.kill, start: postgres.start },
    })
    printReport(result)
    expect(brokenPromises(result)).toEqual({})
    expect(result.injected['database killed']).toBeGreaterThan(0)
  })

  it.for([
    { how: 'one record a call', batchLimit: null },
    { how: 'many records a call', batchLimit: 20 },
  ])(
    'after a SaaS that refused, limited, reset and talked nonsense: $how',
    async ({ batchLimit }, { onTestFinished }) => {
      const database = await createTestDatabase()
      onTestFinished(() => database.drop())
      const nonsense = scenario({
        name: 'saas',
        what: 'garbage, 200 without taking, 429, reset after taking',
        layout: 'one',
        batchLimit,
        hands: [
          // The breaker must not open before the last of them: behind it, nothing would meet the others.
          episodes(600, [
            // Longer than a record waits for the parts that its webhook did not carry.
            { kind: 'saas', fault: { kind: 'not_taken', resource: 'product' }, ms: 3_000 },
            { kind: 'saas', fault: { kind: 'reset', after: 'taking', chance: 0.4 }, ms: 800 },
            { kind: 'saas', fault: { kind: 'garbage', chance: 0.4 }, ms: 800 },
            { kind: 'saas', fault: { kind: 'rate_limit', perSecond: 2 }, ms: 1_000 },
          ]),
        ],
        deadly: ['SKIPPED'],
      })
      const stays = { url: database.url, kill: unexpected, start: unexpected }
      const result = await runScenario(nonsense, {
        ...{ seed: 3, loadMs: 8_000, database: stays, patienceMs: PATIENCE_MS },
      })
      printReport(result)
      expect(brokenPromises(result)).toEqual({})
      expect(Object.keys(result.injected).filter((kind) => kind.startsWith('SaaS: '))).toHaveLength(4)
      expect(result.evidence.attempts.map(({ outcome }) => outcome)).toContain('rejected')
    },
  )
})

function unexpected(): Promise<never> {
  return Promise.reject(new Error('This scenario leaves the database alone.'))
}
