import { type Sql } from '../db.server'
import { inSlices } from '../lib/in-slices'
import { SLICE } from './slice'

/**
 * Forgets the bodies of webhooks whose time is over; the rows stay, as the memory of duplicates.
 *
 * @returns how many
 */
export async function forgetPayloads(sql: Sql, now: Date, signal: AbortSignal): Promise<number> {
  return inSlices(SLICE, signal, async (size) => {
    const forgotten = await sql.query(
      `UPDATE "WebhookEvent" SET "payload" = NULL, "payloadExpiresAt" = NULL
       WHERE "id" = ANY (ARRAY(SELECT "id" FROM "WebhookEvent" WHERE "payloadExpiresAt" <= $1 ORDER BY "payloadExpiresAt" LIMIT $2))
       RETURNING "id"`,
      [now, size],
    )
    return forgotten.length
  })
}
