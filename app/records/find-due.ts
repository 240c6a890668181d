import { type Sql } from '../db.server'

/** Whether a source connection has a record that is due. One step down an index, which the order keeps the planner on. */
export async function hasDue(sql: Sql, sourceConnectionId: string, now: Date): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "dueAt" <= $2 ORDER BY "dueAt" DESC LIMIT 1`,
    [sourceConnectionId, now],
  )
  return rows.length > 0
}
