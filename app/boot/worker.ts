import { createAskers } from '../backfill/askers'
import { sweepQuestions } from '../backfill/sweep-questions'
import { type Config } from '../config.server'
import { type AttemptOutcome } from '../contracts/states'
import { createLanes } from '../delivery/lanes'
import { sweep } from '../delivery/sweep'
import { tellLost } from '../delivery/tell-attempts'
import { listenForDue } from '../jobs/due-signal.server'
import { type Schedule } from '../jobs/schedule'
import { startSchedules } from '../jobs/ticker'
import { type LostAttempt } from '../records/take-back'
import { openOfflineSessions } from '../sources/shopify/admin/offline-session.server'
import { createStoreReaders } from '../sources/shopify/admin/store-readers.server'
import { alertSchedules } from './alert-schedules'
import { attempt } from './attempt'
import { handlersOf } from './job-handlers'
import { type Parity } from './parity'
import { readingSchedules } from './reading-schedules'
import { removalSchedule } from './removal-schedule'
import { schedulesOf } from './schedules'

/** How often a worker looks again for what it did first. */
const CATCH_UP_MS = 5 * 60_000

/** The part of a process that works: jobs, deliveries, questions and schedules. */
export interface Worker {
  /** Takes no more jobs, begins no more schedules, and waits for what is in hand. */
  rest(): Promise<void>
}

/** Begins to work. @throws when the database cannot be listened to */
export async function startWorker(parity: Parity, env: Config): Promise<Worker> {
  const { db, queue, sealer, clock, logger, metrics } = parity
  const stopping = new AbortController()
  const { signal } = stopping
  const app = { apiKey: env.SHOPIFY_API_KEY, apiSecret: env.SHOPIFY_API_SECRET }
  const sessions = openOfflineSessions({ db, app, fetch: callOut, clock })
  const readers = createStoreReaders({ sessions, clock, fetch: callOut, signal })
  const { access } = parity.saas
  const onAttempt = (outcome: AttemptOutcome) => metrics.attempts.inc({ outcome })
  const onAbandoned = (attempt: LostAttempt) => tellLost({ logger, onAttempt }, attempt)
  const lanes = createLanes({ ...access, db, queue, logger, clock, onAttempt })
  const askers = createAskers({ db, sealer, clock, logger, readers })
  await queue.work(handlersOf({ parity, sessions, readers, access, onAbandoned }))
  const signals = await listenForDue({
    connectionString: env.DATABASE_URL,
    logger,
    onDue: (shopId) => lanes.wake(shopId),
    onQuestions: (sourceConnectionId) => askers.wake(sourceConnectionId),
    onListening: () => findUnheard(parity),
  })
  const onFailure = (schedule: string) => metrics.scheduleFailures.inc({ schedule })
  const timetable = [
    ...schedulesOf(db, { onAbandoned }),
    ...readingSchedules(db, queue),
    ...alertSchedules(parity, env),
    removalSchedule(db, queue),
    catchingUp(parity),
  ]
  const schedules = startSchedules(timetable, { db, clock, logger, onFailure })
  attempt(() => parity.shops.catchUp())

  return {
    async rest() {
      await signals.close()
      const resting = Promise.all([lanes.rest(), askers.rest(), queue.rest(), schedules.stop()])
      // Only then: who is told that it may end knows why its question was broken off.
      stopping.abort()
      await resting
    },
  }
}

const callOut: typeof fetch = (input, init) => fetch(input, init)

/** What was signalled while nobody listened is found at once. */
function findUnheard({ db, clock }: Parity): void {
  attempt(() => sweep(db, clock()))
  attempt(() => sweepQuestions(db, clock()))
}

/** A run whose job was given up in a long trouble of the database is gone on with. */
function catchingUp({ shops }: Parity): Schedule {
  return {
    name: 'catch-up',
    everyMs: CATCH_UP_MS,
    run: async () => {
      await shops.catchUp()
      return {}
    },
  }
}
