import { type Database } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { alignHeld } from '../records/align-held'
import { hastenRetries } from '../records/hasten'
import { gateOf } from '../shops/gate'
import { readDeliveryTarget } from '../shops/read-delivery-target'

/** Lets a shop's records stand where its connection is, slice by slice, and signals what may go now. Stopping in between does no harm. */
export async function alignConnection(db: Database, shopId: string, now: Date): Promise<void> {
  while (await alignSlice(db, shopId, now));
  await hastenWhatMayGo(db, shopId, now)
  await notifyDue(db, [shopId])
}

/** Looks at the connection each time: two that went by an older look, one each way, would move the same records for ever. */
async function alignSlice(db: Database, shopId: string, now: Date): Promise<boolean> {
  const target = await readDeliveryTarget(db, shopId)
  let hasMore = false
  for (const { sourceConnectionId, heldBecause } of target?.contexts.values() ?? []) {
    if (await alignHeld(db, sourceConnectionId, heldBecause, now)) hasMore = true
  }
  return hasMore
}

/** What waits for its next try need not, where the connection is open: its worker may have died before it could say so. */
async function hastenWhatMayGo(db: Database, shopId: string, now: Date): Promise<void> {
  const target = await readDeliveryTarget(db, shopId)
  if (!target || gateOf(target.connection, now) !== 'open' || target.connection.state !== 'connected') return
  for (const sourceConnectionId of target.contexts.keys()) await hastenRetries(db, sourceConnectionId, now)
}
