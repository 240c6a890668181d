import { v7 as uuid } from 'uuid'
import { type Sql } from '~/db.server'

/** What a call came to, in records. */
export interface Counts {
  synced: number
  skipped: number
  stale: number
}

/** The counts of a call that has stored nothing yet. */
export const NOTHING: Counts = { synced: 0, skipped: 0, stale: 0 }

/** Opens an entry with the status `running`; returns its id. */
export async function beginLog(sql: Sql, storeId: string, syncType: string, now: Date): Promise<string> {
  const id = uuid()
  await sql.query(
    `INSERT INTO "MirrorSyncLog" ("id", "storeId", "syncType", "status", "startedAt")
     VALUES ($1, $2, $3, 'running', $4)`,
    [id, storeId, syncType, now],
  )
  return id
}

/** Closes an entry that is `running`. */
export async function endLog(
  sql: Sql,
  storeId: string,
  id: string,
  end: { status: 'completed' | 'failed'; counts: Counts; error: string | null; now: Date },
): Promise<void> {
  const { status, counts, error, now } = end
  await sql.query(
    `UPDATE "MirrorSyncLog"
     SET "status" = $3, "syncedCount" = $4, "skippedCount" = $5, "staleCount" = $6, "error" = $7, "endedAt" = $8
     WHERE "storeId" = $1 AND "id" = $2`,
    [storeId, id, status, counts.synced, counts.skipped, counts.stale, error, now],
  )
}

/** Writes the entry of a call that ended without storing anything; returns its id. */
export async function writeLog(
  sql: Sql,
  storeId: string,
  entry: {
    syncType: string
    status: 'completed' | 'failed'
    counts: Counts
    error: string | null
    now: Date
  },
): Promise<string> {
  const { syncType, status, counts, error, now } = entry
  const id = uuid()
  await sql.query(
    `INSERT INTO "MirrorSyncLog"
       ("id", "storeId", "syncType", "status", "syncedCount", "skippedCount", "staleCount", "error", "startedAt", "endedAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [id, storeId, syncType, status, counts.synced, counts.skipped, counts.stale, error, now],
  )
  return id
}
