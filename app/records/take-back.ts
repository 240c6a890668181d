import { Resource } from '../contracts/resource'
import { type Transition } from '../contracts/states'
import { type Sql } from '../db.server'
import { ABANDONED } from './attempt-log'

/** How many rows one statement moves; a few workers have no more in hand. */
const SLICE = 1_000

/** An attempt whose worker died, by its ids. */
export interface LostAttempt {
  attemptId: string
  traceId: string
  recordId: string
  sourceConnectionId: string
  resource: Resource
  revision: string
}

/** What was taken back. */
export interface TakenBack {
  /** The attempts that were marked abandoned. */
  abandoned: LostAttempt[]
  hasMore: boolean
}

/**
 * Takes back a slice of a source connection's records from workers that died: whose lease ran out waits again, or is `held` while
 * nothing may be sent, and the attempt is marked abandoned. An open gate needs none of this, for a claim takes such a record as it is;
 * behind a closed one nobody claims.
 *
 * @param heldBecause why nothing may be sent, in words for a person; null when it may
 */
export async function takeBack(
  sql: Sql,
  sourceConnectionId: string,
  heldBecause: string | null,
  now: Date,
): Promise<TakenBack> {
  const move: Transition = { from: 'delivering', to: heldBecause === null ? 'waiting' : 'held' }
  const rows = await sql.query<{ attempt: LostAttempt | null }>(
    `WITH r AS MATERIALIZED (
       SELECT "id", "attemptId", "resource" FROM "SyncRecord"
       WHERE "sourceConnectionId" = $1 AND "resource" = ANY($6) AND "state" = $2 AND "dueAt" <= $5
       ORDER BY "resource" LIMIT ${SLICE} FOR NO KEY UPDATE SKIP LOCKED
     ), abandoned AS (
       UPDATE "SyncAttempt" SET ${ABANDONED}, "endedAt" = $5
       WHERE "sourceConnectionId" = $1 AND "id" = ANY (ARRAY(SELECT "attemptId" FROM r)) AND "outcome" = 'in_flight'
       RETURNING "recordId", jsonb_build_object('attemptId', "id", 'traceId', "traceId", 'recordId', "recordId",
                                                'sourceConnectionId', "sourceConnectionId", 'revision', "revision"::text) AS attempt
     ), taken AS (
       UPDATE "SyncRecord" SET "state" = $3, "reason" = $4, "attemptId" = NULL, "updatedAt" = $5
       WHERE "sourceConnectionId" = $1 AND "id" = ANY (ARRAY(SELECT "id" FROM r)) RETURNING "id"
     )
     SELECT abandoned.attempt || jsonb_build_object('resource', r."resource") AS attempt
     FROM taken JOIN r ON r."id" = taken."id" LEFT JOIN abandoned ON abandoned."recordId" = taken."id"`,
    [sourceConnectionId, move.from, move.to, heldBecause, now, Resource.options],
  )
  const abandoned = rows.flatMap(({ attempt }) => attempt ?? [])
  return { abandoned, hasMore: rows.length === SLICE }
}
