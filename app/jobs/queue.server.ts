import { PgBoss } from 'pg-boss'
import { type Sql } from '../db.server'
import { type Logger } from '../logger.server'
import { jobKey, type JobName, type JobPayload, JOB_NAMES, JOBS } from './catalog'
import { type JobHandlers, workJobs } from './work-jobs'

export type { JobHandlers }

/** How long a stop waits for jobs in hand: longer than a delivery's lease. */
const STOP_TIMEOUT_MS = 30_000

/** Carries hints to workers over Postgres. */
export interface Queue {
  /** Enlists jobs in the caller's transaction: they exist when, and only when, it commits. */
  send<Name extends JobName>(name: Name, payloads: JobPayload<Name>[], tx: Sql): Promise<void>
  /** Starts to work all queues. */
  work(handlers: JobHandlers): Promise<void>
  /** Takes no more jobs, tells those in hand to end at their next good place, and resolves when they have. Jobs can still be sent. */
  rest(): Promise<void>
  /** Closes. A second call changes nothing. */
  stop(): Promise<void>
}

/** Connects to the queues. They must have been made (`setUpQueues`): only there is a queue created or changed. */
export async function openQueue(options: {
  connectionString: string
  logger: Logger
  worker: boolean
}): Promise<Queue> {
  const { logger } = options
  const boss = createBoss(options.connectionString, options.worker)
  boss.on('error', (error) => logger.error({ err: error }, 'queue.error'))
  await boss.start()
  let stopping: Promise<void> | undefined
  const resting = new AbortController()

  return {
    async send(name, payloads, tx) {
      if (payloads.length === 0) return
      // Sorted, so that two transactions take the queue's locks in one order.
      const jobs = payloads
        .map((data) => ({ data, singletonKey: jobKey(name, data) }))
        .sort((a, b) => (a.singletonKey < b.singletonKey ? -1 : 1))
      await boss.insert(name, jobs, {
        db: { executeSql: async (text, values) => ({ rows: await tx.query(text, values) }) },
      })
    },

    async work(handlers) {
      for (const name of JOB_NAMES) await workJobs(name, handlers, { boss, logger, resting: resting.signal })
    },

    async rest() {
      resting.abort()
      await Promise.all(JOB_NAMES.map((name) => boss.offWork(name)))
    },

    stop() {
      stopping ??= boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS })
      return stopping
    },
  }
}

/** Makes or updates the queue's tables and all queues; idempotent. */
export async function setUpQueues(connectionString: string): Promise<void> {
  const boss = createBoss(connectionString, true)
  await boss.start()
  for (const name of JOB_NAMES) {
    const options = { ...JOBS[name].queue, notify: true }
    await ((await boss.getQueue(name))
      ? boss.updateQueue(name, withoutPolicy(options))
      : boss.createQueue(name, options))
  }
  await boss.stop({ graceful: false })
}

function createBoss(connectionString: string, worker: boolean): PgBoss {
  return new PgBoss({
    connectionString,
    application_name: 'parity-queue',
    max: worker ? 6 : 2,
    supervise: worker,
    schedule: false,
    useListenNotify: worker,
  })
}

/** A queue's policy is fixed when it is made. */
function withoutPolicy<Options extends { policy: unknown }>({
  policy: _fixed,
  ...rest
}: Options): Omit<Options, 'policy'> {
  return rest
}
