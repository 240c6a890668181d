import { type Database, type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Clock } from '../lib/time'
import { sendAgain } from './send-again'
import { type ShopOfRecords } from './select-records'
import { lockDead, type WhichDead } from './which-dead'

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
  dead: WhichDead,
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

async function replaySlice(tx: Sql, shop: ShopOfRecords, dead: WhichDead, now: Date): Promise<number> {
  const ids = await lockDead(tx, shop.shopId, dead)
  await sendAgain(tx, shop, ids, now)
  if (ids.length > 0) await notifyDue(tx, [shop.shopId])
  return ids.length
}
