import { v7 as uuidV7 } from 'uuid'
import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'

/** A look at every record of a shop, under what holds for them now. */
export interface RunOrder {
  /** Null for all. */
  resource: Resource | null
  /** The connection's generation that records are brought to; null where it has not changed. */
  generation: number | null
  /** Whether what was given up or put off is tried again. */
  startsAfresh: boolean
  /** Why, in words for a person. */
  reason: string
}

/**
 * Starts a run for each source of a shop. It takes the place of those that are under way and that it covers, and does what they
 * were to do.
 */
export async function startRuns(
  tx: Sql,
  shopId: string,
  order: RunOrder,
  { queue, now }: { queue: Queue; now: Date },
): Promise<void> {
  const superseded = await cancelRuns(tx, shopId, order.resource, 'A newer change took its place.', now)
  const sources = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1 ORDER BY "id"`,
    [shopId],
  )
  const runs = sources.map(({ id }) => ({ id: uuidV7(), sourceConnectionId: id }))
  await tx.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "resource", "state", "generation", "startsAfresh", "detail", "startedAt")
     SELECT r.id, r.source, 're-evaluation', $3::text, 'waiting', $4::int, $5::boolean, $6::text, $7::timestamptz FROM unnest($1::uuid[], $2::uuid[]) AS r(id, source)`,
    [
      runs.map(({ id }) => id),
      runs.map(({ sourceConnectionId }) => sourceConnectionId),
      order.resource,
      order.generation,
      order.startsAfresh || superseded.startsAfresh,
      order.reason,
      now,
    ],
  )
  const jobs = runs.map(({ id }) => ({ runId: id }))
  await queue.send('reevaluate', jobs, tx)
}

/**
 * Cancels the re-evaluations of a shop that are under way, of one resource or all.
 *
 * @returns whether one of them was to try again what was given up
 */
export async function cancelRuns(
  tx: Sql,
  shopId: string,
  resource: Resource | null,
  why: string,
  now: Date,
): Promise<{ startsAfresh: boolean }> {
  const cancelled = await tx.query<{ startsAfresh: boolean }>(
    `UPDATE "SyncRun" r SET "state" = 'cancelled', "endedAt" = $4, "detail" = concat_ws(' ', r."detail", $3::text)
     FROM "SourceConnection" o
     WHERE o."id" = r."sourceConnectionId" AND o."shopId" = $1 AND r."kind" = 're-evaluation'
       AND r."state" IN ('waiting', 'running') AND ($2::text IS NULL OR r."resource" = $2)
     RETURNING r."startsAfresh"`,
    [shopId, resource, why, now],
  )
  return { startsAfresh: cancelled.some(({ startsAfresh }) => startsAfresh) }
}
