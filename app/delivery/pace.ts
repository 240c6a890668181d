/** How many calls may be under way at once: a window that opens with success, and halves when the SaaS asks for patience. */
export interface Pace {
  window: number
  /** Up to here the window doubles each round; beyond it, it grows by a tenth of a call a round: the SaaS has shown what it bears. */
  threshold: number
  /** No call before this time, because the SaaS asked for it; in milliseconds since 1970. */
  quietUntil: number
}

/** The pace of a connection that is well: all that it allows. */
export const fullPace = (concurrency: number): Pace => ({
  window: concurrency,
  threshold: concurrency,
  quietUntil: 0,
})

/** The pace of a connection that was just found well again: one call first, so that its backlog is no stampede. */
export const gentlePace = (concurrency: number): Pace => ({ ...fullPace(concurrency), window: 1 })

/** The longest that a lane keeps quiet for; the record that was put off keeps the whole wait that was asked for. */
const QUIET_MS = 60_000
const CAREFUL_GROWTH = 0.1

/** The pace after an answer. Pure. @param answer.askedMs the wait that the SaaS asked for; 0 when it asked for none */
export function afterAnswer(
  pace: Pace,
  answer: { isPatienceAsked: boolean; askedMs: number },
  concurrency: number,
  now: Date,
): Pace {
  const { window, threshold, quietUntil } = pace
  if (!answer.isPatienceAsked) {
    const growth = window < threshold ? 1 : CAREFUL_GROWTH / window
    return { ...pace, window: Math.min(concurrency, window + growth) }
  }
  const asked = now.getTime() + Math.min(answer.askedMs, QUIET_MS)
  // The calls that were under way together are put off together: they are one answer, and the longest wait counts.
  if (now.getTime() < quietUntil) return { ...pace, quietUntil: Math.max(quietUntil, asked) }
  const half = Math.max(1, window / 2)
  return { window: half, threshold: half, quietUntil: asked }
}
