import { type Database } from '../db.server'
import { findOpenRuns } from '../records/run-row'
import { type EnsureOptions } from '../shops/ensure-shops'
import { findUndescribed } from '../shops/find-undescribed'
import { updateConnections } from '../shops/update-connections'

/**
 * What a worker does first: connections are brought to what the environment says now, runs that nobody works on any more are gone on
 * with, and stores are asked how far they can be read where that is not known. Can be repeated, and done by several workers at once.
 */
export async function catchUp(db: Database, options: Omit<EnsureOptions, 'now'>, now: Date): Promise<void> {
  await updateConnections(db, options, now)
  const runs = await findOpenRuns(db, ['re-evaluation', 'removal'])
  await options.queue.send(
    'reevaluate',
    runs.map((runId) => ({ runId })),
    db,
  )
  const undescribed = await findUndescribed(db)
  await options.queue.send(
    'describeReach',
    undescribed.map((shopId) => ({ shopId })),
    db,
  )
}
