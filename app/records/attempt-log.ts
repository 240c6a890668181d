import { type Action } from '../contracts/resource'
import { type AttemptOutcome } from '../contracts/states'
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
  action: Action
  startedAt: Date
}

/** How a call ended. */
export interface EndedAttempt {
  outcome: AttemptOutcome
  httpStatus: number | null
  code: string | null
  detail: string | null
  endedAt: Date
}

/** Writes the attempt before the call, so that a worker that dies in it leaves a trace. */
export async function startAttempt(sql: Sql, attempt: StartedAttempt): Promise<void> {
  const { id, sourceConnectionId, recordId, revision, generation, number, traceId, action, startedAt } =
    attempt
  await sql.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "revision", "generation", "number", "traceId", "action", "startedAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, sourceConnectionId, recordId, revision, generation, number, traceId, action, startedAt],
  )
}

/** Completes the attempt. One that was taken for abandoned stays so. */
export async function endAttempt(sql: Sql, id: string, ended: EndedAttempt): Promise<void> {
  const { outcome, httpStatus, code, detail, endedAt } = ended
  await sql.query(
    `UPDATE "SyncAttempt" SET "outcome" = $2, "httpStatus" = $3, "code" = $4, "detail" = $5, "endedAt" = $6
     WHERE "id" = $1 AND "outcome" = 'in_flight'`,
    [id, outcome, httpStatus, code, detail, endedAt],
  )
}
