import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { EventOutcome, RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type ActivityQuery } from '../activity-query'
import { Instant } from './instant'
import { listRows, SEARCHED_ROWS } from './list-rows.server'
import { pageOfRows, type Page } from './page-of-rows'
import { type ShopScope } from './scope.server'
import { spanOf } from './span-of'

/** A row of `EVENT_COLUMNS`. */
export const EventRowShape = z.object({
  id: z.string(),
  /** ISO 8601. */
  receivedAt: Instant,
  topic: z.string(),
  isTest: z.boolean(),
  resource: Resource.nullable(),
  externalId: z.string().nullable(),
  outcome: EventOutcome,
  /** The reason for the outcome, in words. */
  detail: z.string().nullable(),
  /** The state that its record has now; null when it touched none. */
  recordState: RecordState.nullable(),
})

/** An event in a list. */
export type EventRow = z.infer<typeof EventRowShape>

/** What a list shows of an event, of "WebhookEvent" t and its "SyncRecord" r. */
export const EVENT_COLUMNS = `t."id", t."receivedAt", t."topic", t."isTest", t."resource", t."externalId", t."outcome", t."detail",
  r."state" AS "recordState"`

/** A page of a shop's events, newest first. `searched` is how far a filter looks; for tests. */
export async function presentEventRows(
  db: Database,
  scope: ShopScope,
  query: ActivityQuery & { show: 'events' },
  searched = SEARCHED_ROWS,
): Promise<Page<EventRow>> {
  const { outcome, resource, topic, place } = query
  const span = spanOf(query, scope.timeZone)
  const filters = { outcome, resource, topic, span, place, searched }
  const options = { table: 'WebhookEvent' as const, columns: EVENT_COLUMNS, ...filters }
  const read = await listRows(db, scope, options)
  return pageOfRows({ ...read, rows: read.rows.map((row) => EventRowShape.parse(row)) })
}

/** The newest events of a shop, at most that many. */
export async function presentLatestEvents(
  db: Database,
  scope: ShopScope,
  count: number,
): Promise<EventRow[]> {
  const all = { outcome: null, resource: null, place: null, limit: count }
  const { rows } = await listRows(db, scope, { table: 'WebhookEvent', columns: EVENT_COLUMNS, ...all })
  return rows.slice(0, count).map((row) => EventRowShape.parse(row))
}
