import { Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { cancelRemovalRuns, forgetRemovals } from './end-removals'
import { type RunOfShop, runRefusal } from './find-run'
import { startRuns } from './start-run'

/**
 * Cancels a removal, with those of the shop's other sources: what the SaaS still has stays there, and what it has deleted stays deleted.
 *
 * @throws ParityError `RUN_MISSING` or `RUN_ENDED`; nothing is changed then
 */
export async function cancelRemoval(
  tx: Sql,
  { shopId, runId }: RunOfShop,
  options: { queue: Queue; now: Date },
): Promise<void> {
  const [run] = await tx.query<{ resource: string }>(
    `SELECT r."resource" FROM "SyncRun" r JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId"
     WHERE r."id" = $2 AND o."shopId" = $1 AND r."kind" = 'removal'`,
    [shopId, runId],
  )
  if (!run) throw runRefusal('RUN_MISSING')
  const resource = Resource.parse(run.resource)
  await forgetRemovals(tx, shopId, [resource])
  const why = 'A person cancelled it. What the SaaS still has stays there.'
  const cancelled = await cancelRemovalRuns(tx, shopId, [resource], why, options.now)
  if (cancelled === 0) throw runRefusal('RUN_ENDED')
  const reason = 'A removal was cancelled: what was still to be deleted is left alone.'
  await startRuns(tx, shopId, { resource, generation: null, startsAfresh: false, reason }, options)
}
