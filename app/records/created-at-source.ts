import { type RecordContext } from '../contracts/record-context'
import { type Sealer } from '../lib/sealing'
import { type RecordRow } from './record-row'
import { openKnown } from './sealed-known'

/**
 * When a record was created at its source, as it says; null when that is not known.
 *
 * @throws ParityError `SEAL_BROKEN` when the stored state cannot be opened
 */
export function createdAtSource(
  row: Pick<RecordRow, 'id' | 'known'>,
  { piiPolicy }: RecordContext,
  sealer: Sealer,
): string | null {
  const created = openKnown(row, piiPolicy, sealer).parts['core']?.data['created_at']
  return typeof created === 'string' ? created : null
}
