import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { plansOf } from '../../tests/support/plans'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { claimRecords } from '~/records/claim-records'
import { analyzeGrown } from './analyze-grown'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let sourceConnectionId: string

beforeEach(async () => {
  stages = await openStages()
  // Nobody but the test looks at it.
  await stages.db.query(`ALTER TABLE "SyncRecord" SET (autovacuum_enabled = false)`)
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  sourceConnectionId = (await stages.db.prisma.sourceConnection.findFirstOrThrow()).id
})
afterEach(() => stages.close())

const plant = (name: string, rows: number, dueAt: Date | null) =>
  stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
     SELECT gen_random_uuid(), $1, 'order', $2 || n, 'waiting', $4::timestamptz - n * '1 s'::interval FROM generate_series(1, $3::int) n`,
    [sourceConnectionId, name, rows, dueAt],
  )
const planOfClaim = async () => {
  const claimIds = Array.from({ length: 16 }, () => randomUUID())
  const claim = { sourceConnectionId, claimIds, giveWayMs: 0 }
  const [plan = ''] = await plansOf(stages.db, (sql) => claimRecords(sql, claim, stages.clock.now))
  return plan
}

it('a table that nobody has looked at is looked at when it has grown, so that a claim reads no more than it takes', async () => {
  const { db, clock } = stages
  expect(await analyzeGrown(db)).toBe(0)
  await plant('due', 40_000, clock.now)
  expect(await planOfClaim()).toMatch(/Sort Key: "SyncRecord"."dueAt"/)

  expect(await analyzeGrown(db)).toBe(1)
  expect(await planOfClaim()).toMatch(/Index Scan Backward using "SyncRecord_sourceConnectionId_dueAt_idx"/)
  expect(await planOfClaim()).not.toMatch(/Sort Key: "SyncRecord"."dueAt"/)
})

it('a table that was looked at is looked at again when it is four times as large, and not before', async () => {
  const { db } = stages
  await plant('first', 4_000, null)
  await db.query('ANALYZE "SyncRecord"')
  await plant('some', 8_000, null)
  expect(await analyzeGrown(db)).toBe(0)
  await plant('many', 8_000, null)
  expect(await analyzeGrown(db)).toBe(1)
  expect(await analyzeGrown(db)).toBe(0)
})
