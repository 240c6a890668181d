/** For how many days rows are kept. The body of a webhook goes earlier: see app/intake/event-row.ts. */
export const KEEP_DAYS = {
  /**
   * Events: never fewer than seven days, so that a repetition is known as one. Beyond it a repetition is known by its version: what
   * is not newer than what is held changes nothing.
   */
  events: 90,
  /** Attempts. What they came to stays in the statistics. */
  attempts: 90,
  /** Runs that have ended. */
  runs: 180,
  /** Hours of the statistics: a year to look back on, and the month before it to compare with. */
  statistics: 400,
} as const
