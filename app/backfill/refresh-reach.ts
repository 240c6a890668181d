import { type StoreReader } from '../contracts/store-reader'
import { type Database, type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { noteReach, type StoreReach } from '../shops/note-reach'
import { readSource } from '../shops/read-source'
import { startReading } from '../shops/start-reading'

/**
 * Asks a store how far it can be read, keeps the answer, and has read what the app was let into since it last asked: a scope was granted, or
 * orders of all times. What came meanwhile has been missed.
 *
 * @throws ParityError as every question to a store
 */
export async function refreshReach(
  { db, queue }: { db: Database; queue: Queue },
  sourceConnectionId: string,
  reader: StoreReader,
  now: Date,
): Promise<StoreReach> {
  const reach = await reader.reach()
  await db.transaction(async (tx) => {
    const wider = await noteReach(tx, sourceConnectionId, reach, now)
    const context = await readSource(tx, sourceConnectionId)
    const planned = wider.length > 0 ? await plannedResources(tx, sourceConnectionId) : []
    const resources = wider.filter(
      (resource) => context?.resources.includes(resource) && !planned.includes(resource),
    )
    const reason = 'Parity may read more of the store than before.'
    if (resources.length > 0)
      await startReading(
        tx,
        sourceConnectionId,
        { kind: 'backfill', resources, since: null, reason },
        { queue, now },
      )
  })
  return reach
}

/** What the run that is under way will read anyway. */
async function plannedResources(tx: Sql, sourceConnectionId: string): Promise<string[]> {
  const rows = await tx.query<{ resource: string }>(
    `SELECT DISTINCT l."resource" FROM "SyncSlice" l JOIN "SyncRun" r ON r."id" = l."runId"
     WHERE l."sourceConnectionId" = $1 AND r."sourceConnectionId" = $1 AND r."state" IN ('waiting', 'running')
       AND l."state" = 'waiting' AND l."updatedFrom" IS NULL`,
    [sourceConnectionId],
  )
  return rows.map(({ resource }) => resource)
}
