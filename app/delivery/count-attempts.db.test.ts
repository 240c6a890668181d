import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { type Sql } from '~/db.server'
import { countAttempts } from './count-attempts'

const START = new Date('2026-11-21T12:05:00Z')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const OUTCOMES = ['in_flight', 'delivered', 'unavailable', 'rejected'] as const

let test: TestDatabase
let shops: ShopRows[]
let records: string[]
let now: Date
/** When the last count that ended well began, as the schedule's row has it. */
let since: Date | null

beforeAll(async () => {
  test = await createTestDatabase()
  const rows = makeRows(test.db)
  shops = [await rows.shop('tea.myshopify.com'), await rows.shop('toys.myshopify.com')]
  records = await Promise.all(shops.map(async (shop) => (await rows.record(shop)).id))
})
beforeEach(reset)
afterAll(() => test.drop())

async function reset(): Promise<void> {
  now = START
  since = null
  await test.db.query('DELETE FROM "SyncAttempt"')
  await test.db.query('DELETE FROM "DeliveryStatistic"')
}

async function attempt(shop: number, startedAt: Date, outcome: string, count = 1): Promise<void> {
  await test.db.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId", "startedAt", "action", "outcome")
     SELECT gen_random_uuid(), $1, $2, 'product', 1, 1, 1, 't', $3, 'updated', $4 FROM generate_series(1, ${count})`,
    [shops[shop]?.source.id, records[shop], startedAt, outcome],
  )
}

/** Counts as the schedule does. @param statements after how many it is called off */
async function count(statements = Infinity): Promise<number> {
  const stopping = new AbortController()
  const sql: Sql = {
    query(text, values) {
      if (statements-- <= 0) stopping.abort()
      return test.db.query(text, values)
    },
  }
  const { changed } = await countAttempts(sql, { now, since, signal: stopping.signal })
  if (!stopping.signal.aborted) since = now
  return changed!
}

const ago = (ms: number) => new Date(now.getTime() - ms)
const counted = () =>
  test.db.query(`SELECT * FROM "DeliveryStatistic" ORDER BY "sourceConnectionId", "hour", "outcome"`)
const grouped = () =>
  test.db.query(
    `SELECT "sourceConnectionId", date_trunc('hour', "startedAt", 'UTC') AS "hour", "outcome", count(*)::int AS "attempts"
     FROM "SyncAttempt" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  )

describe('the statistics', () => {
  it('count each shop by hour and outcome, and change nothing when they are counted again', async () => {
    await attempt(0, new Date('2026-11-21T11:00:00Z'), 'delivered', 3)
    await attempt(0, new Date('2026-11-21T11:59:59.999Z'), 'delivered')
    await attempt(0, new Date('2026-11-21T12:00:00Z'), 'unavailable', 2)
    await attempt(1, new Date('2026-11-21T12:01:00Z'), 'delivered')
    expect(await count()).toBe(3)
    expect(await counted()).toMatchObject([
      { hour: new Date('2026-11-21T11:00:00Z'), outcome: 'delivered', attempts: 4 },
      { hour: new Date('2026-11-21T12:00:00Z'), outcome: 'unavailable', attempts: 2 },
      { hour: new Date('2026-11-21T12:00:00Z'), outcome: 'delivered', attempts: 1 },
    ])
    expect(await counted()).toEqual(await grouped())
    expect(await count()).toBe(0)
  })

  it('count what was missed while nobody counted, a month back and no further', async () => {
    await attempt(0, ago(40 * 24 * HOUR_MS), 'delivered')
    await attempt(0, ago(30 * 24 * HOUR_MS), 'delivered')
    await attempt(1, ago(5 * 24 * HOUR_MS), 'delivered')
    expect(await count()).toBe(2)
    expect(await counted()).toHaveLength(2)

    now = new Date(now.getTime() + 9 * HOUR_MS)
    await attempt(1, ago(8 * HOUR_MS), 'delivered')
    await attempt(1, ago(4 * HOUR_MS), 'rejected')
    expect(await count()).toBe(2)
  })

  it('of hours that are over stay when their attempts have been forgotten', async () => {
    await attempt(0, ago(0), 'delivered', 5)
    await count()
    now = new Date(now.getTime() + 24 * HOUR_MS)
    await count()
    await test.db.query('DELETE FROM "SyncAttempt"')
    await count()
    expect(await counted()).toMatchObject([{ attempts: 5 }])
  })

  it('see in the morning how the calls ended that a crash in the evening had left under way', async () => {
    await attempt(0, ago(0), 'in_flight', 2)
    await count()
    now = new Date(now.getTime() + 10 * HOUR_MS)
    await count()
    expect(await counted()).toMatchObject([{ outcome: 'in_flight', attempts: 2 }])

    await test.db.query(`UPDATE "SyncAttempt" SET "outcome" = 'abandoned'`)
    now = new Date(now.getTime() + MINUTE_MS)
    await count()
    expect(await counted()).toMatchObject([{ outcome: 'abandoned', attempts: 2 }])
  })

  it('equal a plain count of the rows, whatever comes late and however counting stops and goes on', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
      fc.record({
        kind: fc.constant('attempt' as const),
        shop: fc.nat({ max: 1 }),
        minutesAgo: fc.nat({ max: 60 }),
        outcome: fc.constantFrom(...OUTCOMES),
      }),
      fc.record({ kind: fc.constant('settle' as const), shop: fc.nat({ max: 1 }) }),
      fc.record({ kind: fc.constant('count' as const), statements: fc.constantFrom(1, 2, 3, 100) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await reset()
        for (const each of steps) {
          if (each.kind === 'wait') now = new Date(now.getTime() + each.minutes * MINUTE_MS)
          if (each.kind === 'attempt')
            await attempt(each.shop, ago(each.minutesAgo * MINUTE_MS), each.outcome)
          if (each.kind === 'settle')
            await test.db.query(
              `UPDATE "SyncAttempt" SET "outcome" = 'abandoned' WHERE "recordId" = $1 AND "outcome" = 'in_flight'`,
              [records[each.shop]],
            )
          if (each.kind === 'count') await count(each.statements)
        }
        await count()
        expect(await counted()).toEqual(await grouped())
      }),
      { numRuns: 60 },
    )
  })
})
