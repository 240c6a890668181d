import { type StoreReader } from '../contracts/store-reader'
import { type Run } from './read-run'
import { refreshReach } from './refresh-reach'
import { type RunPorts } from './run-ports'

/** Begins a run: finds out how far the store can be read, so that what is out of reach is left out and says so. */
export async function beginRun(
  { id, sourceConnectionId }: Run,
  reader: StoreReader,
  { db, clock, logger }: RunPorts,
): Promise<void> {
  await refreshReach(db, sourceConnectionId, reader, clock())
  await db.query(`UPDATE "SyncRun" SET "state" = 'running' WHERE "id" = $1 AND "state" = 'waiting'`, [id])
  logger.info({ runId: id }, 'run.began')
}
