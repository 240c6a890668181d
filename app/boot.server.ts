import { database, type Database } from './db.server'
import { logger } from './logger.server'

/** What runs in this process. */
export interface Parity {
  db: Database
}

const kept = globalThis as { parity?: Promise<Parity> }

/** Opens everything; a second call answers the running instance. @throws ConfigError */
export function start(): Promise<Parity> {
  kept.parity ??= Promise.resolve({ db: database() })
  return kept.parity
}

/** Finishes what is in hand and closes. */
export async function stop(): Promise<void> {
  const running = await kept.parity
  delete kept.parity
  await running?.db.close()
  logger().info('parity.stopped')
}
