import { type Sql } from '../db.server'
import { inSlices } from '../lib/in-slices'

/** How many differences one statement sums up at most. */
const SLICE = 10_000
/** How many source connections one statement looks at. */
const PAGE = 200

/**
 * Sums up what has been counted since the last time: of each source connection, resource, state and reason one row is left, or none.
 *
 * Writers only ever add rows, so this never stands in the way of one; two that sum up at once pass by what the other has in hand.
 *
 * @returns how many differences it summed up
 */
export async function sumCounts(sql: Sql, signal: AbortSignal): Promise<number> {
  const fresh = await sql.query<{ id: string }>(
    `SELECT DISTINCT "sourceConnectionId" AS "id" FROM "RecordCount" WHERE NOT "isSum"`,
  )
  let summed = 0
  for (let at = 0; at < fresh.length; at += PAGE) {
    const sourceIds = fresh.slice(at, at + PAGE).map(({ id }) => id)
    summed += await inSlices(SLICE, signal, (size) => sumSlice(sql, sourceIds, size))
  }
  return summed
}

async function sumSlice(sql: Sql, sourceIds: string[], size: number): Promise<number> {
  const [slice] = await sql.query<{ fresh: number }>(SUM_SLICE, [sourceIds, size])
  return slice?.fresh ?? 0
}

/** One statement: whoever reads meanwhile sees the rows as they were, or their sums, and never both. */
const SUM_SLICE = `
  WITH sums AS (
    SELECT "id" FROM "RecordCount" WHERE "isSum" AND "sourceConnectionId" = ANY ($1::uuid[]) FOR UPDATE SKIP LOCKED
  ), fresh AS (
    SELECT "id" FROM "RecordCount" WHERE NOT "isSum" AND "sourceConnectionId" = ANY ($1::uuid[]) LIMIT $2 FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM "RecordCount" WHERE "id" = ANY (ARRAY(SELECT "id" FROM sums UNION ALL SELECT "id" FROM fresh)) RETURNING *
  ), made AS (
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference", "isSum")
    SELECT "sourceConnectionId", "resource", "state", "reason", sum("difference"), true FROM gone
    GROUP BY 1, 2, 3, 4 HAVING sum("difference") <> 0
  )
  SELECT (SELECT count(*) FROM fresh)::int AS "fresh"`
