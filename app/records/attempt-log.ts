import { type Action } from '../contracts/resource'
import { type Sql } from '../db.server'

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

/** Writes attempts before their calls, so that a worker that dies in one leaves a trace. */
export async function startAttempts(sql: Sql, attempts: StartedAttempt[]): Promise<void> {
  if (attempts.length === 0) return
  const column = <Key extends keyof StartedAttempt>(key: Key) => attempts.map((attempt) => attempt[key])
  await sql.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "revision", "generation", "number", "traceId", "batchSize",
                                "action", "startedAt")
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::int[], $6::int[], $7::text[], $8::int[], $9::text[],
                          $10::timestamptz[])`,
    COLUMNS.map(column),
  )
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
