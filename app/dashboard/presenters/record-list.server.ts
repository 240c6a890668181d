import { z } from 'zod'
import { type Resource } from '~/contracts/resource'
import { type RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Place } from '../activity-query'
import { cursorOf, readCursor, type RecordPosition } from '../record-cursor'
import { type RecordsSort } from '../records-query'
import { PAGE_SIZE, type ReadRows } from './page-of-rows'
import { type ShopScope } from './scope.server'
import { Values } from './values'

/** How many records of each source, resource and state a list looks through for those of one reason, before it asks whether to go on. */
export const SEARCHED_RECORDS = 10_000

/** Which records are listed, and from where on. */
export interface ListedRecords {
  states: readonly RecordState[]
  resources: readonly Resource[]
  /** Why they stand where they do, as they are counted (RecordCount.reason); null for any reason. */
  why: string | null
  sort: RecordsSort
  place: Place
}

/** A record in a list, before anything else of it is read: `id` is its cursor. */
export interface ListedRecord {
  id: string
  recordId: string
}

const Row = z.object({ id: z.string(), at: z.string() })

/** SQL for the time of a record's latest activity, with every digit that the database keeps. */
export const ACTIVITY_TIME = `to_char(r."updatedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** SQL for why a record stands where it does, as it is counted: see docs/decisions/016. */
const REASON = `CASE r."state" WHEN 'dead' THEN COALESCE(r."cause", '')
  WHEN 'excluded' THEN CASE WHEN r."reason" LIKE 'Dismissed: %' THEN 'Dismissed by a person.' ELSE COALESCE(r."reason", '') END
  ELSE '' END`

/**
 * One row more than a page of a shop's records, by their latest activity. For each source, resource and state a page is read along the
 * index, and these are merged, so that it costs the same however many records there are. Records of one reason are looked for
 * among so many of each, and then it gives up: see `searchedTo`.
 *
 * @param searched how many of each are looked through; for tests
 */
export async function listRecords(
  db: Database,
  scope: ShopScope,
  listed: ListedRecords,
  searched = SEARCHED_RECORDS,
): Promise<ReadRows<ListedRecord>> {
  const { place } = listed
  const start = place && readCursor('before' in place ? place.before : place.after)
  const walk = { ...listed, place: start && place, start }
  const end = listed.why === null ? null : await endOfSearch(db, scope, walk, searched)
  const rows = await readRows(db, scope, walk, end)
  return { rows, place: walk.place, searchedTo: end && cursorOf(end) }
}

type Walk = ListedRecords & { start: RecordPosition | null }

async function readRows(
  db: Database,
  scope: ShopScope,
  walk: Walk,
  end: RecordPosition | null,
): Promise<ListedRecord[]> {
  const { start, why } = walk
  const { beyond, upTo } = directionOf(walk)
  const values = new Values([scope.sourceIds, walk.resources, walk.states, PAGE_SIZE + 1])
  const conditions = [
    start ? compare(beyond, start, values) : '',
    end ? compare(upTo, end, values) : '',
    why === null ? '' : `AND ${REASON} = ${values.add(why)}::text`,
  ]
  const rows = await db.query(merged(walk, conditions.join(' '), 'LIMIT $4', 'LIMIT $4'), values.all)
  return rows.map((row) => {
    const position = Row.parse(row)
    return { id: cursorOf(position), recordId: position.id }
  })
}

/** Where the first of them has been looked through for long enough; null when none is that long. */
async function endOfSearch(
  db: Database,
  scope: ShopScope,
  walk: Walk,
  searched: number,
): Promise<RecordPosition | null> {
  const { start } = walk
  const values = new Values([scope.sourceIds, walk.resources, walk.states, searched - 1])
  const condition = start ? compare(directionOf(walk).beyond, start, values) : ''
  const rows = await db.query(merged(walk, condition, 'OFFSET $4 LIMIT 1', 'LIMIT 1'), values.all)
  return rows[0] ? Row.parse(rows[0]) : null
}

/** SQL that reads some rows of each source ($1), resource ($2) and state ($3) along the index, and merges them. */
function merged(walk: Walk, conditions: string, some: string, most: string): string {
  const { order } = directionOf(walk)
  const ordered = `ORDER BY r."updatedAt" ${order}, r."id" ${order}`
  return `
    SELECT r."id", ${ACTIVITY_TIME} AS "at"
    FROM unnest($1::uuid[]) AS s(id) CROSS JOIN unnest($2::text[]) AS k(resource) CROSS JOIN unnest($3::text[]) AS t(state)
    CROSS JOIN LATERAL (
      SELECT r."id", r."updatedAt" FROM "SyncRecord" r
      WHERE r."sourceConnectionId" = s.id AND r."resource" = k.resource AND r."state" = t.state ${conditions}
      ${ordered} ${some}
    ) r ${ordered} ${most}`
}

function directionOf({ sort, place }: Pick<Walk, 'sort' | 'place'>) {
  const isBackwards = place !== null && 'before' in place
  return (sort === 'newest') === isBackwards
    ? ({ order: 'ASC', beyond: '>', upTo: '<=' } as const)
    : ({ order: 'DESC', beyond: '<', upTo: '>=' } as const)
}

/** SQL that compares a row's place with one that is given: plain values, so that the index can be entered there. */
function compare(operator: string, { at, id }: RecordPosition, values: Values): string {
  return `AND (r."updatedAt", r."id") ${operator} (${values.add(at)}::timestamptz, ${values.add(id)}::uuid)`
}
