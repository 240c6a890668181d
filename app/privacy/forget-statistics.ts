import { type Sql } from '../db.server'
import { inSlices } from '../lib/in-slices'
import { SLICE } from './slice'

/** Deletes the hours of some source connections' statistics that are older than that. @returns how many rows */
export function forgetStatistics(
  sql: Sql,
  sourceIds: readonly string[],
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  const statement = `
    DELETE FROM "DeliveryStatistic" WHERE "sourceConnectionId" = ANY ($1::uuid[]) AND "hour" < $2
      AND ("sourceConnectionId", "hour", "outcome") IN (
        SELECT old."sourceConnectionId", old."hour", old."outcome" FROM unnest($1::uuid[]) AS source(id) CROSS JOIN LATERAL (
          SELECT t."sourceConnectionId", t."hour", t."outcome" FROM "DeliveryStatistic" t
          WHERE t."sourceConnectionId" = source.id AND t."hour" < $2 ORDER BY t."hour" LIMIT $3
        ) old LIMIT $3
      ) RETURNING "hour"`
  return inSlices(
    SLICE,
    signal,
    async (size) => (await sql.query(statement, [sourceIds, before, size])).length,
  )
}
