import { randomBytes } from 'node:crypto'
import { type DeliveryOutcome } from '../contracts/outcome'
import { type AttemptOutcome } from '../contracts/states'
import { type Sql } from '../db.server'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { endAttempt, startAttempt } from '../records/attempt-log'
import { type RecordRow } from '../records/record-row'
import { callSaas } from '../saas/call-saas'
import { type Send } from './prepare-send'

export interface AttemptOptions {
  db: Sql
  clock: Clock
  logger: Logger
  /** How long a call may take; the client's own limit unless given. */
  timeoutMs?: number
  /** Told of every attempt that came to an end. */
  onAttempt(outcome: AttemptOutcome): void
}

/** One call, noted before and after. Never throws for what a SaaS does. */
export async function makeAttempt(
  { attemptId, row, generation }: { attemptId: string; row: RecordRow; generation: number },
  send: Send,
  options: AttemptOptions,
): Promise<DeliveryOutcome> {
  const { db, clock, logger, onAttempt } = options
  const { id: recordId, sourceConnectionId, resource, revision } = row
  const { action } = send.envelope
  const startedAt = clock()
  const started = { sourceConnectionId, recordId, revision, generation, number: row.attempts + 1, action }
  await startAttempt(db, { ...started, id: attemptId, traceId: traceIdOf(attemptId), startedAt })

  const outcome = await call(attemptId, row, send, startedAt, options.timeoutMs)

  const endedAt = clock()
  const { code = null, detail = null } = 'code' in outcome ? outcome : {}
  const { kind, httpStatus } = outcome
  await endAttempt(db, attemptId, { outcome: kind, httpStatus, code, detail, endedAt })
  onAttempt(kind)
  const durationMs = endedAt.getTime() - startedAt.getTime()
  logger.info(
    { ...started, resource, attemptId, outcome: kind, httpStatus, code, durationMs },
    'delivery.attempted',
  )
  return outcome
}

async function call(
  attemptId: string,
  { id: recordId, revision }: RecordRow,
  { envelope, dialect, access }: Send,
  now: Date,
  timeoutMs: number | undefined,
): Promise<DeliveryOutcome> {
  const answer = await callSaas(dialect.request(envelope), {
    address: access.address,
    apiKey: access.apiKey,
    idempotencyKey: `${recordId}:${revision}`,
    traceparent: `00-${traceIdOf(attemptId)}-${randomBytes(8).toString('hex')}-01`,
    now,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  if (answer.kind === 'answer') return dialect.outcome(answer, envelope)
  return { kind: 'unavailable', httpStatus: null, code: answer.code, detail: answer.detail }
}

/** The trace of an attempt: the attempt's own id as W3C trace context writes it. */
function traceIdOf(attemptId: string): string {
  return attemptId.replaceAll('-', '')
}
