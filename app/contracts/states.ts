import { z } from 'zod'

/** The life of a record. */
export const RecordState = z.enum([
  /** Something is desired that the SaaS does not have, and nothing stands in its way. */
  'waiting',
  /** A call is under way; a lease protects it. */
  'delivering',
  /** The SaaS has what it should have. */
  'in_step',
  /** A call failed; the next is scheduled. */
  'retrying',
  /** Waits for the connection, not for itself. */
  'held',
  /** A person must look at it. */
  'dead',
  /** Not sent on purpose; the record says why. */
  'excluded',
  /** The SaaS has taken the deletion. */
  'deleted',
])
export type RecordState = z.infer<typeof RecordState>

/**
 * The one state machine: every change of state that the life of a record allows. docs/architecture.md draws it; tests hold the drawing,
 * whatever is folded, and every write of a row to it. A row may also be written without a change of state.
 */
export const TRANSITIONS = {
  waiting: ['delivering', 'held', 'in_step', 'deleted', 'excluded'],
  delivering: ['delivering', 'in_step', 'deleted', 'retrying', 'held', 'dead', 'excluded', 'waiting'],
  in_step: ['waiting', 'held', 'excluded'],
  retrying: ['delivering', 'waiting', 'held', 'excluded'],
  held: ['delivering', 'waiting', 'in_step', 'deleted', 'excluded'],
  dead: ['waiting', 'held', 'excluded'],
  excluded: ['waiting', 'held', 'in_step', 'deleted'],
  deleted: ['waiting', 'held', 'excluded'],
} as const satisfies Record<RecordState, readonly RecordState[]>

/** The states that a record can begin in: before it is sent for the first time. */
export const FIRST_STATES = ['waiting', 'held', 'excluded'] as const satisfies readonly RecordState[]

/** The states that can follow one. */
export type StateAfter<State extends RecordState> = (typeof TRANSITIONS)[State][number]

/** One change of state that the life of a record allows. */
export type Transition = { [From in RecordState]: { from: From; to: StateAfter<From> } }[RecordState]

/** The states whose records can all be sent again at once: not what is being sent right now, nor what is not sent on purpose. */
export const ReplayableState = RecordState.extract([
  'waiting',
  'retrying',
  'held',
  'dead',
  'in_step',
  'deleted',
])
export type ReplayableState = z.infer<typeof ReplayableState>

/** What became of an event. */
export const EventOutcome = z.enum([
  /** It moved the desired state forward. */
  'changed',
  /** It was newer, and alters nothing that the SaaS would see. */
  'unchanged',
  /** What is held is newer, or of the same time and preferred. */
  'outdated',
  /** It said that something may have changed, not what. */
  'hint',
  /** It was about the installation, the shop, a run or the law, and was acted on. */
  'handled',
  /** Nobody handles this topic. */
  'ignored',
  /** The shop is not installed. */
  'not_installed',
  /** The body could not be understood; it is kept and can be replayed. */
  'unmapped',
])
export type EventOutcome = z.infer<typeof EventOutcome>

/** What an attempt came to. `in_flight` until it is settled; `abandoned` when its worker died. */
export const AttemptOutcome = z.enum([
  'in_flight',
  'delivered',
  'superseded',
  'rejected',
  'waits',
  'misdirected',
  'unauthorised',
  'paused',
  'unavailable',
  'abandoned',
])
export type AttemptOutcome = z.infer<typeof AttemptOutcome>

/** The health of a shop's link to its SaaS. */
export const ConnectionState = z.enum([
  'connected',
  'refused',
  'misdirected',
  'paused',
  'unreachable',
  'not_connected',
])
export type ConnectionState = z.infer<typeof ConnectionState>
