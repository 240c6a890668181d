import { Resource } from '../contracts/resource'
import { type Transition } from '../contracts/states'
import { type Sql } from '../db.server'
import { ABANDONED } from './attempt-log'

/** How many rows one statement moves; a few workers have no more in hand. */
const SLICE = 1_000

/**
 * Takes back a slice of a source connection's records from workers that died: whose lease ran out waits again, or is `held` while
 * nothing may be sent, and the attempt is marked abandoned. An open gate needs none of this, for a claim takes such a record as it is;
 * behind a closed one nobody claims.
 *
 * @param heldBecause why nothing may be sent, in words for a person; null when it may
 * @returns whether there may be more
 */
export async function takeBack(
  sql: Sql,
  sourceConnectionId: string,
  heldBecause: string | null,
  now: Date,
): Promise<boolean> {
  const move: Transition = { from: 'delivering', to: heldBecause === null ? 'waiting' : 'held' }
  const rows = await sql.query(
    `WITH r AS MATERIALIZED (
       SELECT "id", "attemptId" FROM "SyncRecord"
       WHERE "sourceConnectionId" = $1 AND "resource" = ANY($6) AND "state" = $2 AND "dueAt" <= $5
       ORDER BY "resource" LIMIT ${SLICE} FOR NO KEY UPDATE SKIP LOCKED
     ), abandoned AS (
       UPDATE "SyncAttempt" SET ${ABANDONED}, "endedAt" = $5
       WHERE "sourceConnectionId" = $1 AND "id" = ANY (ARRAY(SELECT "attemptId" FROM r)) AND "outcome" = 'in_flight'
     )
     UPDATE "SyncRecord" SET "state" = $3, "reason" = $4, "attemptId" = NULL, "updatedAt" = $5
     WHERE "sourceConnectionId" = $1 AND "id" = ANY (ARRAY(SELECT "id" FROM r)) RETURNING "id"`,
    [sourceConnectionId, move.from, move.to, heldBecause, now, Resource.options],
  )
  return rows.length === SLICE
}
