import { type Sql } from '../db.server'
import { READING_KINDS } from '../shops/start-reading'

const PERIOD_MS = 15 * 60_000

/**
 * The source connections whose last changes have not been looked at for a quarter of an hour. Each keeps the rhythm of its own first look, so
 * that they are spread. The first one waits until the store has been read once: before, nothing is known of it.
 */
export async function findSourcesToReconcile(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT o."id" FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId" JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE s."uninstalledAt" IS NULL AND EXISTS (
       SELECT 1 FROM "SourceReach" e
       WHERE e."sourceConnectionId" = o."id" AND e."reach" <> 'none' AND e."resource" = ANY (c."resources") AND (
         e."lookedAt" <= $1 OR e."lookedAt" IS NULL AND NOT EXISTS (
           SELECT 1 FROM "SyncRun" r WHERE r."sourceConnectionId" = o."id" AND r."kind" = ANY($2) AND r."state" IN ('waiting', 'running')))
     ) ORDER BY o."id"`,
    [new Date(now.getTime() - PERIOD_MS), READING_KINDS],
  )
  return rows.map(({ id }) => id)
}
