import { type ActivityQuery } from '../activity-query'

/** How many rows one file may hold. */
export const MOST_EXPORTED = 100_000

/** Where files are fetched from: with the parameters of the Activity page, and the language of the person as `locale`. */
export const EXPORT_PATH = '/app/activity/export'

/** What is exported: events or attempts, from the newest on. */
export type ExportQuery = Extract<ActivityQuery, { show: 'events' | 'attempts' }>
