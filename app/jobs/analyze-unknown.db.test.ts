import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plansOf } from '../../tests/support/plans'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { claimRecords } from '~/records/claim-records'
import { analyzeUnknown } from './analyze-unknown'

const SHOP = 'tea.myshopify.com'
const ROWS = 40_000

let stages: Stages
let sourceConnectionId: string

beforeAll(async () => {
  stages = await openStages()
  // Nobody but the test looks at it.
  await stages.db.query(`ALTER TABLE "SyncRecord" SET (autovacuum_enabled = false)`)
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  sourceConnectionId = (await stages.db.prisma.sourceConnection.findFirstOrThrow()).id
})
afterAll(() => stages.close())

const planOfClaim = async () => {
  const claimIds = Array.from({ length: 16 }, () => randomUUID())
  const claim = { sourceConnectionId, claimIds, giveWayMs: 0 }
  const [plan = ''] = await plansOf(stages.db, (sql) => claimRecords(sql, claim, stages.clock.now))
  return plan
}

it('a table that has grown since nobody looked at it is looked at, once, and small ones are left alone', async () => {
  const { db, clock } = stages
  expect(await analyzeUnknown(db)).toBe(0)
  await db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
     SELECT gen_random_uuid(), $1, 'order', 'due' || n, 'waiting', $2::timestamptz - n * '1 s'::interval FROM generate_series(1, ${ROWS}) n`,
    [sourceConnectionId, clock.now],
  )
  expect(await planOfClaim()).toMatch(/Sort Key: "SyncRecord"."dueAt"/)

  expect(await analyzeUnknown(db)).toBe(1)
  expect(await planOfClaim()).toMatch(/Index Scan Backward using "SyncRecord_sourceConnectionId_dueAt_idx"/)
  expect(await planOfClaim()).not.toMatch(/Sort Key: "SyncRecord"."dueAt"/)
  expect(await analyzeUnknown(db)).toBe(0)
})
