import { randomUUID } from 'node:crypto'
import { FEW_LINES } from '../options'
import { ReadingResult } from '../reading/reading-plan'
import { type ExportShelf, openShelf, startReader } from '../reading/start-reader'
import { finding, rateReading, type Reading } from '../report/finding'
import { quotients, spread } from '../statistics'
import { type Measured, type PartContext } from './part'

/** A file that takes long enough to read for memory to have taken what it will. */
const SOME_LINES = 100_000
/** How often the two short exports are read for their memory. */
const SHORT_READS = 3
/** What a small container leaves for the heap. */
const BOUNDED_HEAP_MB = 256

/** How much memory a process needs to read an export. Each is read by processes that have read nothing before, so that none finds room that another has made. */
export async function backfillMemory(context: PartContext): Promise<Measured> {
  const { lines } = context.options
  const shelf = await openShelf(context.stage)
  const few = await readRepeatedly(context, shelf, FEW_LINES, SHORT_READS)
  const some = await readRepeatedly(context, shelf, SOME_LINES, SHORT_READS)
  const many = await readRepeatedly(context, shelf, lines, 1)
  const bounded = [await readOnce(context, shelf, lines, BOUNDED_HEAP_MB)]
  const heap = bounded.map((result) => result.heap)
  return {
    conditions: `exports of ${FEW_LINES} and of ${SOME_LINES} lines, ${SHORT_READS} times each, and of ${lines} lines`,
    readings: [
      residentReading(FEW_LINES, few),
      residentReading(SOME_LINES, some),
      residentReading(lines, many),
      residentReading(lines, bounded, ` with a heap of ${BOUNDED_HEAP_MB} MB at most`),
      rateReading(`${inLines(lines)}: heap in use after collections, all through, at most, MB`, heap),
    ],
    findings: [finding('backfill-memory', quotients(residents(many), [spread(residents(few)).median]))],
  }
}

async function readRepeatedly(
  context: PartContext,
  shelf: ExportShelf,
  lines: number,
  times: number,
): Promise<ReadingResult[]> {
  const results: ReadingResult[] = []
  while (results.length < times) results.push(await readOnce(context, shelf, lines))
  return results
}

/** @param heapMb what the heap may take, in MB. Then it is also collected again and again, to see what stays in use. */
async function readOnce(
  { databases, stage }: PartContext,
  shelf: ExportShelf,
  lines: number,
  heapMb?: number,
): Promise<ReadingResult> {
  const reader = startReader(stage, 'reading/read-store.ts', heapMb)
  const plan = await shelf.plan(await databases.installed(`lines_${lines}_${randomUUID()}`), lines)
  reader.tell({ ...plan, watchesHeap: heapMb !== undefined })
  const result = ReadingResult.parse(await reader.message())
  await reader.stop()
  return result
}

const residents = (results: ReadingResult[]) => results.map(({ resident }) => resident)
const inLines = (lines: number) => `${lines.toLocaleString('en')} lines`

function residentReading(lines: number, results: ReadingResult[], under = ''): Reading {
  return rateReading(`${inLines(lines)}: resident memory at its peak${under}, MB`, residents(results))
}
