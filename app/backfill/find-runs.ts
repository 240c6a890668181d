import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'
import { READING_KINDS } from '../shops/start-reading'

/** How long what a run left behind is looked for. */
const TIDY_DAYS = 7

/** The runs that can be worked on now: they have not begun, a slice of theirs is due, or all have ended. */
export async function findRuns(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT r."id" FROM "SyncRun" r
     WHERE r."kind" = ANY($2) AND r."state" IN ('waiting', 'running') AND (r."heldUntil" IS NULL OR r."heldUntil" <= $1)
       AND COALESCE((SELECT min(l."dueAt") FROM "SyncSlice" l WHERE l."runId" = r."id"), $1) <= $1
     ORDER BY r."startedAt"`,
    [now, READING_KINDS],
  )
  return rows.map(({ id }) => id)
}

/** The runs that are over, and whose last worker died before it had put everything away. */
export async function findUntidyRuns(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT r."id" FROM "SyncRun" r
     WHERE r."kind" = ANY($1) AND r."state" IN ('finished', 'failed', 'cancelled') AND r."endedAt" > $2
       AND (EXISTS (SELECT 1 FROM "RunSighting" s WHERE s."runId" = r."id")
         OR EXISTS (SELECT 1 FROM "SyncSlice" l WHERE l."runId" = r."id" AND l."state" = 'cancelled' AND l."exportId" IS NOT NULL))
     ORDER BY r."startedAt"`,
    [READING_KINDS, new Date(now.getTime() - TIDY_DAYS * DAY_MS)],
  )
  return rows.map(({ id }) => id)
}
