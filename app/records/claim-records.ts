import { type Sql } from '../db.server'
import { ABANDONED } from './attempt-log'
import { RECORD_COLUMNS, type RecordRow } from './record-row'

/** How long a claim protects a record: longer than a call may take. After it, anyone may claim again. */
export const LEASE_MS = 25_000

/** A record in hand: the row as it was before the claim but for its revision, and the attempt that holds it. */
export interface ClaimedRecord extends RecordRow {
  claimId: string
  /** The connection's generation that it was claimed under. */
  generation: number
  /** The attempt that held it until its lease ran out; null when none did. */
  abandoned: AbandonedAttempt | null
}

/** An attempt whose end nobody saw. */
export interface AbandonedAttempt {
  attemptId: string
  traceId: string
  revision: string
}

/** What a claim came to. */
export interface Claims {
  records: ClaimedRecord[]
  /** How many due records it looked at: those it claimed, and those that gave way. */
  looked: number
  /** When the first of those that gave way is due again; null when none did. */
  yieldedUntil: Date | null
}

type Told = Omit<Claims, 'records'>
/** A claim of nothing has one row that tells only of those that gave way. */
type ClaimRow = (ClaimedRecord & Told) | ({ [Column in keyof ClaimedRecord]: null } & Told)

/**
 * Claims records of a source connection that are due, the newest promise first: until the lease runs out or the claim is
 * settled, nobody else can claim them. An attempt whose lease ran out is marked abandoned. What is delivered is unknown from here
 * on until settling says otherwise, so that a call whose end nobody saw is never mistaken for a delivery. For the same reason the SaaS
 * may have been given the record from here on.
 *
 * A record that was last claimed under another generation gets a revision of its own: what it may have been sent as has used the other up.
 *
 * A record that somebody else has locked is passed by; whoever has locked it tells when it is still due. One that waits, and was delivered
 * less than `giveWayMs` ago, gives way to others until that time is over.
 *
 * @param claimIds fresh ids, one for each record that may be claimed
 */
export async function claimRecords(
  sql: Sql,
  {
    sourceConnectionId,
    claimIds,
    giveWayMs,
  }: { sourceConnectionId: string; claimIds: string[]; giveWayMs: number },
  now: Date,
): Promise<Claims> {
  const rows = await sql.query<ClaimRow>(CLAIM, [
    sourceConnectionId,
    now,
    claimIds.length,
    new Date(now.getTime() + LEASE_MS),
    claimIds,
    new Date(now.getTime() - giveWayMs),
    BigInt(now.getTime()),
  ])
  const { looked = 0, yieldedUntil = null } = rows[0] ?? {}
  return { records: rows.filter(isClaimed), looked, yieldedUntil }
}

function isClaimed(row: ClaimRow): row is ClaimedRecord & Told {
  return row.id !== null
}

const CLAIM = `
  WITH r AS MATERIALIZED (
    SELECT *, "state" = 'waiting' AND COALESCE("deliveredAt" > $6::timestamptz, false) AS yields
    FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "dueAt" <= $2
    ORDER BY "dueAt" DESC LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
  ), present AS (
    SELECT c."generation" FROM "SourceConnection" o JOIN "SaasConnection" c ON c."shopId" = o."shopId" WHERE o."id" = $1
  ), numbered AS (
    SELECT "id", ROW_NUMBER() OVER () AS n FROM r WHERE NOT yields
  ), abandoned AS (
    UPDATE "SyncAttempt" a SET ${ABANDONED}, "endedAt" = $2
    FROM r WHERE a."id" = r."attemptId" AND a."outcome" = 'in_flight'
    RETURNING r."id", jsonb_build_object('attemptId', a."id", 'traceId', a."traceId", 'revision', a."revision"::text) AS attempt
  ), claimed AS (
    UPDATE "SyncRecord" s SET "state" = 'delivering', "reason" = NULL, "dueAt" = $4, "attemptId" = ($5::uuid[])[numbered.n],
           "deliveredHash" = NULL, "deliveredBodyHash" = NULL, "updatedAt" = $2, "sentGeneration" = c."generation",
           "placedGeneration" = c."generation",
           "revision" = CASE WHEN s."sentGeneration" <> c."generation" THEN GREATEST(s."revision" + 1, $7) ELSE s."revision" END
    FROM numbered, present c WHERE s."id" = numbered."id" RETURNING s."id", s."attemptId", s."revision", c."generation"
  ), yielded AS (
    UPDATE "SyncRecord" s SET "dueAt" = r."deliveredAt" + ($2::timestamptz - $6::timestamptz), "updatedAt" = $2
    FROM r WHERE s."id" = r."id" AND r.yields RETURNING s."dueAt"
  )
  -- The revision of the claim comes after that of the row, and is the one that counts.
  SELECT ${RECORD_COLUMNS}, claimed."attemptId" AS "claimId", claimed."revision", claimed."generation",
         abandoned.attempt AS "abandoned", told.*
  FROM (SELECT (SELECT count(*) FROM r)::int AS looked, (SELECT min("dueAt") FROM yielded) AS "yieldedUntil") AS told
  LEFT JOIN (r JOIN claimed ON claimed."id" = r."id" LEFT JOIN abandoned ON abandoned."id" = r."id") ON true`
