import { type Sql } from '../db.server'

/** When the first of a source connection's records is due; null when none will be. One step down an index. */
export async function nextDue(sql: Sql, sourceConnectionId: string): Promise<Date | null> {
  const [row] = await sql.query<{ dueAt: Date }>(
    `SELECT "dueAt" FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "dueAt" IS NOT NULL ORDER BY "dueAt" LIMIT 1`,
    [sourceConnectionId],
  )
  return row?.dueAt ?? null
}
