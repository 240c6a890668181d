import { type RecordContext } from '../contracts/record-context'
import { type Sealer } from '../lib/sealing'
import { DAY_MS } from '../lib/time'
import { withinPiiPolicy } from './apply-pii-policy'
import { composeRecord } from './compose-record'
import { nextState } from './next-state'
import { type DesiredChange, type RecordRow } from './record-row'
import { type OpenRun } from './run-row'
import { openKnown, sealKnown } from './sealed-known'

type Run = Pick<OpenRun, 'kind' | 'startedAt' | 'generation' | 'startsAfresh'>

/**
 * A record under what holds for it now: composed anew, and without what its policy does not allow any more. Pure but for the sealing.
 *
 * @returns null when nothing about it is different
 * @throws ParityError `SEAL_BROKEN` when the stored state cannot be opened
 */
export function reevaluateRecord(
  row: RecordRow,
  run: Run,
  context: RecordContext,
  { sealer, now }: { sealer: Sealer; now: Date },
): DesiredChange | null {
  const stored = openKnown(row, 'full', sealer)
  const known = withinPiiPolicy(stored, context.piiPolicy)
  const { resource, externalId } = row
  const desired = composeRecord({ ...context, resource, externalId }, known)

  const seen = isBehind(row, run) && run.startsAfresh ? afresh(row) : row
  const change = nextState(seen, known, desired, context, now, undefined, promiseOf(run, now))

  const isSame = (Object.keys(change) as (keyof typeof change)[]).every((key) =>
    isEqual(change[key], row[key]),
  )
  if (isSame && JSON.stringify(known) === JSON.stringify(stored)) return null
  const changedAt = change.waitingSince === null ? null : row.changedAt
  return { ...change, changedAt, known: sealKnown(known, row.id, sealer) }
}

/** When what a run finds is due. Removing is no hurry: a day before the run puts it behind everything that happens in the store. */
function promiseOf({ kind, startedAt }: Run, now: Date): Date {
  return kind === 'removal' ? new Date(startedAt.getTime() - DAY_MS) : now
}

/** Whether the SaaS has not had the record under the generation that the run brings records to. */
function isBehind({ deliveredGeneration }: RecordRow, { generation }: Run): boolean {
  return generation !== null && deliveredGeneration !== generation
}

/** What was given up, put off or dismissed, as if nothing had been tried: it goes to another place, or in another format. */
function afresh(row: RecordRow): RecordRow {
  switch (row.state) {
    case 'dead':
    case 'retrying':
    case 'excluded':
      return { ...row, state: 'waiting', desiredHash: null, dismissedHash: null, attempts: 0, dueAt: null }
    case 'waiting':
    case 'held':
    case 'delivering':
    case 'in_step':
    case 'deleted':
      return row
  }
}

function isEqual(some: unknown, other: unknown): boolean {
  return some instanceof Date && other instanceof Date ? some.getTime() === other.getTime() : some === other
}
