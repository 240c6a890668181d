import { type StoreReaders } from '../contracts/store-reader'
import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type Sealer } from '../lib/sealing'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'

/** What reading a store is done with. */
export interface RunPorts {
  db: Database
  queue: Queue
  sealer: Sealer
  logger: Logger
  clock: Clock
  readers: StoreReaders
}
