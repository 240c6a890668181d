import { type Sql } from '../db.server'
import { type ShopOfRecords } from './select-records'

/** Makes locked records wait anew: due now, or held by their connection. */
export async function sendAgain(
  tx: Sql,
  { shopId, heldBecause }: ShopOfRecords,
  ids: string[],
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE "SyncRecord" SET
       "state" = CASE WHEN $3::text IS NULL THEN 'waiting' ELSE 'held' END, "reason" = $3, "dueAt" = $4, "attempts" = 0,
       "waitingSince" = COALESCE("waitingSince", $4), "revision" = GREATEST("revision" + 1, $5), "deliveredHash" = NULL,
       "deliveredBodyHash" = NULL, "dismissedHash" = NULL, "updatedAt" = $4
     WHERE "id" = ANY($2::uuid[]) AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))`,
    [shopId, ids, heldBecause, now, BigInt(now.getTime())],
  )
}
