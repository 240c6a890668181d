import { type Breaker } from '../contracts/breaker'
import { type ConnectionState } from '../contracts/states'
import { type Sql } from '../db.server'

/** What the calls to a connection have shown of it. Null times and reasons leave nothing standing where they are. */
export interface Health {
  state: Exclude<ConnectionState, 'not_connected'>
  /** In words for a person; null when it is connected. */
  reason: string | null
  /** When it may be tried again with one record; null while it is open. */
  probeAt: Date | null
  breaker: Breaker | null
  /** When the SaaS last took a record, and when a call last failed, as far as these calls have shown it. */
  lastDeliveredAt: Date | null
  lastFailedAt: Date | null
}

/**
 * Notes what calls have shown of a connection, under the generation and the key that they were made under: what is said of an address
 * or key that has been replaced meanwhile is not written, and closes no gate that a person has just opened.
 */
export async function noteHealth(
  sql: Sql,
  { shopId, generation, sealedKey }: { shopId: string; generation: number; sealedKey: Uint8Array | null },
  health: Health,
  now: Date,
): Promise<void> {
  const { state, reason, probeAt, breaker, lastDeliveredAt, lastFailedAt } = health
  await sql.query(
    `UPDATE "SaasConnection" SET "state" = $3, "stateReason" = $4, "probeAt" = $5, "breaker" = $6,
            "lastDeliveredAt" = COALESCE($7, "lastDeliveredAt"), "lastFailedAt" = COALESCE($8, "lastFailedAt"), "updatedAt" = $9
     WHERE "shopId" = $1 AND "generation" = $2 AND "sealedKey" IS NOT DISTINCT FROM $10 AND "state" <> 'not_connected'`,
    [
      shopId,
      generation,
      state,
      reason,
      probeAt,
      breaker && JSON.stringify(breaker),
      lastDeliveredAt,
      lastFailedAt,
      now,
      sealedKey,
    ],
  )
}
