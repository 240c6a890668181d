import { type ExportState, type StoreReader } from '../contracts/store-reader'
import { noteReady, putOff } from './change-slice'
import { pollAfter } from './poll-after'
import { refuseSlice } from './refuse-slice'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'
import { failTry } from './fail-try'

/** Looks whether the export of a slice is ready, and moves the slice on if so. */
export async function lookAtExport(
  run: Run,
  slice: Slice,
  reader: StoreReader,
  ports: RunPorts,
): Promise<void> {
  const { db, clock } = ports
  const answer = await reader.exportState(slice.exportId!)
  switch (answer.kind) {
    case 'under_way':
      await putOff(db, slice, pollAfter(slice.takenAt!, clock()))
      return
    case 'ready':
      await noteReady(db, slice, answer, clock())
      return
    case 'failed':
    case 'gone':
      await noExport(run, slice, answer, reader, ports)
  }
}

/** An export that failed, or that the store does not have any more. */
export function noExport(
  run: Run,
  slice: Slice,
  answer: Extract<ExportState, { kind: 'failed' | 'gone' }>,
  reader: StoreReader,
  ports: RunPorts,
): Promise<void> {
  if (answer.kind === 'gone') return failTry(ports.db, slice, EXPIRED, ports.clock())
  if (answer.isRefused) return refuseSlice(run, slice, answer.words, reader, ports)
  return failTry(ports.db, slice, { code: 'EXPORT_FAILED', words: answer.words }, ports.clock())
}

const EXPIRED = { code: 'EXPORT_EXPIRED', words: 'The export expired before all of it was read.' }
