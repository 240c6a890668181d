import { type PiiPolicy } from '../contracts/resource'
import { type Sealer } from '../lib/sealing'
import { withinPiiPolicy } from './apply-pii-policy'
import { Known, NOTHING } from './known'
import { type RecordRow } from './record-row'

/**
 * What is known of a record, without the personal data that its connection's policy does not allow: what a looser policy let in
 * before is neither sent nor stored again.
 *
 * @throws ParityError `SEAL_BROKEN` when the stored bytes cannot be opened
 */
export function openKnown(
  { id, known }: Pick<RecordRow, 'id' | 'known'>,
  policy: PiiPolicy,
  sealer: Sealer,
): Known {
  if (known === null) return NOTHING
  return withinPiiPolicy(Known.parse(JSON.parse(sealer.openText(known, purposeOf(id)))), policy)
}

/** What is known of a record, as it is stored. */
export function sealKnown(known: Known, recordId: string, sealer: Sealer): Uint8Array {
  return sealer.seal(JSON.stringify(known), purposeOf(recordId))
}

/** What a sealed state is bound to: it opens for its own record only. */
function purposeOf(recordId: string): string {
  return `record:${recordId}`
}
