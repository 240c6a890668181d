import { type Envelope } from '../contracts/shared-schema'
import { type Sealer } from '../lib/sealing'
import { composeRecord, toEnvelope } from './compose-record'
import { exclusion } from './exclusion'
import { type RecordContext } from '../contracts/record-context'
import { type RecordRow } from './record-row'
import { openKnown } from './sealed-known'

/** The desired state of a claimed record: what to send, or why not. */
export type DesiredState = { kind: 'send'; envelope: Envelope } | { kind: 'excluded'; words: string }

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

  const words = exclusion(resource, desired, context)
  if (words !== null) return { kind: 'excluded', words }
  const action = row.desiredAction ?? desired.action
  return { kind: 'send', envelope: toEnvelope(resource, { ...desired, action }, Number(row.revision)) }
}
