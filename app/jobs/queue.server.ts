import { type Job, PgBoss } from 'pg-boss'
import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Logger } from '../logger.server'
import { type JobName, type JobPayload, JOB_NAMES, JOBS } from './catalog'

/** How long a stop waits for jobs in hand: longer than a delivery's lease. */
const STOP_TIMEOUT_MS = 30_000
/** NOTIFY wakes workers at once; polling only covers a lost notification. */
const POLLING_SECONDS = 5

/** A job to send: `key` keeps one queued job of its kind at a time. */
export interface JobRequest<Name extends JobName> {
  payload: JobPayload<Name>
  key: string
}

/** The handlers of all jobs, by name. */
export type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<void> }

/** Carries hints to workers over Postgres. */
export interface Queue {
  /** Enlists jobs in the caller's transaction: they exist when, and only when, it commits. */
  send<Name extends JobName>(name: Name, jobs: JobRequest<Name>[], tx: Sql): Promise<void>
  /** Starts to work all queues. */
  work(handlers: JobHandlers): Promise<void>
  /** Takes no more jobs, and resolves when those in hand are done. Jobs can still be sent. */
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
  const boss = createBoss(options.connectionString, options.worker)
  boss.on('error', (error) => options.logger.error({ err: error }, 'queue.error'))
  await boss.start()
  let stopping: Promise<void> | undefined
  let resting = false

  return {
    async send(name, jobs, tx) {
      if (jobs.length === 0) return
      // Sorted, so that two transactions take the queue's locks in one order.
      const sorted = [...jobs].sort((a, b) => (a.key < b.key ? -1 : 1))
      await boss.insert(
        name,
        sorted.map(({ payload, key }) => ({ data: payload, singletonKey: key })),
        { db: { executeSql: async (text, values) => ({ rows: await tx.query(text, values) }) } },
      )
    },

    async work(handlers) {
      for (const name of JOB_NAMES) await workOne(name, handlers)
    },

    async rest() {
      resting = true
      await Promise.all(JOB_NAMES.map((name) => boss.offWork(name)))
    },

    stop() {
      stopping ??= boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS })
      return stopping
    },
  }

  async function workOne<Name extends JobName>(name: Name, handlers: JobHandlers): Promise<void> {
    const { payload, concurrency, queue } = JOBS[name]
    const handle = (job: Job<object>) => handlers[name](payload.parse(job.data) as JobPayload<Name>)
    const polling = { pollingIntervalSeconds: POLLING_SECONDS, notifyPollingIntervalSeconds: POLLING_SECONDS }

    await boss.work<object>(
      name,
      { batchSize: 1, localConcurrency: concurrency, ...polling },
      async ([first]) => {
        // pg-boss lets a worker sleep after each job; one that was woken goes on until the queue is empty. It ends before the
        // first job expires: then pg-boss would take this worker for free and start another beside it.
        const end = Date.now() + (queue.expireInSeconds * 1000) / 2
        const next = async () =>
          resting || Date.now() >= end ? undefined : (await boss.fetch<object>(name))[0]
        for (let job = first; job; job = await next()) await workOff(name, job, handle)
      },
    )
  }

  async function workOff(
    name: JobName,
    job: Job<object>,
    handle: (job: Job<object>) => Promise<void>,
  ): Promise<void> {
    try {
      await handle(job)
      await boss.complete(name, job.id)
    } catch (error) {
      options.logger.error({ err: toError(error), job: name }, 'job.failed')
      await boss.fail(name, job.id)
    }
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
