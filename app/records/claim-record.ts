import { type Sql } from '../db.server'
import { RECORD_COLUMNS, type RecordRow } from './record-row'

/** How long a claim protects a record: longer than a call may take. After it, anyone may claim again. */
export const LEASE_MS = 25_000

/**
 * Claims a record that is due: until the lease runs out or the attempt is settled, nobody else can. An attempt whose lease ran
 * out is marked abandoned. What is delivered is unknown from here on until settling says otherwise, so that a call whose end
 * nobody saw is never mistaken for a delivery.
 *
 * A claim waits for intake's lock on the row; skipping locked rows would lose the wake-up that intake sends.
 *
 * @returns the row as it was before the claim; null when it is not due
 */
export async function claimRecord(
  sql: Sql,
  recordId: string,
  attemptId: string,
  now: Date,
): Promise<RecordRow | null> {
  const [row] = await sql.query<RecordRow & { [column: string]: unknown }>(
    `WITH r AS (
       SELECT * FROM "SyncRecord" WHERE "id" = $1 AND "dueAt" <= $2
         AND "state" IN ('waiting', 'retrying', 'held', 'delivering') FOR UPDATE
     ), abandoned AS (
       UPDATE "SyncAttempt" a SET "outcome" = 'abandoned', "endedAt" = $2, "code" = 'ABANDONED',
              "detail" = 'The worker stopped before the answer was noted.'
       FROM r WHERE a."id" = r."attemptId" AND a."outcome" = 'in_flight'
     ), claimed AS (
       UPDATE "SyncRecord" s SET "state" = 'delivering', "reason" = NULL, "dueAt" = $3, "attemptId" = $4,
              "deliveredHash" = NULL, "deliveredBodyHash" = NULL, "updatedAt" = $2
       FROM r WHERE s."id" = r."id" RETURNING s."id"
     )
     SELECT ${RECORD_COLUMNS} FROM r JOIN claimed ON claimed."id" = r."id"`,
    [recordId, now, new Date(now.getTime() + LEASE_MS), attemptId],
  )
  return row ?? null
}
