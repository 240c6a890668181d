/** How many calls may be under way at once: a window that opens with success, by one call a round, and halves when the SaaS asks for patience. */
export interface Pace {
  window: number
  /** No call before this time, because the SaaS asked for it; in milliseconds since 1970. */
  quietUntil: number
}

/** The pace of a connection that is well: all that it allows. */
export const fullPace = (concurrency: number): Pace => ({ window: concurrency, quietUntil: 0 })

/** The pace of a connection that was just found well again: one call first, so that its backlog is no stampede. */
export const gentlePace: Pace = { window: 1, quietUntil: 0 }

/** The longest that a lane keeps quiet for; the record that was put off keeps the whole wait that was asked for. */
const QUIET_MS = 60_000

/** The pace after an answer. Pure. @param askedMs the wait that the SaaS asked for; null when it asked for none */
export function afterAnswer(
  { window, quietUntil }: Pace,
  answer: { isPatienceAsked: boolean; askedMs: number },
  concurrency: number,
  now: Date,
): Pace {
  if (!answer.isPatienceAsked) return { window: Math.min(concurrency, window + 1 / window), quietUntil }
  const wait = Math.min(answer.askedMs, QUIET_MS)
  return { window: Math.max(1, window / 2), quietUntil: Math.max(quietUntil, now.getTime() + wait) }
}
