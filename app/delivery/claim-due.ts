import { v7 as uuidV7 } from 'uuid'
import { claimRecords, type ClaimedRecord } from '../records/claim-records'
import { type Lane } from './lane'
import { afterClaim, giveWayMs } from './pressure'
import { tellAbandoned } from './tell-attempts'

/** Claims at most so many records, source by source; each time another one is the first, so that none waits for the end of another's backlog. */
export async function claimDue(lane: Lane, most: number): Promise<ClaimedRecord[]> {
  const { db, clock } = lane.options
  const claimed: ClaimedRecord[] = []
  let looked = 0
  // Before the claim: what becomes due from here on says so.
  lane.hasMore = false
  for (const sourceConnectionId of inRotation([...lane.target.contexts.keys()], lane.claims++)) {
    if (looked === most) break
    const claimIds = Array.from({ length: most - looked }, () => uuidV7())
    const now = clock()
    const giveWay = giveWayMs(lane.pressure, now)
    const claims = await claimRecords(db, { sourceConnectionId, claimIds, giveWayMs: giveWay }, now)
    if (claims.yieldedUntil) {
      lane.hasYielded = true
      lane.signal.wakeAt(claims.yieldedUntil)
    }
    claims.records.forEach((row) => tellAbandoned(lane.options, row))
    claimed.push(...claims.records)
    looked += claims.looked
  }
  const isFull = looked === most
  if (isFull) lane.hasMore = true
  lane.pressure = afterClaim(lane.pressure, isFull, clock())
  return claimed
}

function inRotation<Item>(items: Item[], by: number): Item[] {
  const first = by % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}
