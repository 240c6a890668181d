import { FIRST_STATES, RecordState, TRANSITIONS } from '~/contracts/states'
import { type Entry, type RowImage } from './journal'

const FOLLOWING: Record<RecordState, readonly RecordState[]> = TRANSITIONS
const FIRST: readonly RecordState[] = FIRST_STATES

/** What is wrong with one write of a record's row, in words; nothing when nothing is. */
export function faultsOfWrite({ before, after }: Entry, claims: ReadonlySet<string>): string[] {
  return [
    ...(before ? faultsOfStep(before, after, claims) : faultsOfBirth(after)),
    ...faultsOfRow(after),
  ].map((fault) => `${fault}\n  before ${JSON.stringify(before)}\n  after  ${JSON.stringify(after)}`)
}

function faultsOfBirth({ state }: RowImage): string[] {
  return FIRST.includes(state) ? [] : [`A record was born ${state}.`]
}

function faultsOfStep(before: RowImage, after: RowImage, claims: ReadonlySet<string>): string[] {
  return unlessAll([
    [
      before.state === after.state || FOLLOWING[before.state].includes(after.state),
      `${before.state} became ${after.state}.`,
    ],
    [after.revision >= before.revision, 'The revision went back.'],
    [versionOf(after) >= versionOf(before), 'The desired version went back.'],
    [
      !isClaim(before, after) || (before.dueAt !== null && before.dueAt <= after.updatedAt),
      'It was claimed while it was not due.',
    ],
    [
      !isRelease(before, after) || claims.has(before.attemptId!) || isTakenBack(before, after),
      'Somebody settled who does not hold it.',
    ],
    [
      before.desiredHash === null ||
        after.desiredHash === before.desiredHash ||
        after.revision > before.revision,
      'Other content was given no new revision.',
    ],
  ])
}

function isClaim(before: RowImage, after: RowImage): boolean {
  return after.attemptId !== null && after.attemptId !== before.attemptId
}

function isRelease(before: RowImage, after: RowImage): boolean {
  return before.attemptId !== null && after.attemptId === null
}

/** Whoever finds that a lease ran out may let the record wait again; what its call came to, nobody knows. */
function isTakenBack(before: RowImage, after: RowImage): boolean {
  const isOver = before.dueAt !== null && before.dueAt <= after.updatedAt
  return isOver && (after.state === 'waiting' || after.state === 'held') && after.deliveredHash === null
}

function versionOf({ desiredUpdatedAt, desiredTriggeredAt }: RowImage): string {
  return `${desiredUpdatedAt}\n${desiredTriggeredAt}`
}

/** In these states nothing is to be done. */
const AT_REST: Record<RecordState, boolean> = {
  waiting: false,
  delivering: false,
  in_step: true,
  retrying: false,
  held: false,
  dead: true,
  excluded: true,
  deleted: true,
}

function faultsOfRow(row: RowImage): string[] {
  const { state, dueAt, attemptId, desiredHash, desiredAction, deliveredHash, deliveredBodyHash } = row
  if (!RecordState.safeParse(state).success) return [`There is no state ${state}.`]
  const isUnknown = state === 'waiting' && desiredHash === null
  const isTaken = state === 'in_step' || state === 'deleted'
  return unlessAll([
    [(dueAt === null) === (AT_REST[state] || isUnknown), `It is ${state}, and due ${dueAt ?? 'never'}.`],
    [
      (attemptId !== null) === (state === 'delivering'),
      `It is ${state}, and the attempt ${attemptId} holds it.`,
    ],
    [
      state !== 'delivering' || (deliveredHash === null && deliveredBodyHash === null),
      'A call is under way, and what is delivered is taken for known.',
    ],
    [!isTaken || deliveredHash === desiredHash, `It is ${state} with something else than what it should be.`],
    [
      !isTaken || (state === 'deleted') === (desiredAction === 'deleted'),
      `It is ${state} by ${desiredAction}.`,
    ],
    [(state === 'dead') === (row.cause !== null), `It is ${state}, and its cause is ${row.cause}.`],
    [!isTaken || row.waitingSince === null, `It is ${state} and said to wait.`],
    [!isTaken || row.deliveredKnown === null, `It is ${state}, and the SaaS is said to have something else.`],
    [AT_REST[state] || isUnknown || row.waitingSince !== null, `It is ${state} and not said to wait.`],
  ])
}

/** The words of those rules that do not hold. */
function unlessAll(rules: [holds: boolean, words: string][]): string[] {
  return rules.filter(([holds]) => !holds).map(([, words]) => words)
}
