import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { checkSchedules, type Done, findSchedule, type Schedule } from './schedule'
import { type Hold, HOLD_MS, keepSchedule, releaseSchedule, takeSchedule } from './schedule-row'

interface RunOptions {
  db: Sql
  clock: Clock
  /** Aborted when the run is to end early. */
  signal: AbortSignal
}

/** Runs a schedule that this process holds, holds on while it runs, and lets go. @throws what the run throws */
export async function runHeld(
  schedule: Schedule,
  hold: Hold,
  { db, clock, signal }: RunOptions,
): Promise<Done> {
  const lost = new AbortController()
  const holdOn = () =>
    keepSchedule(db, hold, clock()).then(
      (kept) => (kept ? undefined : lost.abort()),
      // The database is away: the hold lasts for two more tries.
      () => undefined,
    )
  const timer = setInterval(() => void holdOn(), HOLD_MS / 3)
  const early = AbortSignal.any([signal, lost.signal])

  let endedWell = false
  try {
    const done = await schedule.run({ now: hold.startedAt, since: hold.doneAt, signal: early })
    endedWell = !early.aborted
    return done
  } finally {
    clearInterval(timer)
    // Where this fails the hold runs out by itself, and what the run itself threw must not be lost.
    await releaseSchedule(db, hold, endedWell).catch(() => undefined)
  }
}

/**
 * Runs one schedule now, for an operator; its next regular run stays where it is.
 *
 * @throws ParityError `SCHEDULE_UNKNOWN`, or `SCHEDULE_RUNNING` when it runs already; then nothing has changed
 * @throws what the run throws
 */
export async function runScheduleNow(
  name: string,
  schedules: readonly Schedule[],
  options: RunOptions,
): Promise<Done> {
  checkSchedules(schedules)
  const schedule = findSchedule(schedules, name)
  const hold = await takeSchedule(options.db, schedule, options.clock(), 'now')
  if (hold) return runHeld(schedule, hold, options)

  const message = `The schedule "${name}" runs already, in this or another process.`
  throw new ParityError('SCHEDULE_RUNNING', { message, userMessage: message })
}
