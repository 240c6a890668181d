import { type Action } from '../contracts/resource'
import { SHORT_WAITS } from '../lib/backoff'
import { type Desired, desiredHash } from './compose-record'
import { isDismissed } from './dismissal'
import { exclusion } from './exclusion'
import { type Known } from './known'
import { knownVersion } from './fold-news'
import { removalOf } from './removal'
import { type RecordContext } from '../contracts/record-context'
import { type DesiredChange, type RecordRow } from './record-row'

/** How long what is to be sent waits for the parts that the store is being asked for, in milliseconds; from its first change on. */
export const ASKING_MS = 2_000

/** Whether the store is being asked for parts of the record: before the news, and after it. */
export interface Asking {
  before: boolean
  after: boolean
}

const NOT_ASKING: Asking = { before: false, after: false }

type Row = Omit<RecordRow, 'known' | 'changedAt'>
type Change = Omit<DesiredChange, 'known' | 'changedAt'>
/** Where a record is: its state, and what is planned. */
type Place = Pick<Change, 'state' | 'reason' | 'attempts' | 'dueAt' | 'waitingSince'>

/** A record that only a hint has named waits for its content and is not due. */
const AWAITS_CONTENT = 'Something about it changed; waiting for its content.'

/**
 * The row after its desired state was composed anew: the new version, hash and revision, and where the record stands. What is to be
 * removed from the SaaS is desired to be gone, whatever the store has.
 * Pure. Who has a call under way or a schedule to keep, keeps it; settling looks whether desired has moved meanwhile.
 *
 * @param promisedAt what is to be sent is due from then on; the earlier, the more goes before it
 */
export function nextState(
  row: Row,
  known: Known,
  desired: Desired | null,
  context: RecordContext,
  now: Date,
  asking: Asking = NOT_ASKING,
  promisedAt = now,
): Change {
  if (!desired) return { ...row, state: 'waiting', reason: AWAITS_CONTENT, dueAt: null }

  const removal = removalOf(row, context)
  const wanted = removal ?? desired
  const { updatedAt, triggeredAt } = knownVersion(known)
  const next = {
    desiredUpdatedAt: updatedAt,
    desiredTriggeredAt: triggeredAt,
    desiredAction: keepsCreated(row) && wanted.action === 'updated' ? ('created' as const) : wanted.action,
    desiredHash: desiredHash(wanted),
  }
  const excluded = removal ? null : exclusion(row, desired, context)
  const place = whileAsking(placeOf(row, next, excluded, context, { now, promisedAt }), asking, now)
  const hasMoved = (Object.keys(next) as (keyof typeof next)[]).some((key) => next[key] !== row[key])
  // What is sent again as it was, under another generation, gets a revision of its own when it is claimed.
  const revision = hasMoved ? String(nextRevision(row.revision, now)) : row.revision

  return { ...next, revision, ...place }
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

/** Where a record goes whose desired state is this. */
function placeOf(
  row: Row,
  next: { desiredAction: Action; desiredHash: string },
  excluded: string | null,
  { generation, heldBecause }: RecordContext,
  time: { now: Date; promisedAt: Date },
): Place {
  const { now } = time
  if (row.state === 'delivering') return { ...stays(row, now), reason: null }
  // What a person dismissed keeps the person's words: they are needed when nothing else excludes it any more.
  if (isDismissed(row, next.desiredHash)) return atRest('excluded', row.reason)
  if (excluded !== null) return atRest('excluded', excluded)
  if (isInStep(row, next.desiredHash, generation)) return atRest(settledState(next.desiredAction), null)

  const hasNewContent = next.desiredHash !== row.desiredHash
  if (row.state === 'retrying') return hasNewContent ? withNewTries(stays(row, now)) : stays(row, now)
  if (row.state === 'dead' && !hasNewContent) return stays(row, now)
  return waits(row, heldBecause, time)
}

/** With nothing to be done. */
function atRest(state: 'in_step' | 'deleted' | 'excluded', reason: string | null): Place {
  return { state, reason, attempts: 0, dueAt: null, waitingSince: null }
}

/** Where it is. */
function stays({ state, reason, attempts, dueAt, waitingSince }: Row, now: Date): Place {
  return { state, reason, attempts, dueAt, waitingSince: waitingSince ?? now }
}

/** New content has a day of its own; its calls do not begin with seconds again, for the SaaS is as it is. */
function withNewTries(place: Place): Place {
  return { ...place, attempts: Math.min(place.attempts, SHORT_WAITS) }
}

/** The newest promise goes first: what changes again while it waits is due from then, unless it is due later because it gives way to others. */
function waits(
  { state, attempts, dueAt, waitingSince }: Row,
  heldBecause: string | null,
  { now, promisedAt }: { now: Date; promisedAt: Date },
): Place {
  const isPromised = state === 'waiting' && dueAt !== null && dueAt > promisedAt
  return {
    state: heldBecause === null ? 'waiting' : 'held',
    reason: heldBecause,
    attempts: state === 'held' ? attempts : 0,
    dueAt: isPromised ? dueAt : promisedAt,
    waitingSince: waitingSince ?? now,
  }
}

/** What is to be sent waits a little for what the store is being asked for, and no longer when it has come. */
function whileAsking(place: Place, asking: Asking, now: Date): Place {
  if (place.state !== 'waiting' && place.state !== 'held') return place
  if (!asking.after) return asking.before ? { ...place, dueAt: now } : place
  const patience = (place.waitingSince ?? now).getTime() + ASKING_MS
  return { ...place, dueAt: new Date(Math.max(place.dueAt?.getTime() ?? 0, patience)) }
}
