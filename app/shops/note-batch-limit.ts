import { type Sql } from '../db.server'

/** Notes how many records a SaaS takes in one call; null for one at a time. */
export async function noteBatchLimit(
  sql: Sql,
  { shopId, generation }: { shopId: string; generation: number },
  limit: number | null,
  now: Date,
): Promise<void> {
  await sql.query(
    `UPDATE "SaasConnection" SET "batchLimit" = $3, "batchLimitAskedAt" = $4 WHERE "shopId" = $1 AND "generation" = $2`,
    [shopId, generation, limit, now],
  )
}
