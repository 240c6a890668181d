import { type Sql } from '../db.server'
import { inSlices } from '../lib/in-slices'
import { SLICE } from './slice'

/**
 * Forgets the bodies of webhooks whose time is over; the rows stay, as the memory of duplicates. What intake has in hand is passed by, as
 * the order of the times is not the one that intake locks them in: the next time has it.
 *
 * @returns how many
 */
export async function forgetPayloads(sql: Sql, now: Date, signal: AbortSignal): Promise<number> {
  return inSlices(SLICE, signal, async (size) => {
    const forgotten = await sql.query(
      `UPDATE "WebhookEvent" SET "payload" = NULL, "payloadExpiresAt" = NULL
       WHERE "id" = ANY (ARRAY(SELECT "id" FROM "WebhookEvent" WHERE "payloadExpiresAt" <= $1
                               ORDER BY "payloadExpiresAt" LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED))
       RETURNING "id"`,
      [now, size],
    )
    return forgotten.length
  })
}
