import { Resource } from '../contracts/resource'
import { ConnectionState } from '../contracts/states'
import { type Database, type Sql } from '../db.server'
import { heldBecause } from '../shops/gate'
import { alignRecords, type AlignOptions } from './align-connection'

/**
 * Aligns the records of every shop that has some which do not stand where their connection is: news whose context was read before a pause,
 * rows that were locked when their shop was aligned, what an uninstallation left waiting, and what a worker held that died.
 *
 * @returns of how many shops
 */
export async function alignMisplaced(db: Database, now: Date, options: AlignOptions = {}): Promise<number> {
  let aligned = 0
  for (const shopId of await findMisplaced(db, now)) {
    if (options.signal?.aborted) break
    await alignRecords(db, shopId, now, options)
    aligned++
  }
  return aligned
}

/** The states of a connection for which records wait. */
const HOLDING = ConnectionState.options.filter(
  (state) => heldBecause({ state, stateReason: null, pausedAt: null }) !== null,
)

/** The shops that have a record which waits behind a closed gate, is held before an open one, or is in the hands of a worker that died. */
export async function findMisplaced(sql: Sql, now: Date): Promise<string[]> {
  // A few steps down an index for each source. A range of one state has an order, which keeps the planner on that index.
  const rows = await sql.query<{ shopId: string }>(
    `SELECT DISTINCT c."shopId" FROM "SaasConnection" c
     JOIN "SourceConnection" o ON o."shopId" = c."shopId"
     CROSS JOIN unnest($2::text[]) AS kind(resource)
     CROSS JOIN LATERAL (VALUES
       (CASE WHEN c."pausedAt" IS NOT NULL OR c."state" = ANY($3::text[]) THEN 'waiting' ELSE 'held' END, 'infinity'::timestamptz),
       ('delivering', $1::timestamptz)
     ) AS wrong(state, until)
     CROSS JOIN LATERAL (
       SELECT 1 FROM "SyncRecord" r
       WHERE r."sourceConnectionId" = o."id" AND r."resource" = kind.resource AND r."state" BETWEEN wrong.state AND wrong.state
         AND r."dueAt" <= wrong.until
       ORDER BY r."state" LIMIT 1
     ) AS misplaced`,
    [now, Resource.options, HOLDING],
  )
  return rows.map(({ shopId }) => shopId)
}
