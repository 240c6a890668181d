import { ParityError } from '../lib/errors'

/** One run of a schedule. */
export interface Turn {
  /** When it began. */
  now: Date
  /** When the last run that ended well began; null when none did. */
  since: Date | null
  /** Aborted when the run is to end at its next good place: the process stops, or another one runs the schedule by now. */
  signal: AbortSignal
}

/** What a run did, in numbers for the log. */
export type Done = Readonly<Record<string, number>>

/** Work that returns by the clock, once in the whole cluster. */
export interface Schedule {
  /** Lower-case letters and dashes; names its row. */
  name: string
  /** From one beginning to the next, in milliseconds. */
  everyMs: number
  /** Two runs at once must do no harm: a process that was frozen for longer than its hold wakes up in the middle of one. */
  run(turn: Turn): Promise<Done>
}

const NAME = /^[a-z]+(-[a-z]+)*$/

/** Makes sure that schedules are what they should be. @throws ParityError `SCHEDULE_INVALID` that names every fault */
export function checkSchedules(schedules: readonly Schedule[]): void {
  const faults = schedules.flatMap((schedule, index) => faultsOf(schedule, schedules.slice(0, index)))
  if (faults.length === 0) return
  const message = `No schedules: ${faults.join('; ')}.`
  throw new ParityError('SCHEDULE_INVALID', { message, userMessage: message })
}

function faultsOf({ name, everyMs }: Schedule, before: readonly Schedule[]): string[] {
  const faults: string[] = []
  if (!NAME.test(name)) faults.push(`"${name}" is no name of lower-case letters and dashes`)
  if (before.some((other) => other.name === name)) faults.push(`"${name}" is there twice`)
  if (!Number.isSafeInteger(everyMs) || everyMs <= 0)
    faults.push(`the period of "${name}" is ${everyMs}, and not a number of milliseconds above 0`)
  return faults
}

/** The schedule of that name. @throws ParityError `SCHEDULE_UNKNOWN` that lists those there are */
export function findSchedule(schedules: readonly Schedule[], name: string): Schedule {
  const found = schedules.find((schedule) => schedule.name === name)
  if (found) return found
  const known = schedules.map((schedule) => schedule.name).join(', ')
  const message = `There is no schedule "${name}". There are: ${known}.`
  throw new ParityError('SCHEDULE_UNKNOWN', { message, userMessage: message })
}
