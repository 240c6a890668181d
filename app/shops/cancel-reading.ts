import { type Sql } from '../db.server'
import { READING_KINDS } from './start-reading'

/**
 * Cancels the runs of a shop that read a store: what was read stays. Who works on one notices before it writes again.
 *
 * @param runId only this one; null for all
 * @returns those that were cancelled; what they left at the store is called off by whoever works on them next
 */
export async function cancelReading(
  tx: Sql,
  { shopId, runId }: { shopId: string; runId: string | null },
  why: string,
  now: Date,
): Promise<string[]> {
  const runs = await tx.query<{ id: string }>(
    `UPDATE "SyncRun" r SET "state" = 'cancelled', "endedAt" = $4, "detail" = concat_ws(' ', r."detail", $3::text)
     FROM "SourceConnection" o
     WHERE o."id" = r."sourceConnectionId" AND o."shopId" = $1 AND r."kind" = ANY($5)
       AND r."state" IN ('waiting', 'running', 'asking') AND ($2::uuid IS NULL OR r."id" = $2)
     RETURNING r."id"`,
    [shopId, runId, why, now, READING_KINDS],
  )
  const ids = runs.map(({ id }) => id)
  await tx.query(
    `UPDATE "SyncSlice" SET "state" = 'cancelled', "endedAt" = $2, "dueAt" = NULL
     WHERE "runId" = ANY($1::uuid[]) AND "state" IN ('waiting', 'exporting', 'reading')`,
    [ids, now],
  )
  return ids
}
