import { type Sql } from '../db.server'
import { ABANDONED } from './attempt-log'
import { type ShopOfRecords } from './select-records'

/** Makes locked records wait anew: due now, or held by their connection. The attempt of a worker that died with one is marked abandoned. */
export async function sendAgain(
  tx: Sql,
  { shopId, heldBecause }: ShopOfRecords,
  ids: string[],
  now: Date,
): Promise<void> {
  await tx.query(
    `WITH source AS MATERIALIZED (
       SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1
     ), abandoned AS (
       UPDATE "SyncAttempt" SET ${ABANDONED}, "endedAt" = $4
       WHERE "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM source)) AND "outcome" = 'in_flight' AND "id" = ANY (ARRAY(
         SELECT "attemptId" FROM "SyncRecord"
         WHERE "id" = ANY($2::uuid[]) AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM source)) AND "attemptId" IS NOT NULL))
     )
     UPDATE "SyncRecord" SET
       "state" = CASE WHEN $3::text IS NULL THEN 'waiting' ELSE 'held' END, "reason" = $3, "dueAt" = $4, "attempts" = 0, "attemptId" = NULL,
       "waitingSince" = COALESCE("waitingSince", $4), "revision" = GREATEST("revision" + 1, $5), "deliveredHash" = NULL,
       "deliveredBodyHash" = NULL, "dismissedHash" = NULL, "cause" = NULL, "updatedAt" = $4
     WHERE "id" = ANY($2::uuid[]) AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM source))`,
    [shopId, ids, heldBecause, now, BigInt(now.getTime())],
  )
}
