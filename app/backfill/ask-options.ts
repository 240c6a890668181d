import { type StoreReaders } from '../contracts/store-reader'
import { type Database } from '../db.server'
import { type Sealer } from '../lib/sealing'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'

/** What asking stores needs. */
export interface AskOptions {
  db: Database
  sealer: Sealer
  clock: Clock
  logger: Logger
  readers: StoreReaders
}
