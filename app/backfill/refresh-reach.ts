import { type StoreReader } from '../contracts/store-reader'
import { type Database } from '../db.server'
import { noteReach, type StoreReach } from '../shops/note-reach'

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
