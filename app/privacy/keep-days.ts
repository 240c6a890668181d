import { KEEP_BOUNDS } from '../contracts/keep-days'

/** For how many days rows are kept where nobody decided otherwise. The body of a webhook goes earlier: see app/intake/event-row.ts. */
export const KEEP_DAYS = {
  /**
   * Events: never fewer than seven days, so that a repetition is known as one. Beyond it a repetition is known by its version: what
   * is not newer than what is held changes nothing.
   */
  events: KEEP_BOUNDS.historyDays.usual,
  /** Attempts. What they came to stays in the statistics. */
  attempts: KEEP_BOUNDS.historyDays.usual,
  /** Runs that have ended. */
  runs: runDays(KEEP_BOUNDS.historyDays.usual),
  /** Who saw personal data: a year, and a month more for those who look at a year. Outlives what was shown, and the shop. */
  personalDataViews: 400,
  /** Hours of the statistics. */
  statistics: KEEP_BOUNDS.statisticDays.usual,
} as const

/** For how many days runs are kept by a shop that keeps its events for so many: there are few of them. */
export function runDays(historyDays: number): number {
  return 2 * historyDays
}
