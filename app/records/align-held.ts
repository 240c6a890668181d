import { Resource } from '../contracts/resource'
import { type Transition } from '../contracts/states'
import { type Sql } from '../db.server'

/** How many rows one statement moves: no lock is held for long. */
const SLICE = 1_000

/**
 * Makes a slice of a source connection's records stand where its connection is: what waits is `held`, with the reason, while nothing may
 * be sent, and what was held waits when it may. All keep when they are due. What somebody else has locked is passed by.
 *
 * @param heldBecause why nothing may be sent, in words for a person; null when it may
 * @returns whether there may be more
 */
export async function alignHeld(
  sql: Sql,
  sourceConnectionId: string,
  heldBecause: string | null,
  now: Date,
): Promise<boolean> {
  const move: Transition =
    heldBecause === null ? { from: 'held', to: 'waiting' } : { from: 'waiting', to: 'held' }
  // The order keeps the planner on the index, where what was moved is not met again.
  const rows = await sql.query(
    `UPDATE "SyncRecord" SET "state" = $3, "reason" = $4, "updatedAt" = $5
     WHERE "id" = ANY (ARRAY(
       SELECT "id" FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "resource" = ANY($6) AND "state" = $2 AND "dueAt" IS NOT NULL
       ORDER BY "resource" LIMIT ${SLICE} FOR NO KEY UPDATE SKIP LOCKED))
     RETURNING "id"`,
    [sourceConnectionId, move.from, move.to, heldBecause, now, Resource.options],
  )
  return rows.length === SLICE
}
