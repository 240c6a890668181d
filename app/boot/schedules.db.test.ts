import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { plansOf } from '../../tests/support/plans'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { type Sql } from '~/db.server'
import { runScheduleNow } from '~/jobs/run-schedule'
import { checkSchedules } from '~/jobs/schedule'
import { countAttempts } from '~/delivery/count-attempts'
import { DAY_MS } from '~/lib/time'
import { KEEP_DAYS } from '~/privacy/keep-days'
import { retain } from '~/privacy/retain'
import { forgetLogs, LOG_DAYS } from '~/receiver/forget-logs'
import { schedulesOf } from './schedules'

const NOW = new Date('2026-11-21T12:30:00Z')
const ROWS = 24_000
const BIG_SCAN = /Seq Scan on "(WebhookEvent|SyncAttempt|SyncRun|DeliveryStatistic|MirrorSyncLog|SyncRecord)"/
const going = new AbortController().signal

let test: TestDatabase
let shops: ShopRows[]

beforeAll(async () => {
  test = await createTestDatabase()
  const rows = makeRows(test.db)
  shops = await Promise.all(['tea', 'toys', 'tools'].map((name) => rows.shop(`${name}.myshopify.com`)))
  for (const shop of shops) await rows.record(shop)
})
afterAll(() => test.drop())

const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS)

/** Fills every table that ages with rows of three shops; of a hundred, so many are older than they may be. */
async function fill(oldShare: number): Promise<void> {
  for (const table of ['WebhookEvent', 'SyncAttempt', 'SyncRun', 'DeliveryStatistic', 'MirrorStore'])
    await test.db.query(`DELETE FROM "${table}"`)
  const sources = shops.map(({ source }) => source.id)
  /** Row n is of the n-th of three shops, and old or of the last days. */
  const time = (days: number) =>
    `CASE WHEN n % 100 < ${oldShare} THEN $2::timestamptz - interval '${days + 1} days' ELSE $2::timestamptz - interval '2 days' END - n * interval '3 seconds'`
  const many = `generate_series(1, ${ROWS}) n`

  await test.db.query(
    `INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payloadSize", "receivedAt", "payloadExpiresAt")
     SELECT gen_random_uuid(), ($1::uuid[])[1 + n % 4], 'o', 'd' || n, 'shopify', 's', 't', 'changed', 1, ${time(KEEP_DAYS.events)},
       $2::timestamptz + CASE WHEN n % 100 < ${oldShare} THEN -1 ELSE 1 END * interval '1 day' FROM ${many}`,
    [sources, NOW],
  )
  await test.db.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId", "startedAt", "action")
     SELECT gen_random_uuid(), r."sourceConnectionId", r."id", r."resource", 1, 1, 1, 't', ${time(KEEP_DAYS.attempts)}, 'updated'
     FROM ${many} JOIN "SyncRecord" r ON r."sourceConnectionId" = ($1::uuid[])[1 + n % 3]`,
    [sources, NOW],
  )
  await test.db.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "startedAt", "endedAt")
     SELECT gen_random_uuid(), ($1::uuid[])[1 + n % 3], 'backfill', 'finished', ${time(KEEP_DAYS.runs)}, $2 FROM ${many}`,
    [sources, NOW],
  )
  await test.db.query(
    `INSERT INTO "DeliveryStatistic" ("sourceConnectionId", "hour", "outcome", "attempts")
     SELECT ($1::uuid[])[1 + n % 3], date_trunc('hour', $2::timestamptz) - interval '1 hour' * CASE
       WHEN n % 100 < ${oldShare} THEN ${(KEEP_DAYS.statistics + 1) * 24} + n / 3 ELSE 48 + n / 3 END, 'delivered', 1 FROM ${many}`,
    [sources, NOW],
  )
  await test.db.query(
    `INSERT INTO "MirrorStore" ("id", "name") SELECT s, s::text FROM unnest($1::uuid[]) s`,
    [sources],
  )
  await test.db.query(
    `INSERT INTO "MirrorSyncLog" ("id", "storeId", "syncType", "status", "startedAt")
     SELECT gen_random_uuid(), ($1::uuid[])[1 + n % 3], 'orders', 'completed', ${time(LOG_DAYS)} FROM ${many}`,
    [sources, NOW],
  )
  await test.db.query('ANALYZE')
}

async function expectNoBigScan(work: (sql: Sql) => Promise<unknown>, statements: number): Promise<void> {
  const plans = await plansOf(test.db, work)
  expect(plans.length).toBeGreaterThanOrEqual(statements)
  for (const plan of plans) expect(plan).not.toMatch(BIG_SCAN)
}

it('the schedules are ones', () => {
  expect(() => checkSchedules(schedulesOf(test.db))).not.toThrow()
})

describe.each([4, 90])('with %i of a hundred rows older than they may be', (oldShare) => {
  beforeAll(() => fill(oldShare))

  it('retention reads no big table from end to end', async () => {
    await expectNoBigScan((sql) => retain(sql, NOW, going), 8)
    await expectNoBigScan((sql) => forgetLogs(sql, NOW, going), 2)
  })

  it('counting the last hours reads no big table from end to end', async () => {
    const turn = { now: NOW, since: NOW, signal: going }
    await expectNoBigScan((sql) => countAttempts(sql, turn), 4)
  })

  it('each schedule leaves nothing to be done for the next run', async () => {
    const run = (name: string) =>
      runScheduleNow(name, schedulesOf(test.db), { db: test.db, clock: () => NOW, signal: going })
    const old = (ROWS * oldShare) / 100
    expect(await run('retention')).toEqual({
      payloads: old,
      events: old,
      attempts: old,
      runs: old,
      statistics: old,
      views: 0,
      receiverLogs: old,
      incidents: 0,
    })
    expect(
      await test.db.prisma.webhookEvent.count({ where: { receivedAt: { lt: ago(KEEP_DAYS.events) } } }),
    ).toBe(0)
    for (const name of ['retention', 'statistics', 'sweep'].flatMap((each) => [each, each])) await run(name)
    expect(Object.values(await run('retention'))).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(await run('statistics')).toEqual({ changed: 0 })
    expect(await run('sweep')).toEqual({ shops: 0 })
  })
})
