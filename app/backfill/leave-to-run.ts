import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { startReading } from '../shops/start-reading'
import { type RunPorts } from './run-ports'

const REASON = 'More had changed than a look at the last changes can go through.'

/**
 * Has a run read what changed of a resource since a time: however much that is, it is gone on with where it was left.
 *
 * @param since UTC text with nine decimals
 */
export async function leaveToRun(
  sourceConnectionId: string,
  resource: ReadableResource,
  since: string,
  { db, queue, clock }: RunPorts,
): Promise<void> {
  const order = { kind: 'backfill' as const, resources: [resource], since: new Date(since), reason: REASON }
  await db.transaction((tx) => startReading(tx, sourceConnectionId, order, { queue, now: clock() }))
}

/** Whether a run that is under way will have read all that changed of a resource since a time, and nothing besides. */
export async function isLeftToRun(
  sql: Sql,
  sourceConnectionId: string,
  resource: ReadableResource,
  since: string,
): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM "SyncRun" r JOIN "SyncSlice" l ON l."runId" = r."id"
     WHERE r."sourceConnectionId" = $1 AND r."state" IN ('waiting', 'running') AND l."resource" = $2 AND l."updatedFrom" <= $3
       AND l."endedAt" IS NULL LIMIT 1`,
    [sourceConnectionId, resource, new Date(since)],
  )
  return rows.length > 0
}
