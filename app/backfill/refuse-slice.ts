import { type StoreReader } from '../contracts/store-reader'
import { endSlice } from './change-slice'
import { refreshReach } from './refresh-reach'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'
import { withinReach } from './within-reach'

/**
 * Ends a slice that the store refuses to export. It is asked anew how far it can be read: what cannot be read any more is skipped and says
 * so; where it should be readable, the slice has failed.
 */
export async function refuseSlice(
  { sourceConnectionId }: Run,
  slice: Slice,
  words: string,
  reader: StoreReader,
  { db, queue, clock }: RunPorts,
): Promise<void> {
  const reaches = await refreshReach({ db, queue }, sourceConnectionId, reader, clock())
  const within = withinReach(slice, reaches[slice.resource].reach, clock())
  const end =
    within.kind === 'nothing'
      ? { state: 'skipped' as const, code: null, words: within.words }
      : { state: 'failed' as const, code: 'EXPORT_REFUSED', words }
  await endSlice(db, slice, end, clock())
}
