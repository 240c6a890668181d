import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { type ActivityQuery } from '../activity-query'
import { presentAttemptRows, type AttemptRow } from './attempt-rows.server'
import { presentEventRows, type EventRow } from './event-rows.server'
import { type Page } from './page-of-rows'
import { presentRunRows, type RunRow } from './run-rows.server'
import { type ShopScope } from './scope.server'
import { presentViewRows, type ViewRow } from './view-rows.server'

/** One page of one of the lists. */
export type ActivityRows =
  | { show: 'events'; page: Page<EventRow> }
  | { show: 'attempts'; page: Page<AttemptRow> }
  | { show: 'runs'; page: Page<RunRow> }
  | { show: 'views'; page: Page<ViewRow> }

/** What the Activity page shows. */
export interface Activity {
  /** When this was read, ISO 8601. */
  now: string
  query: ActivityQuery
  list: ActivityRows
}

/** Reads the Activity of a shop. */
export async function presentActivity(
  db: Database,
  scope: ShopScope,
  query: ActivityQuery,
  clock: Clock,
): Promise<Activity> {
  return { now: clock().toISOString(), query, list: await readList(db, scope, query) }
}

async function readList(db: Database, scope: ShopScope, query: ActivityQuery): Promise<ActivityRows> {
  const { show } = query
  switch (show) {
    case 'events':
      return { show, page: await presentEventRows(db, scope, query) }
    case 'attempts':
      return { show, page: await presentAttemptRows(db, scope, query) }
    case 'runs':
      return { show, page: await presentRunRows(db, scope, query) }
    case 'views':
      return { show, page: await presentViewRows(db, scope, query) }
  }
}
