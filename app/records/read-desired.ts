import { type Envelope } from '../contracts/shared-schema'
import { type Sealer } from '../lib/sealing'
import { knownPurpose } from './apply-news'
import { composeRecord, toEnvelope } from './compose-record'
import { exclusion } from './exclusion'
import { Known } from './known'
import { type RecordContext } from './record-context'
import { type RecordRow } from './record-row'

/** The desired state of a claimed record: what to send, or why not. */
export type DesiredState = { kind: 'send'; envelope: Envelope } | { kind: 'excluded'; words: string }

/**
 * Opens and composes what a record should be at the SaaS.
 *
 * @throws ParityError `SEAL_BROKEN` when the stored state cannot be opened
 */
export function readDesired(row: RecordRow, context: RecordContext, sealer: Sealer): DesiredState {
  const known = row.known ? Known.parse(JSON.parse(sealer.openText(row.known, knownPurpose(row.id)))) : null
  const { platform, store, currency } = context
  const { resource, externalId } = row
  const desired = known && composeRecord({ platform, store, resource, externalId, currency }, known)
  if (!desired) return { kind: 'excluded', words: 'Nothing is known of it yet.' }

  const words = exclusion(resource, desired, context)
  if (words !== null) return { kind: 'excluded', words }
  const action = row.desiredAction ?? desired.action
  return { kind: 'send', envelope: toEnvelope(resource, { ...desired, action }, Number(row.revision)) }
}
