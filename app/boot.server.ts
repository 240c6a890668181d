import { attempt } from './boot/attempt'
import { createDatabaseClock } from './boot/database-clock'
import { composeParity, type Parity } from './boot/parity'
import { PARTS, startPulse } from './boot/pulse'
import { startWorker } from './boot/worker'
import { config, type Config } from './config.server'
import { database } from './db.server'
import { openQueue } from './jobs/queue.server'
import { logger } from './logger.server'

export type { Parity }

interface Running {
  parity: Parity
  /** Takes no more jobs, begins no more schedules, and waits for what is in hand. */
  rest(): Promise<void>
}

/** How often this machine's clock is compared with the database's. */
const ADJUST_MS = 60_000

const kept = globalThis as { parityRunning?: Promise<Running>; parity?: Parity }

/** Opens everything, and works the queues unless the role is `web`. A second call answers the running instance. @throws ConfigError */
export async function start(): Promise<Parity> {
  kept.parityRunning ??= open(config())
  const { parity: running } = await kept.parityRunning
  kept.parity = running
  return running
}

/** The running instance. @throws Error before `start` */
export function parity(): Parity {
  if (!kept.parity) throw new Error('Parity has not been started.')
  return kept.parity
}

/** Takes no more jobs and resolves when those in hand are done. Call it while the server still listens: the built-in SaaS is this process. */
export async function rest(): Promise<void> {
  await (await kept.parityRunning)?.rest()
}

/** Finishes what is in hand and closes everything. A second call changes nothing. */
export async function stop(): Promise<void> {
  const running = await kept.parityRunning
  delete kept.parityRunning
  if (!running) return

  await running.rest()
  await running.parity.intake.idle()
  await running.parity.queue.stop()
  await running.parity.db.close()
  logger().info('parity.stopped')
}

async function open(env: Config): Promise<Running> {
  const works = env.PARITY_ROLE !== 'web'
  const db = database()
  const queue = await openQueue({ connectionString: env.DATABASE_URL, logger: logger(), worker: works })
  const { clock, adjust } = await createDatabaseClock(db)
  const parity = composeParity(env, db, queue, clock)
  const worker = works ? await startWorker(parity, env) : null
  const pulse = await startPulse(parity, PARTS[env.PARITY_ROLE])
  const adjusting = setInterval(() => attempt(adjust), ADJUST_MS)
  return {
    parity,
    async rest() {
      clearInterval(adjusting)
      await Promise.all([pulse.stop(), worker?.rest()])
    },
  }
}
