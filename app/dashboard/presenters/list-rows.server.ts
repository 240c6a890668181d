import { z } from 'zod'
import { type Database } from '~/db.server'
import { type Place } from '../activity-query'
import { PAGE_SIZE, type ReadRows } from './page-of-rows'
import { type ShopScope } from './scope.server'

/** How many rows of each source a filtered list looks through before it asks whether to go on. */
export const SEARCHED_ROWS = 50_000

/** A table that is read newest first, along its index (sourceConnectionId, time, id). */
type TimedTable = { name: 'WebhookEvent'; time: 'receivedAt' } | { name: 'SyncAttempt'; time: 'startedAt' }

interface ListOptions {
  table: TimedTable
  /** What is read: SQL over `t`, a row of the table, and `r`, its record or nothing. */
  columns: string
  outcome: string | null
  resource: string | null
  place: Place
  limit?: number
  searched?: number
}

/** Where a row stands in its table's order. The time is text, for the microseconds that a Date would lose. */
const Position = z.object({ at: z.string(), id: z.string() })
type Position = z.infer<typeof Position>

/**
 * One row more than a page of a shop's events or attempts, with their records: newest first, or oldest first when read
 * backwards. Each source is read along its index and the results are merged, and a filter gives up after a while, so
 * that a page costs the same however much there is. A place that is not a row of the shop is as if it were not given.
 */
export async function listRows(
  db: Database,
  scope: ShopScope,
  options: ListOptions,
): Promise<ReadRows<unknown>> {
  const start = await positionOf(db, scope, options.table, options.place)
  const place = start && options.place
  const filtered = options.outcome !== null || options.resource !== null
  const walk = { ...options, place, start }
  const end = filtered ? await endOfSearch(db, scope, walk) : null
  const rows = await db.query(rowsStatement(walk, end), [
    scope.sourceIds,
    options.outcome,
    options.resource,
    (options.limit ?? PAGE_SIZE) + 1,
    ...valuesOf(start),
    ...valuesOf(end),
  ])
  return { rows, place, searchedTo: end && end.id }
}

type Walk = ListOptions & { start: Position | null }

function rowsStatement(walk: Walk, end: Position | null): string {
  const { table, start, columns } = walk
  const { order, beyond, upTo } = directionOf(walk)
  const ordered = `ORDER BY t."${table.time}" ${order}, t."id" ${order}`

  return `
    SELECT t.* FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (
      SELECT ${columns} FROM "${table.name}" t
      LEFT JOIN "SyncRecord" r ON r."id" = t."recordId" AND r."sourceConnectionId" = t."sourceConnectionId"
      WHERE t."sourceConnectionId" = s.id
        AND ($2::text IS NULL OR t."outcome" = $2::text)
        AND ($3::text IS NULL OR t."resource" = $3::text)
        ${start ? compare(table, beyond, 5) : ''} ${end ? compare(table, upTo, start ? 7 : 5) : ''}
      ${ordered} LIMIT $4
    ) t ${ordered} LIMIT $4`
}

/** Where the first of the sources has been looked through for long enough; null when none is that long. */
async function endOfSearch(db: Database, scope: ShopScope, walk: Walk): Promise<Position | null> {
  const { table, start } = walk
  const { order, beyond } = directionOf(walk)
  const ordered = `ORDER BY t."${table.time}" ${order}, t."id" ${order}`
  const rows = await db.query(
    `SELECT t."id", t."${table.time}"::text AS "at" FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (
       SELECT t."id", t."${table.time}" FROM "${table.name}" t
       WHERE t."sourceConnectionId" = s.id ${start ? compare(table, beyond, 3) : ''}
       ${ordered} OFFSET $2 LIMIT 1
     ) t ${ordered} LIMIT 1`,
    [scope.sourceIds, (walk.searched ?? SEARCHED_ROWS) - 1, ...valuesOf(start)],
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
    `SELECT "id", "${table.time}"::text AS "at" FROM "${table.name}"
     WHERE "id" = $1::uuid AND "sourceConnectionId" = ANY($2::uuid[])`,
    ['before' in place ? place.before : place.after, scope.sourceIds],
  )
  return rows[0] ? Position.parse(rows[0]) : null
}

function directionOf({ place }: ListOptions) {
  return place !== null && 'before' in place
    ? ({ order: 'ASC', beyond: '>', upTo: '<=' } as const)
    : ({ order: 'DESC', beyond: '<', upTo: '>=' } as const)
}

/** SQL that compares a row's place with one that is given: plain values, so that the index can be entered there. */
function compare({ time }: TimedTable, operator: string, parameter: number): string {
  return `AND (t."${time}", t."id") ${operator} ($${parameter}::timestamptz, $${parameter + 1}::uuid)`
}

function valuesOf(position: Position | null): string[] {
  return position ? [position.at, position.id] : []
}
