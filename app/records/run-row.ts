import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/** Which run is meant, and of which source connection. */
export interface RunKey {
  id: string
  sourceConnectionId: string
}

/** A look at all records under what holds for them now; or at those of a resource that is removed from the SaaS, until it has deleted them. */
export type ReevaluationKind = 're-evaluation' | 'removal'

/** Such a run that is under way, as its row has it. */
export interface OpenRun extends RunKey {
  kind: ReevaluationKind
  startedAt: Date
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
 * Begins a run, or finds it begun: the first time, its records are counted; of a removal, those that the SaaS may have.
 *
 * @returns null when it is over, or not there
 */
export async function beginRun(sql: Sql, runId: string): Promise<RunKey | null> {
  const [run] = await sql.query<RunKey & { [column: string]: unknown }>(
    `UPDATE "SyncRun" u SET "state" = 'running', "total" = COALESCE(u."total", (
       SELECT count(*) FROM "SyncRecord" r
       WHERE r."sourceConnectionId" = u."sourceConnectionId" AND (u."resource" IS NULL OR r."resource" = u."resource")
         AND (u."kind" <> 'removal' OR r."placedGeneration" >= (
           SELECT c."addressGeneration" FROM "SaasConnection" c JOIN "SourceConnection" o ON o."shopId" = c."shopId"
           WHERE o."id" = u."sourceConnectionId"))))
     WHERE u."id" = $1 AND u."kind" IN ('re-evaluation', 'removal') AND u."state" IN ('waiting', 'running')
     RETURNING u."id", u."sourceConnectionId"`,
    [runId],
  )
  return run ?? null
}

/** The run, held until the transaction ends, so that it is neither cancelled nor worked twice meanwhile; null when it is over. */
export async function lockRun(tx: Sql, { id, sourceConnectionId }: RunKey): Promise<OpenRun | null> {
  const [run] = await tx.query<OpenRun & { [column: string]: unknown }>(
    `SELECT "id", "sourceConnectionId", "kind", "startedAt", "resource", "generation", "startsAfresh", "cursor" FROM "SyncRun"
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

/** What a run came to, in words for a person. */
export interface RunEnd {
  state: 'finished' | 'failed' | 'cancelled'
  words: string
}

/** Ends a run. */
export async function endRun(
  sql: Sql,
  { id, sourceConnectionId }: RunKey,
  end: RunEnd,
  now: Date,
): Promise<void> {
  await sql.query(
    `UPDATE "SyncRun" SET "state" = $2, "detail" = concat_ws(' ', "detail", $3::text), "endedAt" = $4
     WHERE "id" = $1 AND "sourceConnectionId" = $5 AND "state" IN ('waiting', 'running')`,
    [id, end.state, end.words, now, sourceConnectionId],
  )
}

/** The runs of these kinds that are under way, of all shops. */
export async function findOpenRuns(sql: Sql, kinds: readonly ReevaluationKind[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT "id" FROM "SyncRun" WHERE "kind" = ANY ($1) AND "state" IN ('waiting', 'running') ORDER BY "startedAt"`,
    [kinds],
  )
  return rows.map(({ id }) => id)
}
