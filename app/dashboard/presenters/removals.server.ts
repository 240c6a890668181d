import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { countRecords } from '~/records/count-records'
import { leftThere } from '~/records/left-there'
import { type ShopScope } from './scope.server'

/** A removal at the SaaS that is under way. */
export interface RemovalView {
  id: string
  resource: Resource
  /** How many records it is about; null while they are not counted. */
  total: number | null
  /** How many of them the SaaS has deleted. */
  done: number
  /** How many it refused to delete. */
  failed: number
}

const OpenRow = z.object({
  id: z.string(),
  sourceConnectionId: z.string(),
  resource: Resource,
  total: z.number().nullable(),
})

/** What is being removed from a shop's SaaS now. How far it is follows from the counts of the records. */
export async function presentRemovals(db: Database, { sourceIds }: ShopScope): Promise<RemovalView[]> {
  const rows = await db.prisma.syncRun.findMany({
    where: { sourceConnectionId: { in: sourceIds }, kind: 'removal', endedAt: null },
    orderBy: { startedAt: 'asc' },
  })
  return Promise.all(rows.map((row) => toRemoval(db, OpenRow.parse(row))))
}

async function toRemoval(db: Database, row: z.infer<typeof OpenRow>): Promise<RemovalView> {
  const { id, sourceConnectionId, resource, total } = row
  const counts = await countRecords(db, [sourceConnectionId])
  const { onTheWay, failed, kept } = leftThere(counts.filter((one) => one.resource === resource))
  const done = Math.max(0, (total ?? 0) - onTheWay - failed - kept)
  return { id, resource, total, done, failed }
}
