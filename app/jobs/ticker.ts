import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { runHeld } from './run-schedule'
import { checkSchedules, type Schedule } from './schedule'
import { findDue, type Hold, takeSchedule } from './schedule-row'

/** The longest that a process lets pass before it asks again what is due. */
const TICK_MS = 1_000

/** What taking part in schedules needs. */
export interface TickerOptions {
  db: Sql
  clock: Clock
  logger: Logger
  /** Told of each run that failed. */
  onFailure?: (schedule: string) => void
}

/** One process's part in the schedules of its cluster. */
export interface Ticker {
  /** Asks what is due and begins it, without waiting for its end. @throws when the database cannot be asked */
  tick(): Promise<void>
  /** Resolves when nothing that this process began still runs. */
  idle(): Promise<void>
  /** Begins no more, asks what runs to end at its next good place, and waits for it. */
  stop(): Promise<void>
}

/**
 * Makes a ticker that somebody else drives.
 *
 * @throws ParityError `SCHEDULE_INVALID`
 */
export function createTicker(schedules: readonly Schedule[], options: TickerOptions): Ticker {
  checkSchedules(schedules)
  const { db, clock } = options
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    for (const schedule of await findDue(db, schedules, clock())) {
      if (stopping.signal.aborted) return
      const hold = await takeSchedule(db, schedule, clock(), 'due')
      if (hold) begin(schedule, hold)
    }
  }

  function begin(schedule: Schedule, hold: Hold): void {
    const run = runAndTell(schedule, hold, options, stopping.signal).finally(() => running.delete(run))
    running.add(run)
  }

  async function idle(): Promise<void> {
    await asking?.catch(() => undefined)
    await Promise.all(running)
  }

  return {
    tick() {
      // A slow database must not gather ticks.
      if (!stopping.signal.aborted) asking ??= ask().finally(() => (asking = undefined))
      return asking ?? Promise.resolve()
    },
    idle,
    stop() {
      stopping.abort()
      return idle()
    },
  }
}

/** Runs a schedule that this process holds, and says how it ended. Never throws. */
async function runAndTell(
  schedule: Schedule,
  hold: Hold,
  { db, clock, logger, onFailure }: TickerOptions,
  signal: AbortSignal,
): Promise<void> {
  const start = performance.now()
  try {
    const done = await runHeld(schedule, hold, { db, clock, signal })
    const durationMs = Math.round(performance.now() - start)
    logger.debug({ schedule: schedule.name, durationMs, done }, 'schedule.ran')
  } catch (error) {
    logger.error({ schedule: schedule.name, err: toError(error) }, 'schedule.failed')
    onFailure?.(schedule.name)
  }
}

/**
 * Takes part in the schedules of the cluster until it is stopped. Nothing that fails ends it: the next period tries again.
 *
 * @throws ParityError `SCHEDULE_INVALID`
 */
export function startSchedules(schedules: readonly Schedule[], options: TickerOptions): Pick<Ticker, 'stop'> {
  const ticker = createTicker(schedules, options)
  let isAway = false
  const tick = () =>
    ticker.tick().then(
      () => (isAway = false),
      (error: unknown) => {
        // Once, and not every second while the database is away.
        if (!isAway) options.logger.error({ err: toError(error) }, 'schedule.not_asked')
        isAway = true
      },
    )
  const shortest = Math.min(...schedules.map(({ everyMs }) => everyMs))
  const timer = setInterval(() => void tick(), Math.min(TICK_MS, shortest / 2))

  return {
    stop() {
      clearInterval(timer)
      return ticker.stop()
    },
  }
}
