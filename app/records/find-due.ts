import { type Sql } from '../db.server'

/** Whether a source connection has a record that is due. One step down an index. */
export async function hasDue(sql: Sql, sourceConnectionId: string, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "dueAt" <= $2) AS found`,
    [sourceConnectionId, now],
  )
  return row?.found ?? false
}
