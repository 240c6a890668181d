import { type Sealer } from '../lib/sealing'
import { type ClaimedRecord } from '../records/claim-records'
import { withoutDeniedDelivered } from '../records/delivered-known'
import { type Settled } from '../records/settle-records'
import { type DeliveryTarget } from '../shops/read-delivery-target'

/** What of a lane decides what may be kept. */
interface Keeping {
  target: Pick<DeliveryTarget, 'contexts'>
  options: { sealer: Sealer }
}

/** What a settlement says of the claim that it settles. */
export function claimOf(
  keeping: Keeping,
  row: ClaimedRecord,
  generation: number,
): Omit<Settled, 'settlement' | 'attempt'> {
  const { id: recordId, claimId, desiredHash, revision } = row
  const known = () => keepable(keeping, row)
  return { recordId, claimId, known, sentHash: desiredHash ?? '', revision, generation }
}

/** What was known of a record, sealed, as far as its policy allows it: under a looser one more may have been stored. */
function keepable(
  { target, options }: Keeping,
  { id, known, sourceConnectionId }: ClaimedRecord,
): Uint8Array | null {
  const context = target.contexts.get(sourceConnectionId)
  if (!context) return null
  const stored = { id, deliveredKnown: known }
  return withoutDeniedDelivered(stored, context.piiPolicy, options.sealer) ?? known
}
