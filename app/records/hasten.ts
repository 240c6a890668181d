import { Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { SHORT_WAITS } from '../lib/backoff'
import { ASKING_MS } from './next-state'

const SLICE = 1_000

/**
 * Makes every record that waits for its next try due as soon as may be: the SaaS answers again. Each has its hourly tries before it anew, so
 * that a SaaS that comes and goes spends nobody's day. What the SaaS asked not to be sent before a time waits for it still, and so does
 * what lacks another record.
 */
export async function hastenRetries(sql: Sql, sourceConnectionId: string, now: Date): Promise<void> {
  while (await hastenSlice(sql, sourceConnectionId, now));
}

/** Hastens a slice of them. @returns whether there may be more */
export async function hastenSlice(sql: Sql, sourceConnectionId: string, now: Date): Promise<boolean> {
  // The order keeps the planner on the index by state, however many wait.
  const rows = await sql.query(
    `UPDATE "SyncRecord" SET "dueAt" = GREATEST($2, "notBefore"), "attempts" = LEAST("attempts", ${SHORT_WAITS}), "updatedAt" = $2
     WHERE "id" = ANY (ARRAY(
       SELECT "id" FROM "SyncRecord"
       WHERE "sourceConnectionId" = $1 AND "resource" = ANY($3) AND "state" = 'retrying' AND "dueAt" > GREATEST($2, "notBefore")
       ORDER BY "resource" LIMIT ${SLICE} FOR NO KEY UPDATE SKIP LOCKED))
     RETURNING "id"`,
    [sourceConnectionId, now, Resource.options],
  )
  return rows.length === SLICE
}

/** Makes due at once what gave way to others, for so long at most; what waits for its missing parts, waits on. */
export async function hastenYielded(
  sql: Sql,
  sourceConnectionId: string,
  longestMs: number,
  now: Date,
): Promise<void> {
  await sql.query(
    `UPDATE "SyncRecord" SET "dueAt" = $2, "updatedAt" = $2
     WHERE "id" = ANY (ARRAY(
       SELECT "id" FROM "SyncRecord" WHERE "sourceConnectionId" = $1 AND "dueAt" > $2 AND "dueAt" <= $3 AND "state" = 'waiting'
         AND "dueAt" IS DISTINCT FROM "waitingSince" + interval '${ASKING_MS} milliseconds'
       LIMIT ${SLICE} FOR NO KEY UPDATE SKIP LOCKED))`,
    [sourceConnectionId, now, new Date(now.getTime() + longestMs)],
  )
}

/** A record as another one refers to it. */
export interface Reference {
  resource: Resource
  externalId: string
}

/**
 * Makes records due at once, before anything else, because the SaaS wants them first: those that wait, and those that it once took and
 * now says that it lacks, which are sent anew. What is dead, excluded or under way stays where it is; so does what is retried, or the many
 * that refer to it would spend its tries.
 */
export async function hastenParents(
  sql: Sql,
  sourceConnectionId: string,
  parents: Reference[],
  /** When the call began that lacked them: what was delivered since need not be sent again. */
  since: Date,
  now: Date,
): Promise<void> {
  if (parents.length === 0) return
  await sql.query(
    `WITH parent AS (
       SELECT r."id" FROM unnest($2::text[], $3::text[]) AS p(resource, external)
       JOIN "SyncRecord" r ON r."sourceConnectionId" = $1 AND r."resource" = p.resource AND r."externalId" = p.external
       WHERE r."state" IN ('waiting', 'held', 'in_step') AND r."desiredHash" IS NOT NULL
         AND (r."state" <> 'in_step' OR r."deliveredAt" IS NULL OR r."deliveredAt" <= $6)
       ORDER BY r."id" FOR NO KEY UPDATE OF r
     )
     UPDATE "SyncRecord" r SET
       "dueAt" = $4, "updatedAt" = $4,
       "waitingSince" = COALESCE(r."waitingSince", $4),
       "revision" = CASE WHEN r."state" = 'in_step' THEN GREATEST(r."revision" + 1, $5) ELSE r."revision" END,
       "deliveredHash" = NULL, "deliveredBodyHash" = NULL,
       "state" = CASE WHEN r."state" = 'in_step' THEN 'waiting' ELSE r."state" END
     FROM parent WHERE r."id" = parent."id"`,
    [
      sourceConnectionId,
      parents.map(({ resource }) => resource),
      parents.map(({ externalId }) => externalId),
      now,
      BigInt(now.getTime()),
      since,
    ],
  )
}
