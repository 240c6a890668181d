import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { startAttempts } from './attempt-log'
import { type ClaimedRecord, claimRecords, LEASE_MS } from './claim-records'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let sourceConnectionId: string

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  sourceConnectionId = (await stages.db.prisma.sourceConnection.findFirstOrThrow()).id
})
afterAll(() => stages.close())

async function claim(): Promise<ClaimedRecord> {
  const { db, clock } = stages
  const about = { sourceConnectionId, claimIds: [randomUUID()], giveWayMs: 0 }
  const { records } = await claimRecords(db, about, clock.now)
  return records[0]!
}

const start = (row: ClaimedRecord) =>
  startAttempts(stages.db, [
    {
      id: row.claimId,
      sourceConnectionId,
      recordId: row.id,
      revision: row.revision,
      generation: 1,
      number: 1,
      traceId: row.claimId.replaceAll('-', ''),
      batchSize: 1,
      action: 'updated',
      startedAt: stages.clock.now,
    },
  ])

it('a worker that stood still for longer than its lease begins no call, and leaves no attempt behind', async () => {
  const late = await claim()
  stages.clock.tick(LEASE_MS)
  const present = await claim()

  expect(await start(late)).toEqual(new Set())
  expect(await start(present)).toEqual(new Set([present.claimId]))
  expect(await stages.db.prisma.syncAttempt.findMany({ select: { id: true } })).toEqual([
    { id: present.claimId },
  ])
})

it('an attempt knows its resource, and when the change happened that its record waits with', async () => {
  const { db, clock } = stages
  clock.tick(LEASE_MS)
  const claimed = await claim()
  const started = async (changedAt: Date | null) => {
    await db.query(`UPDATE "SyncRecord" SET "changedAt" = $1`, [changedAt])
    await db.query(`DELETE FROM "SyncAttempt"`)
    await start(claimed)
    return db.prisma.syncAttempt.findFirstOrThrow()
  }

  expect(await started(clock.now)).toMatchObject({ resource: 'order', changedAt: clock.now })
  expect(await started(null)).toMatchObject({ changedAt: null })
})
