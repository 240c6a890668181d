import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'

/**
 * Deletes the hours of some source connections' statistics that are older than that, a day of them at a time.
 *
 * @returns how many rows
 */
export async function forgetStatistics(
  sql: Sql,
  sourceIds: readonly string[],
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  let forgotten = 0
  let oldest = await oldestHour(sql, sourceIds)
  while (oldest && oldest < before && !signal.aborted) {
    const dayAfter = new Date(oldest.getTime() + DAY_MS)
    const rows = await sql.query(
      `DELETE FROM "DeliveryStatistic" WHERE "sourceConnectionId" = ANY ($1::uuid[]) AND "hour" >= $2 AND "hour" < $3
       RETURNING "hour"`,
      [sourceIds, oldest, dayAfter < before ? dayAfter : before],
    )
    forgotten += rows.length
    oldest = await oldestHour(sql, sourceIds)
  }
  return forgotten
}

/** The first hour that any of the source connections has statistics of; null when there are none. */
async function oldestHour(sql: Sql, sourceIds: readonly string[]): Promise<Date | null> {
  const [row] = await sql.query<{ oldest: Date | null }>(
    `SELECT min(first."hour") AS oldest FROM unnest($1::uuid[]) AS source(id) CROSS JOIN LATERAL (
       SELECT s."hour" FROM "DeliveryStatistic" s WHERE s."sourceConnectionId" = source.id ORDER BY s."hour" LIMIT 1
     ) first`,
    [sourceIds],
  )
  return row?.oldest ?? null
}
