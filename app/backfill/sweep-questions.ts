import { type Sql } from '../db.server'
import { notifyQuestions } from '../jobs/due-signal.server'

/** Signals every source that has something to be asked: ended waits, holds that ran out, lost signals. @returns how many */
export async function sweepQuestions(sql: Sql, now: Date): Promise<number> {
  const rows = await sql.query<{ id: string }>(
    `SELECT o."id" FROM "SourceConnection" o CROSS JOIN LATERAL (
       SELECT 1 FROM "Question" q WHERE q."sourceConnectionId" = o."id" AND q."askAt" <= $1 ORDER BY q."askAt" LIMIT 1
     ) AS due`,
    [now],
  )
  await notifyQuestions(
    sql,
    rows.map(({ id }) => id),
  )
  return rows.length
}
