import { type Sql } from '../db.server'
import { RECORD_COLUMNS, type RecordRow } from './record-row'

/** How long a claim protects a record: longer than a call may take. After it, anyone may claim again. */
export const LEASE_MS = 25_000

/** A record in hand: the row as it was before the claim, and the attempt that holds it. */
export interface ClaimedRecord extends RecordRow {
  claimId: string
}

/**
 * Claims records of a source connection that are due, the newest promise first: until the lease runs out or the claim is
 * settled, nobody else can claim them. An attempt whose lease ran out is marked abandoned. What is delivered is unknown from here
 * on until settling says otherwise, so that a call whose end nobody saw is never mistaken for a delivery.
 *
 * A record that somebody else has locked is passed by; whoever has locked it tells when it is still due.
 *
 * @param claimIds fresh ids, one for each record that may be claimed
 * @returns at most as many records as there are ids
 */
export async function claimRecords(
  sql: Sql,
  sourceConnectionId: string,
  claimIds: string[],
  now: Date,
): Promise<ClaimedRecord[]> {
  return sql.query<ClaimedRecord & { [column: string]: unknown }>(
    `WITH r AS MATERIALIZED (
       SELECT * FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "dueAt" <= $2
       ORDER BY "dueAt" DESC LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
     ), numbered AS (
       SELECT "id", ROW_NUMBER() OVER () AS n FROM r
     ), abandoned AS (
       UPDATE "SyncAttempt" a SET "outcome" = 'abandoned', "endedAt" = $2, "code" = 'ABANDONED',
              "detail" = 'The worker stopped before the answer was noted.'
       FROM r WHERE a."id" = r."attemptId" AND a."outcome" = 'in_flight'
     ), claimed AS (
       UPDATE "SyncRecord" s SET "state" = 'delivering', "reason" = NULL, "dueAt" = $4, "attemptId" = ($5::uuid[])[numbered.n],
              "deliveredHash" = NULL, "deliveredBodyHash" = NULL, "updatedAt" = $2
       FROM numbered WHERE s."id" = numbered."id" RETURNING s."id", s."attemptId"
     )
     SELECT ${RECORD_COLUMNS}, claimed."attemptId" AS "claimId" FROM r JOIN claimed ON claimed."id" = r."id"`,
    [sourceConnectionId, now, claimIds.length, new Date(now.getTime() + LEASE_MS), claimIds],
  )
}
