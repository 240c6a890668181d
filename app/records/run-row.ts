import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/** Which run is meant, and of which source connection. */
export interface RunKey {
  id: string
  sourceConnectionId: string
}

/** A re-evaluation that is under way, as its row has it. */
export interface OpenRun extends RunKey {
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
 * @returns null when it is over, or not there
 */
export async function beginRun(sql: Sql, runId: string): Promise<RunKey | null> {
  const [run] = await sql.query<RunKey & { [column: string]: unknown }>(
    `UPDATE "SyncRun" u SET "state" = 'running', "total" = COALESCE(u."total", (
       SELECT count(*) FROM "SyncRecord" r
       WHERE r."sourceConnectionId" = u."sourceConnectionId" AND (u."resource" IS NULL OR r."resource" = u."resource")))
     WHERE u."id" = $1 AND u."kind" = 're-evaluation' AND u."state" IN ('waiting', 'running')
     RETURNING u."id", u."sourceConnectionId"`,
    [runId],
  )
  return run ?? null
}

/** The run, held until the transaction ends, so that it is neither cancelled nor worked twice meanwhile; null when it is over. */
export async function lockRun(tx: Sql, { id, sourceConnectionId }: RunKey): Promise<OpenRun | null> {
  const [run] = await tx.query<OpenRun & { [column: string]: unknown }>(
    `SELECT "id", "sourceConnectionId", "resource", "generation", "startsAfresh", "cursor" FROM "SyncRun"
     WHERE "id" = $1 AND "sourceConnectionId" = $2 AND "state" = 'running' FOR UPDATE`,
    [id, sourceConnectionId],
  )
  return run ?? null
}

/** Notes how far a run has come, in the transaction of the page. */
export async function advanceRun(
  tx: Sql,
  { id, sourceConnectionId }: RunKey,
  page: { cursor: string | null; done: number; changed: number },
): Promise<void> {
  await tx.query(
    `UPDATE "SyncRun" SET "cursor" = COALESCE($2, "cursor"), "done" = "done" + $3, "changed" = "changed" + $4,
            "total" = GREATEST("total", "done" + $3)
     WHERE "id" = $1 AND "sourceConnectionId" = $5`,
    [id, page.cursor, page.done, page.changed, sourceConnectionId],
  )
}

/** Ends a run, in words for a person. */
export async function endRun(
  sql: Sql,
  { id, sourceConnectionId }: RunKey,
  end: { state: 'finished' | 'failed' | 'cancelled'; words: string },
  now: Date,
): Promise<void> {
  await sql.query(
    `UPDATE "SyncRun" SET "state" = $2, "detail" = concat_ws(' ', "detail", $3::text), "endedAt" = $4
     WHERE "id" = $1 AND "sourceConnectionId" = $5 AND "state" IN ('waiting', 'running')`,
    [id, end.state, end.words, now, sourceConnectionId],
  )
}

/** The re-evaluations that are under way, of all shops. */
export async function findOpenRuns(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT "id" FROM "SyncRun" WHERE "kind" = 're-evaluation' AND "state" IN ('waiting', 'running') ORDER BY "startedAt"`,
  )
  return rows.map(({ id }) => id)
}
