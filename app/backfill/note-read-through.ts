import { type Sql } from '../db.server'

/**
 * Notes that a resource has been looked through up to when its exports were taken: once all slices of a run that read it alike (all of it, or what
 * changed since the same time) have ended, each read or out of reach. Where they began after what was looked through before, something in between
 * may have been missed, and nothing is noted. Never goes backward.
 *
 * @param sliceId the slice that has ended
 */
export async function noteReadThrough(tx: Sql, sliceId: string): Promise<void> {
  await tx.query(
    `WITH read AS (
       SELECT l."sourceConnectionId", l."resource", min(o."takenAt") FILTER (WHERE o."state" = 'finished') AS "takenAt",
              to_char(l."updatedFrom" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"000Z"') AS "since"
       FROM "SyncSlice" l
       JOIN "SyncSlice" o ON o."runId" = l."runId" AND o."resource" = l."resource" AND o."updatedFrom" IS NOT DISTINCT FROM l."updatedFrom"
       WHERE l."id" = $1
       GROUP BY l."id" HAVING bool_and(o."state" IN ('finished', 'skipped'))
     )
     UPDATE "SourceReach" e SET "lookedUntil" = read."takenAt" FROM read
     WHERE e."sourceConnectionId" = read."sourceConnectionId" AND e."resource" = read."resource"
       AND (e."lookedUntil" IS NULL OR e."lookedUntil" < read."takenAt") AND (read."since" IS NULL OR read."since" <= e."lookedUntil")`,
    [sliceId],
  )
}
