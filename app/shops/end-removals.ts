import { Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/**
 * Ends what a shop has removed from its SaaS, of these resources: they are selected again, or records go to another place. Runs that are
 * under way are cancelled; whoever changes what holds for records has them looked at anew.
 *
 * @param resources `all`: records go elsewhere, and what is there has nothing to be removed of
 */
export async function endRemovals(
  tx: Sql,
  shopId: string,
  resources: readonly Resource[] | 'all',
  now: Date,
): Promise<void> {
  const meant = resources === 'all' ? Resource.options : resources
  const why = resources === 'all' ? 'Records go to another place now.' : 'It is mirrored again.'
  await forgetRemovals(tx, shopId, meant)
  await cancelRemovalRuns(tx, shopId, meant, why, now)
}

/** What is to be removed of a shop's records is so no longer, of these resources. */
export async function forgetRemovals(tx: Sql, shopId: string, resources: readonly Resource[]): Promise<void> {
  await tx.query(`UPDATE "SaasConnection" SET "removals" = "removals" - $2::text[] WHERE "shopId" = $1`, [
    shopId,
    resources,
  ])
}

/** Cancels the removals of a shop that are under way, of these resources. @returns how many */
export async function cancelRemovalRuns(
  tx: Sql,
  shopId: string,
  resources: readonly Resource[],
  why: string,
  now: Date,
): Promise<number> {
  const cancelled = await tx.query(
    `UPDATE "SyncRun" r SET "state" = 'cancelled', "endedAt" = $4, "detail" = concat_ws(' ', r."detail", $3::text)
     FROM "SourceConnection" o
     WHERE o."id" = r."sourceConnectionId" AND o."shopId" = $1 AND r."kind" = 'removal'
       AND r."state" IN ('waiting', 'running') AND r."resource" = ANY ($2)
     RETURNING r."id"`,
    [shopId, resources, why, now],
  )
  return cancelled.length
}
