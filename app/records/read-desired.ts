import { type Envelope } from '../contracts/shared-schema'
import { type Sealer } from '../lib/sealing'
import { composeRecord, desiredHash, toEnvelope } from './compose-record'
import { exclusion, NOT_SELECTED } from './exclusion'
import { type RecordContext } from '../contracts/record-context'
import { type RecordRow } from './record-row'
import { isRemoval, removalOf } from './removal'
import { openKnown } from './sealed-known'

/** The desired state of a claimed record: what to send, or why not. */
export type DesiredState =
  /** `leftOut`: why it is left out from then on, where it is removed from the SaaS. */
  | { kind: 'send'; envelope: Envelope; leftOut?: string }
  | { kind: 'excluded'; words: string }
  /** It was to be removed, and is mirrored again: whoever looks at all records composes it anew. */
  | { kind: 'unsettled' }

/**
 * Opens and composes what a record should be at the SaaS.
 *
 * @throws ParityError `SEAL_BROKEN` when the stored state cannot be opened
 */
export function readDesired(row: RecordRow, context: RecordContext, sealer: Sealer): DesiredState {
  const { resource, externalId } = row
  const known = openKnown(row, context.piiPolicy, sealer)
  const desired = composeRecord({ ...context, resource, externalId }, known)
  if (!desired) return { kind: 'excluded', words: 'Nothing is known of it yet.' }

  const revision = Number(row.revision)
  const removal = removalOf(row, context)
  // Only as the row has it: its revision was made for that, and another removal makes another.
  if (removal && row.desiredHash === desiredHash(removal))
    return { kind: 'send', envelope: toEnvelope(resource, removal, revision), leftOut: NOT_SELECTED }

  const words = exclusion(row, desired, context)
  if (words !== null) return { kind: 'excluded', words }
  if (isRemoval(row, desired)) return { kind: 'unsettled' }
  const action = row.desiredAction ?? desired.action
  return { kind: 'send', envelope: toEnvelope(resource, { ...desired, action }, revision) }
}
