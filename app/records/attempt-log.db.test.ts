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

const start = (row: ClaimedRecord, changedAt: Date | null = null) =>
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
      changedAt,
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

it('an attempt knows when its change happened, unless the SaaS has taken the record since', async () => {
  const { db, clock } = stages
  clock.tick(LEASE_MS)
  const claimed = await claim()
  await db.query(`UPDATE "SyncRecord" SET "deliveredAt" = $1`, [clock.now])
  const changedAt = async (time: Date) => {
    await db.query(`DELETE FROM "SyncAttempt"`)
    await start(claimed, time)
    return (await db.prisma.syncAttempt.findFirstOrThrow()).changedAt
  }

  const later = new Date(clock.now.getTime() + 1)
  expect(await changedAt(later)).toEqual(later)
  expect(await changedAt(clock.now)).toBeNull()
})
