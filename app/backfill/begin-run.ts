import { type StoreReader } from '../contracts/store-reader'
import { toSortable } from '../lib/time'
import { type Run } from './read-run'
import { refreshReach } from './refresh-reach'
import { type RunPorts } from './run-ports'

/**
 * Begins a run: finds out how far the store can be read, so that what is out of reach is left out and says so. What changed before it began
 * it will have read: the first look at the last changes goes back to here.
 */
export async function beginRun(
  { id, sourceConnectionId, startedAt }: Run,
  reader: StoreReader,
  { db, queue, clock, logger }: RunPorts,
): Promise<void> {
  await refreshReach({ db, queue }, sourceConnectionId, reader, clock())
  await db.query(
    `UPDATE "SourceReach" SET "lookedUntil" = $2 WHERE "sourceConnectionId" = $1 AND "lookedUntil" IS NULL`,
    [sourceConnectionId, toSortable(startedAt.toISOString())],
  )
  await db.query(`UPDATE "SyncRun" SET "state" = 'running' WHERE "id" = $1 AND "state" = 'waiting'`, [id])
  logger.info({ runId: id }, 'run.began')
}
