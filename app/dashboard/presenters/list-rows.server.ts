import { z } from 'zod'
import { type Database } from '~/db.server'
import { type Place } from '../activity-query'
import { PAGE_SIZE, type ReadRows } from './page-of-rows'
import { type ShopScope } from './scope.server'
import { type Span } from './span-of'
import { Values } from './values'

/** How many rows of each source a filtered list looks through before it asks whether to go on. */
export const SEARCHED_ROWS = 50_000

/** Tables that are read newest first, along their index (sourceConnectionId, time, id): their time, what became of a row, and its record. */
const TABLES = {
  WebhookEvent: { time: 'receivedAt', outcome: 'outcome', hasRecord: true },
  SyncAttempt: { time: 'startedAt', outcome: 'outcome', hasRecord: true },
  SyncRun: { time: 'startedAt', outcome: 'state', hasRecord: false },
} as const
export type TimedTable = keyof typeof TABLES

/** Which rows a list shows; null lets all through. */
export interface ListFilters {
  outcome: string | null
  resource: string | null
  /** Of events only. */
  topic?: string | null
  span?: Span
}

interface ListOptions extends ListFilters {
  table: TimedTable
  /** What is read: SQL over `t`, a row of the table, and `r`, its record or nothing. */
  columns: string
  place: Place
  limit?: number
  searched?: number
}

/** Where a row stands in its table's order. The time is text, for the microseconds that a Date would lose. */
const Position = z.object({ at: z.string(), id: z.string() })
type Position = z.infer<typeof Position>

/**
 * One row more than a page of a shop's events, attempts or runs: newest first, or oldest first when read backwards. Each source is read
 * along its index and the results are merged, and a filter gives up after a while, so that a page costs the same however much there
 * is. A place that is not a row of the shop is as if it were not given.
 */
export async function listRows(
  db: Database,
  scope: ShopScope,
  options: ListOptions,
): Promise<ReadRows<unknown>> {
  const start = await positionOf(db, scope, options.table, options.place)
  const walk = { ...options, place: start && options.place, start }
  const { outcome, resource, topic = null } = options
  const isFiltered = [outcome, resource, topic].some((filter) => filter !== null)
  const end = isFiltered ? await endOfSearch(db, scope, walk) : null
  const rows = await readRows(db, scope, walk, end)
  return { rows, place: walk.place, searchedTo: end && end.id }
}

type Walk = ListOptions & { start: Position | null }

function readRows(db: Database, scope: ShopScope, walk: Walk, end: Position | null): Promise<unknown[]> {
  const { hasRecord } = TABLES[walk.table]
  const values = new Values([scope.sourceIds, (walk.limit ?? PAGE_SIZE) + 1])
  const ordered = orderOf(walk)
  const record = `LEFT JOIN "SyncRecord" r ON r."id" = t."recordId" AND r."sourceConnectionId" = t."sourceConnectionId"`
  const statement = `
    SELECT t.* FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (
      SELECT ${walk.columns} FROM "${walk.table}" t ${hasRecord ? record : ''}
      WHERE t."sourceConnectionId" = s.id ${filtersOf(walk, values)} ${boundsOf(walk, values)}
        ${end ? compare(walk.table, directionOf(walk).upTo, end, values) : ''}
      ${ordered} LIMIT $2
    ) t ${ordered} LIMIT $2`
  return db.query(statement, values.all)
}

/** Where the first of the sources has been looked through for long enough; null when none is that long. */
async function endOfSearch(db: Database, scope: ShopScope, walk: Walk): Promise<Position | null> {
  const { time } = TABLES[walk.table]
  const values = new Values([scope.sourceIds, (walk.searched ?? SEARCHED_ROWS) - 1])
  const ordered = orderOf(walk)
  const rows = await db.query(
    `SELECT t."id", t."${time}"::text AS "at" FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (
       SELECT t."id", t."${time}" FROM "${walk.table}" t
       WHERE t."sourceConnectionId" = s.id ${boundsOf(walk, values)}
       ${ordered} OFFSET $2 LIMIT 1
     ) t ${ordered} LIMIT 1`,
    values.all,
  )
  return rows[0] ? Position.parse(rows[0]) : null
}

async function positionOf(
  db: Database,
  scope: ShopScope,
  table: TimedTable,
  place: Place,
): Promise<Position | null> {
  if (!place) return null

  const rows = await db.query(
    `SELECT "id", "${TABLES[table].time}"::text AS "at" FROM "${table}"
     WHERE "id" = $1::uuid AND "sourceConnectionId" = ANY($2::uuid[])`,
    ['before' in place ? place.before : place.after, scope.sourceIds],
  )
  return rows[0] ? Position.parse(rows[0]) : null
}

/** SQL for what is let through. */
function filtersOf({ table, outcome, resource, topic = null }: Walk, values: Values): string {
  return [
    outcome === null ? '' : `AND t."${TABLES[table].outcome}" = ${values.add(outcome)}::text`,
    resource === null ? '' : `AND t."resource" = ${values.add(resource)}::text`,
    topic === null ? '' : `AND t."topic" = ${values.add(topic)}::text`,
  ].join(' ')
}

/** SQL for where the reading begins, and what time it is about. */
function boundsOf(walk: Walk, values: Values): string {
  const { table, start, span } = walk
  const time = `t."${TABLES[table].time}"`
  return [
    start ? compare(table, directionOf(walk).beyond, start, values) : '',
    span?.since ? `AND ${time} >= ${values.add(span.since)}::timestamptz` : '',
    span?.until ? `AND ${time} < ${values.add(span.until)}::timestamptz` : '',
  ].join(' ')
}

function orderOf(walk: Walk): string {
  const { order } = directionOf(walk)
  return `ORDER BY t."${TABLES[walk.table].time}" ${order}, t."id" ${order}`
}

function directionOf({ place }: Pick<ListOptions, 'place'>) {
  return place !== null && 'before' in place
    ? ({ order: 'ASC', beyond: '>', upTo: '<=' } as const)
    : ({ order: 'DESC', beyond: '<', upTo: '>=' } as const)
}

/** SQL that compares a row's place with one that is given: plain values, so that the index can be entered there. */
function compare(table: TimedTable, operator: string, { at, id }: Position, values: Values): string {
  return `AND (t."${TABLES[table].time}", t."id") ${operator} (${values.add(at)}::timestamptz, ${values.add(id)}::uuid)`
}
