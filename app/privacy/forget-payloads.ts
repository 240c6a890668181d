import { type Sql } from '../db.server'

/** How many rows one statement touches, so that none runs long. */
const PAGE = 1_000

/** Forgets the bodies of webhooks whose time is over; the rows stay, as the memory of duplicates. */
export async function forgetPayloads(sql: Sql, now: Date): Promise<void> {
  const forgotten = await sql.query<{ id: string }>(
    `UPDATE "WebhookEvent" SET "payload" = NULL, "payloadExpiresAt" = NULL
     WHERE "id" IN (SELECT "id" FROM "WebhookEvent" WHERE "payloadExpiresAt" <= $1 ORDER BY "payloadExpiresAt" LIMIT ${PAGE})
     RETURNING "id"`,
    [now],
  )
  if (forgotten.length === PAGE) await forgetPayloads(sql, now)
}
