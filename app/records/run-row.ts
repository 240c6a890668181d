import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/** A re-evaluation that is under way, as its row has it. */
export interface OpenRun {
  id: string
  sourceConnectionId: string
  /** Null for all. */
  resource: Resource | null
  /** The generation that records are brought to; null where the connection has not changed. */
  generation: number | null
  /** Whether what was given up or put off is tried again. */
  startsAfresh: boolean
  /** The key of the last record that was looked at; null at the beginning. */
  cursor: string | null
}

/**
 * Begins a run, or finds it begun: the first time, its records are counted.
 *
 * @returns false when it is over, or not there
 */
export async function beginRun(sql: Sql, runId: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE "SyncRun" u SET "state" = 'running', "total" = COALESCE(u."total", (
       SELECT count(*) FROM "SyncRecord" r
       WHERE r."sourceConnectionId" = u."sourceConnectionId" AND (u."resource" IS NULL OR r."resource" = u."resource")))
     WHERE u."id" = $1 AND u."kind" = 're-evaluation' AND u."state" IN ('waiting', 'running') RETURNING "id"`,
    [runId],
  )
  return rows.length > 0
}

/** The run, held until the transaction ends, so that it is neither cancelled nor worked twice meanwhile; null when it is over. */
export async function lockRun(tx: Sql, runId: string): Promise<OpenRun | null> {
  const [run] = await tx.query<OpenRun & { [column: string]: unknown }>(
    `SELECT "id", "sourceConnectionId", "resource", "generation", "startsAfresh", "cursor" FROM "SyncRun"
     WHERE "id" = $1 AND "state" = 'running' FOR UPDATE`,
    [runId],
  )
  return run ?? null
}

/** Notes how far a run has come, in the transaction of the page. */
export async function advanceRun(
  tx: Sql,
  runId: string,
  page: { cursor: string | null; done: number; changed: number },
): Promise<void> {
  await tx.query(
    `UPDATE "SyncRun" SET "cursor" = COALESCE($2, "cursor"), "done" = "done" + $3, "changed" = "changed" + $4,
            "total" = GREATEST("total", "done" + $3)
     WHERE "id" = $1`,
    [runId, page.cursor, page.done, page.changed],
  )
}

/** Ends a run, in words for a person. */
export async function endRun(
  sql: Sql,
  runId: string,
  end: { state: 'finished' | 'failed' | 'cancelled'; words: string },
  now: Date,
): Promise<void> {
  await sql.query(
    `UPDATE "SyncRun" SET "state" = $2, "detail" = concat_ws(' ', "detail", $3::text), "endedAt" = $4
     WHERE "id" = $1 AND "state" IN ('waiting', 'running')`,
    [runId, end.state, end.words, now],
  )
}

/** The re-evaluations that are under way, of all shops. */
export async function findOpenRuns(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT "id" FROM "SyncRun" WHERE "kind" = 're-evaluation' AND "state" IN ('waiting', 'running') ORDER BY "startedAt"`,
  )
  return rows.map(({ id }) => id)
}
