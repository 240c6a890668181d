import { type StoreReader } from '../contracts/store-reader'
import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { noteReach, type StoreReach } from '../shops/note-reach'
import { readSource } from '../shops/read-source'
import { startReading } from '../shops/start-reading'

/** Asks a store how far it can be read, and keeps the answer. @throws ParityError as every question to a store */
export async function refreshReach(
  db: Database,
  sourceConnectionId: string,
  reader: StoreReader,
  now: Date,
): Promise<StoreReach> {
  const reach = await reader.reach()
  await db.transaction((tx) => noteReach(tx, sourceConnectionId, reach, now))
  return reach
}

/**
 * Asks a store how far it can be read, and has read what the app was let into since it last asked: a scope was granted, or orders of all
 * times. What came meanwhile has been missed.
 *
 * @throws ParityError as every question to a store
 */
export async function extendReach(
  { db, queue }: { db: Database; queue: Queue },
  sourceConnectionId: string,
  reader: StoreReader,
  now: Date,
): Promise<StoreReach> {
  const reach = await reader.reach()
  await db.transaction(async (tx) => {
    const wider = await noteReach(tx, sourceConnectionId, reach, now)
    const context = await readSource(tx, sourceConnectionId)
    const resources = wider.filter((resource) => context?.resources.includes(resource))
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
