import { type ClaimedRecord } from '../records/claim-records'
import { type Settled } from '../records/settle-records'

/** What a settlement says of the claim that it settles. */
export function claimOf(row: ClaimedRecord, generation: number): Omit<Settled, 'settlement' | 'attempt'> {
  const { id: recordId, claimId, known, desiredHash, revision } = row
  return { recordId, claimId, known, sentHash: desiredHash ?? '', revision, generation }
}
