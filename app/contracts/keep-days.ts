/** For how many days a shop may have what is kept, kept: whole days, both ends included. What holds unless it says so is the most usual. */
export const KEEP_BOUNDS = {
  /** The bodies of webhooks: to look at, and to replay what could not be understood. */
  payloadDays: { least: 1, usual: 30, most: 30 },
  /** Events and attempts. A webhook may be repeated for a week: so long it must be known as a repetition. */
  historyDays: { least: 7, usual: 90, most: 365 },
  /** Hours of the statistics: a year to look back on, and the month before it to compare with. */
  statisticDays: { least: 7, usual: 400, most: 400 },
} as const

/** What a shop decides of it. */
export type KeepDays = Record<keyof typeof KEEP_BOUNDS, number>
