import { type Sql } from '../db.server'

/** The ids of records that are due now, the longest due first: waits that ended, and leases that ran out. */
export async function findDue(sql: Sql, now: Date, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT "id" FROM "SyncRecord" WHERE "dueAt" <= $1 ORDER BY "dueAt" LIMIT $2`,
    [now, limit],
  )
  return rows.map(({ id }) => id)
}
