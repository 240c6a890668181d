import { type DeliveryOutcome } from '../contracts/outcome'
import { judgeCall } from './judge-calls'
import { UNREADABLE_ANSWER } from '../saas/parse-answer'
import { isSameAccess } from '../shops/read-delivery-target'
import { type EndedCall, type Lane } from './lane'
import { afterAnswer, gentlePace } from './pace'
import { afterPatience } from './pressure'
import { type Call, type CallOutcome } from './send-records'

/**
 * What a call shows of its connection, in the moment it ends, so that no other is begun in spite of it: its gate, its breaker, its pace, and
 * whether and how large it takes batches. What is said of an address or key that has been replaced meanwhile is nothing to go by.
 */
export function learn(lane: Lane, { call, outcome, startedAt, endedAt, isProbe, ...ended }: EndedCall): void {
  const { connection } = lane.target
  const said = tellingOf(outcome.outcomes)
  if (!said || !isSameAccess(ended.connection, connection)) return
  if (isTooLarge(outcome)) {
    lane.batchBytes = Math.min(lane.batchBytes, weightOf(call) / 2)
    return
  }
  if (endsBatches(outcome)) {
    connection.batchLimit = null
    connection.batchLimitAskedAt = endedAt
    if (refusesBatch(said)) return
  }

  const isPatienceAsked = asksForPatience(said)
  // Calls that were under way together and are all put off are one answer.
  const isSaidAgain = isPatienceAsked && startedAt < lane.patienceAt
  if (!isSaidAgain) judge(lane, said, isProbe, endedAt)
  if (isPatienceAsked) lane.pressure = afterPatience(lane.pressure, endedAt)
  if (isPatienceAsked && !isSaidAgain) lane.patienceAt = endedAt
  // A call that failed otherwise is no reason to make more of them.
  if (said.kind === 'unavailable' && !isPatienceAsked) return
  const askedMs = said.kind === 'unavailable' ? (said.retryAfterMs ?? 0) : 0
  lane.pace = afterAnswer(lane.pace, { isPatienceAsked, askedMs }, connection.concurrency, endedAt)
}

/** What waits for a gate that opens comes gently. */
function judge(lane: Lane, said: DeliveryOutcome, isProbe: boolean, now: Date): void {
  const wasClosed = lane.standing.probeAt !== null
  lane.standing = judgeCall(lane.standing, said, isProbe, now)
  if (wasClosed && lane.standing.probeAt === null) lane.pace = gentlePace(lane.target.connection.concurrency)
}

/** 429, or a 503 that says until when: fewer calls are wanted, not this one later. */
function asksForPatience(said: DeliveryOutcome): boolean {
  if (said.kind !== 'unavailable') return false
  return said.httpStatus === 429 || (said.httpStatus === 503 && said.retryAfterMs !== undefined)
}

/** Of a batch, what tells of the SaaS: one result that cannot be read is no failure of the whole call. */
function tellingOf(outcomes: DeliveryOutcome[]): DeliveryOutcome | undefined {
  return outcomes.find(({ kind }) => kind !== 'unavailable') ?? outcomes[0]
}

function weightOf({ sends }: Call): number {
  return sends.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Whether the SaaS refused a batch because of its size: smaller ones may be taken. */
export function isTooLarge({ isWhole, outcomes: [said] }: CallOutcome): boolean {
  return isWhole && said?.kind === 'rejected' && said.httpStatus === 413
}

/**
 * Whether a SaaS has shown that it takes no batches after all: it refused one as a whole, whatever its size, or answered one in a way that
 * tells of none of its records.
 */
export function endsBatches(outcome: CallOutcome): boolean {
  const [said] = outcome.outcomes
  if (!outcome.isWhole || !said || isTooLarge(outcome)) return false
  return refusesBatch(said) || (said.kind === 'unavailable' && said.code === UNREADABLE_ANSWER)
}

type Refusal = Extract<DeliveryOutcome, { kind: 'rejected' | 'waits' | 'misdirected' }>

/** Whether that outcome of a whole batch refuses the batch, and says nothing of the records in it. */
export function refusesBatch(outcome: DeliveryOutcome): outcome is Refusal {
  return outcome.kind === 'rejected' || outcome.kind === 'waits' || outcome.kind === 'misdirected'
}
