import { type Database } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { alignHeld } from '../records/align-held'
import { readDeliveryTarget } from '../shops/read-delivery-target'

/** Lets a shop's records stand where its connection is, and signals what may go now. */
export async function alignConnection(db: Database, shopId: string, now: Date): Promise<void> {
  const target = await readDeliveryTarget(db, shopId)
  if (!target) return
  for (const { sourceConnectionId, heldBecause } of target.contexts.values())
    await alignHeld(db, sourceConnectionId, heldBecause, now)
  await notifyDue(db, [shopId])
}
