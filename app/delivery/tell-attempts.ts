import { type DeliveryOutcome } from '../contracts/outcome'
import { type AttemptOutcome } from '../contracts/states'
import { type ClaimedRecord } from '../records/claim-records'
import { type EndedAttempt } from '../records/settle-records'
import { type EndedCall, type LaneOptions } from './lane'

/** What names an attempt: ids, and never content. */
interface NamedAttempt {
  attemptId: string
  /** The trace of the call, as the SaaS saw it. */
  traceId: string
  recordId: string
  sourceConnectionId: string
  resource: string
  revision: string
}

/** Who is told. */
type Teller = Pick<LaneOptions, 'logger' | 'onAttempt'>

/** How it ended. */
interface ToldEnd {
  outcome: AttemptOutcome
  httpStatus: number | null
  code: string | null
  /** Null when no call was made, or nobody saw its end. */
  durationMs: number | null
}

/** The names of the attempt that holds a record. */
export function attemptOf(row: ClaimedRecord, traceId: string): NamedAttempt {
  const { id: recordId, claimId: attemptId, sourceConnectionId, resource, revision } = row
  return { attemptId, traceId, recordId, sourceConnectionId, resource, revision }
}

/** Status, code and words of an outcome. */
export function reasonOf(said: DeliveryOutcome): Pick<EndedAttempt, 'httpStatus' | 'code' | 'detail'> {
  const { code = null, detail = null } = 'code' in said ? said : {}
  return { httpStatus: said.httpStatus, code, detail }
}

/** Tells the log and the metrics of each attempt of a call that has ended. */
export function tellAttempts(options: LaneOptions, { call, outcome, startedAt, endedAt }: EndedCall): void {
  const durationMs = endedAt.getTime() - startedAt.getTime()
  for (const [index, { row }] of call.sends.entries()) {
    const said = outcome.outcomes[index]!
    const end = { outcome: said.kind, ...reasonOf(said), durationMs }
    tellAttempt(options, { ...attemptOf(row, call.traceId), ...end })
  }
}

/** Tells of the attempt that held a claimed record until its lease ran out, if one did: its worker did not live to tell. */
export function tellAbandoned(options: LaneOptions, row: ClaimedRecord): void {
  if (!row.abandoned) return
  const { traceId, ...attempt } = row.abandoned
  tellLost(options, { ...attemptOf(row, traceId), ...attempt })
}

/** Tells of an attempt whose record was taken back from a worker that died. */
export function tellLost(options: Teller, attempt: NamedAttempt): void {
  tellAttempt(options, {
    ...attempt,
    outcome: 'abandoned',
    httpStatus: null,
    code: 'ABANDONED',
    durationMs: null,
  })
}

/** Tells the log and the metrics of one attempt that has ended: each has a line, as it has a row. */
export function tellAttempt({ logger, onAttempt }: Teller, attempt: NamedAttempt & ToldEnd): void {
  const { recordId, sourceConnectionId, resource, revision, attemptId, traceId } = attempt
  const { outcome, httpStatus, code, durationMs } = attempt
  onAttempt(outcome)
  const named = { recordId, sourceConnectionId, resource, revision, attemptId, traceId }
  logger.info({ ...named, outcome, httpStatus, code, durationMs }, 'delivery.attempted')
}
