import { type StoreReader } from '../contracts/store-reader'
import { endSlice, noteExport, putOff } from './change-slice'
import { pollAfter } from './poll-after'
import { readReach } from './read-reach'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'
import { withinReach } from './within-reach'

/** How long to wait where the store has as many exports under way as it allows. */
const FULL_MS = 30_000

/** Has the store export what can be read of a slice; where nothing of it can, the slice is skipped and says why. */
export async function beginExport(
  { sourceConnectionId }: Run,
  slice: Slice,
  reader: StoreReader,
  { db, clock }: RunPorts,
): Promise<void> {
  const reach = await readReach(db, sourceConnectionId, slice.resource)
  const within = withinReach(slice, reach, clock())
  if (within.kind === 'nothing') {
    await endSlice(db, slice, { state: 'skipped', code: null, words: within.words }, clock())
    return
  }
  const { resource, createdFrom, createdUntil, updatedFrom } = within.selection
  const begun = await reader.startExport({ resource, createdFrom, createdUntil, updatedFrom })
  const now = clock()
  if (begun === null) {
    await putOff(db, slice, new Date(now.getTime() + FULL_MS))
    return
  }
  const noted = { ...begun, selection: within.selection, dueAt: pollAfter(begun.takenAt, now) }
  if (!(await noteExport(db, slice, noted))) await reader.cancelExport(begun.exportId)
}
