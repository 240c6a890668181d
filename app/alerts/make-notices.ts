import { v7 as uuidV7 } from 'uuid'
import { type AlertChannel, type NoticeSubject } from '../contracts/incident'
import { type Sql } from '../db.server'

/** What a shop is to be told. */
export interface NoticeOrder {
  /** Null for a test. */
  incidentId: string | null
  subject: NoticeSubject
}

/** Makes one notice for each way in which a shop wants to be told, due at once. @returns the ways */
export async function makeNotices(
  tx: Sql,
  shopId: string,
  { incidentId, subject }: NoticeOrder,
  now: Date,
): Promise<AlertChannel[]> {
  const channels = await channelsOf(tx, shopId)
  for (const channel of channels) {
    await tx.query(
      `INSERT INTO "AlertNotice" ("id", "shopId", "incidentId", "subject", "channel", "madeAt", "dueAt")
       VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [uuidV7(), shopId, incidentId, subject, channel, now],
    )
  }
  return channels
}

async function channelsOf(sql: Sql, shopId: string): Promise<AlertChannel[]> {
  const [row] = await sql.query<{ email: boolean; webhook: boolean }>(
    `SELECT "email" IS NOT NULL AS "email", "webhookUrl" IS NOT NULL AS "webhook" FROM "AlertSettings" WHERE "shopId" = $1`,
    [shopId],
  )
  if (!row) return []
  return [...(row.email ? (['email'] as const) : []), ...(row.webhook ? (['webhook'] as const) : [])]
}
