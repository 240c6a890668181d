import { setImmediate } from 'node:timers/promises'
import { type StoreReader } from '../contracts/store-reader'
import { commitPage, type Progress } from './commit-page'
import { endSlice } from './change-slice'
import { failTry } from './fail-try'
import { inPages } from './in-pages'
import { readAhead } from './read-ahead'
import { noExport } from './look-at-export'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'

/** How many records share a transaction: enough to share its cost, and few enough that webhooks of the same records do not notice. */
const PAGE = 200
/** The longest that an export is read at a stretch, should the store stop talking in the middle. */
const PATIENCE_MS = 60_000

/**
 * Reads the export of a slice on from where it was left, page by page, until it is done or the signal is aborted. Each page moves the
 * cursor in its own transaction. When all is read, what was read is held against what the store says that it wrote.
 *
 * @throws ParityError as every question to a store; the slice stays as it is, to be gone on with
 */
export async function readSlice(
  run: Run,
  slice: Slice,
  reader: StoreReader,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<void> {
  // Where the file is may have expired: it is asked for anew each time.
  const answer = await reader.exportState(slice.exportId!)
  if (answer.kind === 'failed' || answer.kind === 'gone') return noExport(run, slice, answer, reader, ports)
  if (answer.kind !== 'ready') return

  const isRead = answer.url === null || slice.readRecords >= answer.records
  const read = isRead ? slice : await readPages(run, slice, answer.url!, reader, ports, signal)
  if (read) await finish(slice, read, ports)
}

/** @returns what was read when there is no more to read; null when it was stopped, or somebody else goes on */
async function readPages(
  run: Run,
  slice: Slice,
  url: string,
  reader: StoreReader,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<Progress | null> {
  const { resource, takenAt } = slice
  const ending = new AbortController()
  const listening = AbortSignal.any([ending.signal, AbortSignal.timeout(PATIENCE_MS)])
  let at: Progress = slice
  try {
    const from = { url, resource, takenAt: takenAt!, byte: Number(slice.cursor) }
    for await (const page of readAhead(inPages(reader.readExport(from, listening), PAGE))) {
      const next = await commitPage(run, { slice, at }, page, ports)
      if (!next) return null
      at = next
      if (signal.aborted) return null
      await setImmediate()
    }
    return at
  } catch (error) {
    if (listening.aborted) return null
    throw error
  } finally {
    ending.abort()
  }
}

/** Never green with rows missing. */
async function finish(slice: Slice, read: Progress, { db, clock }: RunPorts): Promise<void> {
  const words = whatIsWrong(slice, read)
  await (words === null
    ? endSlice(db, slice, { state: 'finished', code: null, words: null }, clock())
    : failTry(db, slice, { code: 'EXPORT_INCOMPLETE', words }, clock()))
}

function whatIsWrong({ records, objects }: Slice, read: Progress): string | null {
  const wrong = [
    read.readRecords !== records &&
      `The store says that it wrote ${records} records, and ${read.readRecords} were read.`,
    read.readObjects !== objects &&
      `The store says that it wrote ${objects} lines, and ${read.readObjects} were read.`,
    read.faulty > 0 && `${read.faulty} of the records could not be understood, or lacked a part.`,
  ].filter((sentence) => sentence !== false)
  return wrong.length === 0 ? null : wrong.join(' ')
}
