import { type Database } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { alignHeld } from '../records/align-held'
import { hastenSlice } from '../records/hasten'
import { type LostAttempt, takeBack } from '../records/take-back'
import { gateOf } from '../shops/gate'
import { readDeliveryTarget } from '../shops/read-delivery-target'

/** Whether there is more to do: whoever was told to end early is to be followed by another. */
export type Aligned = 'more' | 'over'

/** How an alignment is told to end, and what it tells. */
export interface AlignOptions {
  /** Aborted when it is to end after the slice in hand. */
  signal?: AbortSignal
  /** Told of every attempt that was marked abandoned. */
  onAbandoned?(attempt: LostAttempt): void
}

/**
 * Lets a shop's records stand where its connection is, makes due what need not wait for its next try where the gate is open, and signals
 * what may go now. Slice by slice; stopping in between does no harm.
 */
export async function alignConnection(
  db: Database,
  shopId: string,
  now: Date,
  options: AlignOptions = {},
): Promise<Aligned> {
  const aligned = await alignRecords(db, shopId, now, options)
  if (aligned === 'more') return aligned
  const hastened = await hastenWhatMayGo(db, shopId, now, options.signal)
  await notifyDue(db, [shopId])
  return hastened
}

/** Only lets a shop's records stand where its connection is, and takes back what workers held that died; likewise. */
export async function alignRecords(
  db: Database,
  shopId: string,
  now: Date,
  options: AlignOptions = {},
): Promise<Aligned> {
  let hasMore: boolean
  do hasMore = await alignSlice(db, shopId, now, options)
  while (hasMore && !options.signal?.aborted)
  await notifyDue(db, [shopId])
  return hasMore ? 'more' : 'over'
}

/** Looks at the connection each time: two that went by an older look, one each way, would move the same records for ever. */
async function alignSlice(
  db: Database,
  shopId: string,
  now: Date,
  { onAbandoned }: AlignOptions,
): Promise<boolean> {
  const target = await readDeliveryTarget(db, shopId)
  let hasMore = false
  for (const { sourceConnectionId, heldBecause } of target?.contexts.values() ?? []) {
    const taken = await takeBack(db, sourceConnectionId, heldBecause, now)
    taken.abandoned.forEach((attempt) => onAbandoned?.(attempt))
    if (taken.hasMore) hasMore = true
    if (await alignHeld(db, sourceConnectionId, heldBecause, now)) hasMore = true
  }
  return hasMore
}

/** What waits for its next try need not, where the connection is open: its worker may have died before it could say so. */
async function hastenWhatMayGo(
  db: Database,
  shopId: string,
  now: Date,
  signal?: AbortSignal,
): Promise<Aligned> {
  const target = await readDeliveryTarget(db, shopId)
  if (!target || gateOf(target.connection, now) !== 'open' || target.connection.state !== 'connected')
    return 'over'
  for (const sourceConnectionId of target.contexts.keys())
    while (await hastenSlice(db, sourceConnectionId, now)) if (signal?.aborted) return 'more'
  return 'over'
}
