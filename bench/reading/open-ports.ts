import { type RunPorts } from '../../app/backfill/run-ports'
import { type StoreReader } from '../../app/contracts/store-reader'
import { openDatabase } from '../../app/db.server'
import { openQueue } from '../../app/jobs/queue.server'
import { createSealer } from '../../app/lib/sealing'
import { type Clock } from '../../app/lib/time'
import { createLogger } from '../../app/logger.server'

/** What a store is read with, as a worker has it. Close it in the end. */
export async function openPorts(
  databaseUrl: string,
  reader: StoreReader,
  clock: Clock,
): Promise<RunPorts & { close(): Promise<void> }> {
  const logger = createLogger('warn')
  const db = openDatabase(databaseUrl)
  const queue = await openQueue({ connectionString: databaseUrl, logger, worker: false })
  const sealer = createSealer([Buffer.alloc(32, 'bench')])
  return {
    ...{ db, queue, sealer, logger, clock, readers: () => reader },
    async close() {
      await queue.stop()
      await db.close()
    },
  }
}
