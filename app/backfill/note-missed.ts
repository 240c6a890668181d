import { type Missed } from '../contracts/missed'
import { type Sql } from '../db.server'

/** Adds to what a run found that no webhook had told of. */
export async function noteMissed(sql: Sql, runId: string, missed: Missed): Promise<void> {
  if (Object.keys(missed).length === 0) return
  await sql.query(
    `UPDATE "SyncRun" SET "missed" = (
       SELECT jsonb_object_agg(s.topic, s.count) FROM (
         SELECT m.key AS topic, sum(m.value::int)::int AS count
         FROM (SELECT * FROM jsonb_each_text(COALESCE("missed", '{}')) UNION ALL SELECT * FROM jsonb_each_text($2)) m GROUP BY m.key
       ) s
     ) WHERE "id" = $1`,
    [runId, JSON.stringify(missed)],
  )
}
