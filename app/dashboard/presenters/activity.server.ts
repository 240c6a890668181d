import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { type ActivityQuery } from '../activity-query'
import { presentAttemptRows, type AttemptRow } from './attempt-rows.server'
import { presentEventRows, type EventRow } from './event-rows.server'
import { type Page } from './page-of-rows'
import { type ShopScope } from './scope.server'

/** What the Activity page shows: a page of events or of attempts. */
export interface Activity {
  /** When this was read, ISO 8601. */
  now: string
  query: ActivityQuery
  list: { show: 'events'; page: Page<EventRow> } | { show: 'attempts'; page: Page<AttemptRow> }
}

/** Reads the Activity of a shop. */
export async function presentActivity(
  db: Database,
  scope: ShopScope,
  query: ActivityQuery,
  clock: Clock,
): Promise<Activity> {
  const now = clock().toISOString()
  return query.show === 'events'
    ? { now, query, list: { show: 'events', page: await presentEventRows(db, scope, query) } }
    : { now, query, list: { show: 'attempts', page: await presentAttemptRows(db, scope, query) } }
}
