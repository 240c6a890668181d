import { type DeliveryOutcome } from '../contracts/outcome'
import { type AttemptOutcome } from '../contracts/states'
import { type EndedAttempt } from '../records/settle-records'
import { type EndedCall, type LaneOptions } from './lane'

type Reason = Pick<EndedAttempt, 'httpStatus' | 'code' | 'detail'>

/** An attempt that has ended, as the log tells of it: ids, and never content. */
interface ToldAttempt {
  attemptId: string
  /** What the SaaS saw as the trace of the call. */
  traceId: string
  recordId: string
  sourceConnectionId: string
  resource: string
  revision: string
  outcome: AttemptOutcome
  httpStatus: number | null
  code: string | null
  /** Null when no call was made, or nobody saw its end. */
  durationMs: number | null
}

/** Status, code and words of an outcome. */
export function reasonOf(said: DeliveryOutcome): Reason {
  const { code = null, detail = null } = 'code' in said ? said : {}
  return { httpStatus: said.httpStatus, code, detail }
}

/** Tells the log and the metrics of each attempt of a call that has ended. */
export function tellAttempts(options: LaneOptions, { call, outcome, startedAt, endedAt }: EndedCall): void {
  const durationMs = endedAt.getTime() - startedAt.getTime()
  for (const [index, { row }] of call.sends.entries()) {
    const said = outcome.outcomes[index]!
    const { httpStatus, code } = reasonOf(said)
    const { id: recordId, claimId: attemptId, sourceConnectionId, resource, revision } = row
    const about = { recordId, sourceConnectionId, resource, revision, attemptId, traceId: call.traceId }
    tellAttempt(options, { ...about, outcome: said.kind, httpStatus, code, durationMs })
  }
}

/** Tells the log and the metrics of one attempt that has ended: each has a line, as it has a row. */
export function tellAttempt({ logger, onAttempt }: LaneOptions, attempt: ToldAttempt): void {
  onAttempt(attempt.outcome)
  logger.info(attempt, 'delivery.attempted')
}
