import { type Database } from '../db.server'
import { type Clock } from '../lib/time'
import { dismissLocked } from './dismiss-records'
import { lockDead, type WhichDead } from './which-dead'

/** What a dismissal came to: how many were dismissed, and whether the same command is to be gone on with. */
export interface DismissedDead {
  dismissed: number
  hasMore: boolean
}

/**
 * Takes all dead letters of a kind off the list, as `dismissRecords` does: in slices, each in a transaction of its own. Ending in between
 * does no harm: the same command goes on.
 *
 * @param reason as `readReason` gives it
 * @param signal aborted when it is to end after the slice in hand
 */
export async function dismissDead(
  db: Database,
  shopId: string,
  which: { dead: WhichDead; reason: string },
  clock: Clock,
  signal?: AbortSignal,
): Promise<DismissedDead> {
  let dismissed = 0
  do {
    const slice = await db.transaction(async (tx) => {
      const ids = await lockDead(tx, shopId, which.dead)
      await dismissLocked(tx, shopId, ids, which.reason, clock())
      return ids.length
    })
    if (slice === 0) return { dismissed, hasMore: false }
    dismissed += slice
  } while (!signal?.aborted)
  return { dismissed, hasMore: true }
}
