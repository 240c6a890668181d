import { Resource } from '../contracts/resource'
import { type ReplayableState } from '../contracts/states'
import { type Database, type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Clock } from '../lib/time'
import { type ShopOfRecords } from './select-records'
import { sendAgain } from './send-again'

/** How many records one transaction sends again. */
const SLICE = 500

/** Which records are meant. */
export interface Matching {
  states: ReplayableState[]
  /** Null for all. */
  resource: Resource | null
  /** They have stood there since before the command was given: what moves afterwards is left alone. */
  until: Date
}

/** What a replay came to: how many were sent again, and whether the same command is to be gone on with. */
export interface ReplayedMatching {
  sent: number
  hasMore: boolean
}

/**
 * Sends everything again that stands in some states, as `replayRecords` does: those that have stood there the longest first, in slices,
 * each in a transaction of its own, so that nothing else has to wait. Ending in between does no harm: the same command goes on.
 *
 * @param signal aborted when it is to end after the slice in hand
 */
export async function replayMatching(
  db: Database,
  shop: ShopOfRecords,
  matching: Matching,
  clock: Clock,
  signal?: AbortSignal,
): Promise<ReplayedMatching> {
  let sent = 0
  do {
    const slice = await db.transaction((tx) => replaySlice(tx, shop, matching, clock()))
    if (slice === 0) return { sent, hasMore: false }
    sent += slice
  } while (!signal?.aborted)
  return { sent, hasMore: true }
}

/** Down the index by state and activity. What is sent again has moved, and so is no longer meant. */
async function replaySlice(tx: Sql, shop: ShopOfRecords, matching: Matching, now: Date): Promise<number> {
  const { states, resource, until } = matching
  const rows = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SyncRecord" WHERE "id" = ANY (ARRAY(
       SELECT r."id" FROM "SourceConnection" s CROSS JOIN unnest($2::text[]) AS k(resource) CROSS JOIN unnest($3::text[]) AS t(state)
       CROSS JOIN LATERAL (
         SELECT "id" FROM "SyncRecord"
         WHERE "sourceConnectionId" = s."id" AND "resource" = k.resource AND "state" = t.state AND "updatedAt" < $4 AND "desiredHash" IS NOT NULL
         ORDER BY "updatedAt", "id" LIMIT ${SLICE}
       ) r WHERE s."shopId" = $1 LIMIT ${SLICE}
     )) AND "state" = ANY($3::text[]) AND "updatedAt" < $4 AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))
     ORDER BY "id" FOR NO KEY UPDATE`,
    [shop.shopId, resource === null ? Resource.options : [resource], states, until],
  )
  const ids = rows.map(({ id }) => id)
  await sendAgain(tx, shop, ids, now)
  if (ids.length > 0) await notifyDue(tx, [shop.shopId])
  return ids.length
}
