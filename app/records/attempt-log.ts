import { type Action } from '../contracts/resource'
import { type Sql } from '../db.server'

/** How an attempt is written off whose worker died: for the SET of an UPDATE that says when. */
export const ABANDONED = `"outcome" = 'abandoned', "code" = 'ABANDONED', "detail" = 'The worker stopped before the answer was noted.'`

/** A call that begins. */
export interface StartedAttempt {
  id: string
  sourceConnectionId: string
  recordId: string
  revision: string
  generation: number
  number: number
  traceId: string
  /** How many records travel in the call. */
  batchSize: number
  action: Action
  startedAt: Date
}

/**
 * Writes attempts before their calls, so that a worker that dies in one leaves a trace. Each has the resource of its record, and the time of
 * the change that it carries, if it carries one.
 *
 * @returns those whose claim still stands: only for them the call may be made. A worker that stood still for longer than its lease
 * has lost the others, and nothing is written of them
 */
export async function startAttempts(sql: Sql, attempts: StartedAttempt[]): Promise<Set<string>> {
  if (attempts.length === 0) return new Set()
  const column = <Key extends keyof StartedAttempt>(key: Key) => attempts.map((attempt) => attempt[key])
  const started = await sql.query<{ id: string }>(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "revision", "generation", "number", "traceId", "batchSize",
                                "action", "startedAt", "resource", "changedAt")
     SELECT a.*, r."resource", r."changedAt"
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::int[], $6::int[], $7::text[], $8::int[], $9::text[],
                 $10::timestamptz[])
       AS a(id, source, record, revision, generation, number, trace, size, action, started)
     JOIN "SyncRecord" r ON r."id" = a.record AND r."sourceConnectionId" = a.source AND r."attemptId" = a.id
     RETURNING "id"`,
    COLUMNS.map(column),
  )
  return new Set(started.map(({ id }) => id))
}

const COLUMNS = [
  'id',
  'sourceConnectionId',
  'recordId',
  'revision',
  'generation',
  'number',
  'traceId',
  'batchSize',
  'action',
  'startedAt',
] as const satisfies readonly (keyof StartedAttempt)[]
