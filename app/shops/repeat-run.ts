import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { findRun, type RunOfShop } from './find-run'
import { startBackfill } from './start-backfill'

interface PastSlice {
  resource: string
  updatedFrom: Date | null
  isRead: boolean
}

/**
 * Starts a run again: what of it was not read, or all of it when it was.
 *
 * @returns the new run
 * @throws ParityError `RUN_MISSING`, and what starting throws, such as `RUN_UNDER_WAY`; nothing is changed then
 */
export async function repeatRun(
  tx: Sql,
  { shopId, runId }: RunOfShop,
  options: { queue: Queue; now: Date },
): Promise<string> {
  const { sourceConnectionId, kind } = await findRun(tx, { shopId, runId })
  const slices = await tx.query<PastSlice & { [column: string]: unknown }>(
    `SELECT "resource", "updatedFrom", "state" IN ('finished', 'skipped') AS "isRead" FROM "SyncSlice" WHERE "runId" = $1 ORDER BY "ordinal"`,
    [runId],
  )
  const left = slices.filter(({ isRead }) => !isRead)
  const again = left.length > 0 ? left : slices
  const resources = [...new Set(again.map(({ resource }) => resource))]
  const since = earliest(again)
  const reason = 'A person started it again.'
  // Who reads only what changed since a time finds nothing that is gone.
  const wish = { kind: since === null ? kind : ('backfill' as const), resources, since, reason }
  return startBackfill(tx, { shopId, sourceConnectionId }, wish, options)
}

/** Since when all of them are covered; null where one had no such bound. */
function earliest(slices: PastSlice[]): Date | null {
  const times = slices.map(({ updatedFrom }) => updatedFrom?.getTime() ?? -Infinity)
  const first = Math.min(...times)
  return Number.isFinite(first) ? new Date(first) : null
}
