import { type Job, type PgBoss } from 'pg-boss'
import { toError } from '../lib/errors'
import { type Logger } from '../logger.server'
import { type JobName, type JobPayload, JOBS } from './catalog'

/** NOTIFY wakes workers at once; polling only covers a lost notification. */
const POLLING_SECONDS = 5

/** How long a job is worked on at a stretch, unless the catalog says otherwise: others want their turn, and a process that stops should not wait long. */
const STRETCH_MS = 10_000

/**
 * The handlers of all jobs, by name. The signal is aborted when a handler is to end at its next good place, and to send what is left as a
 * job of its own: its stretch is over, or the process rests.
 */
export type JobHandlers = {
  [Name in JobName]: (payload: JobPayload<Name>, signal: AbortSignal) => Promise<void>
}

interface WorkOptions {
  boss: PgBoss
  logger: Logger
  /** Aborted when no more jobs are to be taken. */
  resting: AbortSignal
}

/** Starts to work one queue, as many jobs at once as the catalog says. A job that fails is logged and holds nobody up. */
export async function workJobs<Name extends JobName>(
  name: Name,
  handlers: JobHandlers,
  options: WorkOptions,
): Promise<void> {
  const { boss, resting } = options
  const { payload, concurrency, queue } = JOBS[name]
  const stretchMs = stretchOf(name)
  const handle = (job: Job<object>) => {
    const signal = AbortSignal.any([resting, AbortSignal.timeout(stretchMs)])
    return handlers[name](payload.parse(job.data) as JobPayload<Name>, signal)
  }
  const polling = { pollingIntervalSeconds: POLLING_SECONDS, notifyPollingIntervalSeconds: POLLING_SECONDS }

  await boss.work<object>(
    name,
    { batchSize: 1, localConcurrency: concurrency, ...polling },
    async ([first]) => {
      // pg-boss lets a worker sleep after each job; one that was woken goes on until the queue is empty. It ends before the first
      // job expires: then pg-boss would take this worker for free and start another beside it.
      const end = Date.now() + (queue.expireInSeconds * 1000) / 2
      const next = async () =>
        resting.aborted || Date.now() >= end ? undefined : (await boss.fetch<object>(name))[0]
      for (let job = first; job; job = await next()) await workOff(name, job, handle, options)
    },
  )
}

function stretchOf(name: JobName): number {
  const job = JOBS[name]
  return 'stretchMs' in job ? job.stretchMs : STRETCH_MS
}

async function workOff(
  name: JobName,
  job: Job<object>,
  handle: (job: Job<object>) => Promise<void>,
  { boss, logger }: WorkOptions,
): Promise<void> {
  try {
    await handle(job)
    await boss.complete(name, job.id)
  } catch (error) {
    logger.error({ err: toError(error), job: name }, 'job.failed')
    await boss.fail(name, job.id)
  }
}
