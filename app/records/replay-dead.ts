import { Resource } from '../contracts/resource'
import { type Database, type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Clock } from '../lib/time'
import { sendAgain } from './send-again'
import { type ShopOfRecords } from './select-records'

/** How many records one transaction sends again. */
const SLICE = 500

/** Which dead records are meant. */
export interface DeadSince {
  /** They died at this time or later. */
  since: Date
  /** They were dead when the command was given: what dies of it again is left alone. */
  until: Date
  /** Null for all. */
  resource: Resource | null
}

/** How many records those are. */
export async function countDead(sql: Sql, shopId: string, dead: DeadSince): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "SyncRecord" WHERE ${ARE_MEANT}`,
    parameters(shopId, dead),
  )
  return row?.count ?? 0
}

/** What a replay came to: how many were sent again, and whether the same command is to be gone on with. */
export interface ReplayedDead {
  sent: number
  hasMore: boolean
}

/**
 * Sends everything again that died in a while, as `replayRecords` does: in slices, each in a transaction of its own, so that nothing else
 * has to wait. Ending in between does no harm: the same command goes on.
 *
 * @param signal aborted when it is to end after the slice in hand
 */
export async function replayDead(
  db: Database,
  shop: ShopOfRecords,
  dead: DeadSince,
  clock: Clock,
  signal?: AbortSignal,
): Promise<ReplayedDead> {
  let sent = 0
  do {
    const slice = await db.transaction((tx) => replaySlice(tx, shop, dead, clock()))
    if (slice === 0) return { sent, hasMore: false }
    sent += slice
  } while (!signal?.aborted)
  return { sent, hasMore: true }
}

async function replaySlice(tx: Sql, shop: ShopOfRecords, dead: DeadSince, now: Date): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SyncRecord" WHERE "id" = ANY (ARRAY(SELECT "id" FROM "SyncRecord" WHERE ${ARE_MEANT} LIMIT ${SLICE}))
       AND ${ARE_MEANT} ORDER BY "id" FOR NO KEY UPDATE`,
    parameters(shop.shopId, dead),
  )
  const ids = rows.map(({ id }) => id)
  await sendAgain(tx, shop, ids, now)
  if (ids.length > 0) await notifyDue(tx, [shop.shopId])
  return ids.length
}

/** For $1 shop, $2 and $3 times, $4 resources: along the index (sourceConnectionId, resource, state). */
const ARE_MEANT = `"sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1)) AND "resource" = ANY($4::text[])
  AND "state" = 'dead' AND "desiredHash" IS NOT NULL AND "diedAt" BETWEEN $2 AND $3`

function parameters(shopId: string, { since, until, resource }: DeadSince): unknown[] {
  return [shopId, since, until, resource === null ? Resource.options : [resource]]
}
