import { type Sql } from '../db.server'
import { DueNotice } from './told'

/** How long who sends a notice has for it before another may try. */
const HOLD_MS = 2 * 60_000

/** Takes notices that are due, at most so many: nobody else takes them while they are being sent. */
export async function claimNotices(sql: Sql, limit: number, now: Date): Promise<DueNotice[]> {
  const rows = await sql.query(CLAIM, [now, new Date(now.getTime() + HOLD_MS), limit])
  return rows.map((row) => DueNotice.parse(row))
}

const CLAIM = `
  WITH due AS (
    SELECT "id" FROM "AlertNotice" WHERE "dueAt" <= $1 ORDER BY "dueAt" LIMIT $3 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE "AlertNotice" n SET "dueAt" = $2, "tries" = n."tries" + 1 FROM due WHERE n."id" = due."id"
    RETURNING n."id", n."shopId", n."subject", n."channel", n."tries", n."madeAt", n."incidentId"
  )
  SELECT n.*, i."kind", i."cause", i."count", i."openedAt", i."closedAt", s."domain", s."name" AS "shopName", s."timeZone",
         coalesce(a."locale", 'en') AS "locale", a."email", a."webhookUrl", a."webhookSecret"
  FROM claimed n JOIN "Shop" s ON s."id" = n."shopId"
  LEFT JOIN "AlertSettings" a ON a."shopId" = n."shopId"
  LEFT JOIN "Incident" i ON i."id" = n."incidentId"
  ORDER BY n."madeAt", n."id"`
