import { type Action } from '../contracts/resource'
import { type RecordState } from '../contracts/states'
import { SHORT_WAITS } from '../lib/backoff'
import { type Desired, desiredHash } from './compose-record'
import { isDismissed } from './dismissal'
import { exclusion } from './exclusion'
import { type Known } from './known'
import { knownVersion } from './fold-news'
import { type RecordContext } from '../contracts/record-context'
import { type DesiredChange, type RecordRow } from './record-row'

type Row = Omit<RecordRow, 'known'>
type Change = Omit<DesiredChange, 'known'>
type Standing = Pick<Change, 'state' | 'reason' | 'attempts' | 'dueAt' | 'waitingSince'>

/** A record that only a hint has named waits for its content and is not due. */
const AWAITS_CONTENT = 'Something about it changed; waiting for its content.'

/**
 * The row after its desired state was composed anew: the new version, hash and revision, and where the record stands.
 * Pure. Who has a call under way or a schedule to keep, keeps it; settling looks whether desired has moved meanwhile.
 */
export function nextState(
  row: Row,
  known: Known,
  desired: Desired | null,
  context: RecordContext,
  now: Date,
): Change {
  if (!desired) return { ...row, state: 'waiting', reason: AWAITS_CONTENT, dueAt: null }

  const { updatedAt, triggeredAt } = knownVersion(known)
  const next = {
    desiredUpdatedAt: updatedAt,
    desiredTriggeredAt: triggeredAt,
    desiredAction: keepsCreated(row) && desired.action === 'updated' ? ('created' as const) : desired.action,
    desiredHash: desiredHash(desired),
  }
  const stands = standing(row, next, exclusion(row.resource, desired, context), context, now)
  const hasMoved = (Object.keys(next) as (keyof typeof next)[]).some((key) => next[key] !== row[key])
  const isSentAgain = (stands.state === 'waiting' || stands.state === 'held') && isSettled(row.state)
  const revision = hasMoved || isSentAgain ? String(nextRevision(row.revision, now)) : row.revision

  return { ...next, revision, ...stands }
}

/** Whether nothing was to be sent: what waits after it is a new send. */
function isSettled(state: RecordState): boolean {
  return state === 'in_step' || state === 'deleted' || state === 'excluded' || state === 'dead'
}

/** Whether the SaaS has what it should have. */
function isInStep(
  row: Pick<RecordRow, 'deliveredHash' | 'deliveredGeneration'>,
  hash: string,
  generation: number,
): boolean {
  return row.deliveredHash === hash && row.deliveredGeneration === generation
}

/** The state of a record that the SaaS has taken. */
function settledState(action: Action): 'deleted' | 'in_step' {
  return action === 'deleted' ? 'deleted' : 'in_step'
}

/** Grows strictly, and survives a database that was set back: no revision is ever used twice. */
function nextRevision(previous: string, now: Date): bigint {
  const next = BigInt(previous) + 1n
  const clock = BigInt(now.getTime())
  return next > clock ? next : clock
}

/** A record that the SaaS has never had is still created when its creation was not sent before the next change. */
function keepsCreated(row: Row): boolean {
  return row.desiredAction === 'created' && row.deliveredGeneration === null
}

function standing(
  row: Row,
  next: { desiredAction: Action; desiredHash: string },
  excluded: string | null,
  context: RecordContext,
  now: Date,
): Standing {
  const { state, attempts, dueAt, waitingSince } = row
  const since = waitingSince ?? now
  if (state === 'delivering') return { state, reason: null, attempts, dueAt, waitingSince: since }
  // What a person dismissed keeps the person's words: they are needed when nothing else excludes it any more.
  if (isDismissed(row, next.desiredHash))
    return { state, reason: row.reason, attempts: 0, dueAt: null, waitingSince: null }
  if (excluded !== null)
    return { state: 'excluded', reason: excluded, attempts: 0, dueAt: null, waitingSince: null }

  if (isInStep(row, next.desiredHash, context.generation)) {
    return {
      state: settledState(next.desiredAction),
      reason: null,
      attempts: 0,
      dueAt: null,
      waitingSince: null,
    }
  }
  const hasNewContent = next.desiredHash !== row.desiredHash
  if (state === 'retrying') {
    // New content has a day of its own; its calls do not begin with seconds again, for the SaaS is as it is.
    const counted = hasNewContent ? Math.min(attempts, SHORT_WAITS) : attempts
    return { state, reason: row.reason, attempts: counted, dueAt, waitingSince: since }
  }
  if (state === 'dead' && !hasNewContent)
    return { state, reason: row.reason, attempts, dueAt, waitingSince: since }
  // The newest promise goes first: what changes again while it waits is due from now, unless it gives way to others until later.
  const yields = state === 'waiting' && dueAt !== null && dueAt > now
  const waits = {
    attempts: state === 'held' ? attempts : 0,
    dueAt: yields ? dueAt : now,
    waitingSince: since,
  }
  return context.heldBecause === null
    ? { ...waits, state: 'waiting', reason: null }
    : { ...waits, state: 'held', reason: context.heldBecause }
}
