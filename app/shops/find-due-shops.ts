import { type Sql } from '../db.server'

/**
 * The shops that have a record due and whose connection lets at least one through. One step down an index for each source, which the
 * order keeps the planner on.
 */
export async function findDueShops(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql.query<{ shopId: string }>(
    `SELECT DISTINCT c."shopId" FROM "SaasConnection" c
     JOIN "SourceConnection" o ON o."shopId" = c."shopId"
     CROSS JOIN LATERAL (
       SELECT 1 FROM "SyncRecord" r WHERE r."sourceConnectionId" = o."id" AND r."dueAt" <= $1 ORDER BY r."dueAt" DESC LIMIT 1
     ) AS due
     WHERE c."pausedAt" IS NULL AND c."state" <> 'not_connected' AND (c."probeAt" IS NULL OR c."probeAt" <= $1)`,
    [now],
  )
  return rows.map(({ shopId }) => shopId)
}
