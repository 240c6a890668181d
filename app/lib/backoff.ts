const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The first waits after a failed call, in milliseconds; from then on hourly. */
const FIRST_WAITS = [5 * SECOND, 15 * SECOND, 45 * SECOND, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE] as const
/** So many that they outlast a long night, more than 27.6 hours, also when every wait is jittered to its shortest. */
const HOURLY_WAITS = 35
const JITTER = 0.2

/** After so many failed calls in a row the waits are an hour long. */
export const SHORT_WAITS = FIRST_WAITS.length

/** After so many failed calls in a row a record is a dead letter: 6 short waits and 35 hourly ones, over 28 hours in all. */
export const MAX_ATTEMPTS = FIRST_WAITS.length + HOURLY_WAITS + 1

/**
 * How long to wait after the n-th failed call in a row (n from 1), in milliseconds, jittered by ± 20 %;
 * null when it was the last.
 *
 * @param random a number in [0, 1)
 */
export function waitAfter(attempts: number, random: () => number = Math.random): number | null {
  if (attempts >= MAX_ATTEMPTS) return null

  const wait = FIRST_WAITS[attempts - 1] ?? HOUR
  return Math.round(wait * (1 - JITTER + 2 * JITTER * random()))
}
