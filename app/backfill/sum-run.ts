import { type Sql } from '../db.server'

/** Brings the counts of a run to those of its slices. How many it will look at is not known before all exports are there. */
export async function sumRun(sql: Sql, runId: string): Promise<void> {
  await sql.query(
    `UPDATE "SyncRun" r SET "done" = l.done, "changed" = l.changed, "total" = l.total
     FROM (
       SELECT sum("readRecords")::int AS done, sum("changed")::int AS changed,
              CASE WHEN bool_and("records" IS NOT NULL OR "endedAt" IS NOT NULL) THEN sum(COALESCE("records", "readRecords"))::int END AS total
       FROM "SyncSlice" WHERE "runId" = $1
     ) AS l WHERE r."id" = $1`,
    [runId],
  )
}
