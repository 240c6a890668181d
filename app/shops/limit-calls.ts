import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'

/** How fast a shop's SaaS is called. */
export interface CallLimits {
  /** How many calls may be under way at once. */
  concurrency: number
  /** How many calls a second at most; null for no limit. */
  callsPerSecond: number | null
}

/** Sets how fast a shop's SaaS is called. Who delivers to it now goes by it from the next call on. */
export async function limitCalls(tx: Sql, shopId: string, limits: CallLimits, now: Date): Promise<void> {
  const changed = await tx.query(
    `UPDATE "SaasConnection" SET "concurrency" = $2, "callsPerSecond" = $3, "updatedAt" = $4
     WHERE "shopId" = $1 AND ("concurrency", "callsPerSecond") IS DISTINCT FROM ($2::int, $3::int) RETURNING "id"`,
    [shopId, limits.concurrency, limits.callsPerSecond, now],
  )
  if (changed.length > 0) await notifyDue(tx, [shopId])
}
