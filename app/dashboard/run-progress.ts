import { READING_ORDER, type ReadableResource } from '~/contracts/store-reader'

/** Where a slice of a run stands. */
export type SliceState = 'waiting' | 'exporting' | 'reading' | 'finished' | 'failed' | 'skipped' | 'cancelled'

/** A slice of a run, as far as its progress goes. */
export interface SliceView {
  resource: ReadableResource
  state: SliceState
  /** How many records the store says there are; null until it has said so. */
  records: number | null
  read: number
  /** When the first record was read; null before. */
  startedAt: Date | null
  /** What is wrong with it, or why it was left out, in words; null when all is well. */
  words: string | null
}

/** How far a run has come with one resource. */
export interface ResourceProgress {
  resource: ReadableResource
  state: SliceState
  read: number
  /** Null while it is not known of all slices. */
  total: number | null
  /** Records a second; null while none is being read. */
  perSecond: number | null
  /** How long it will take at that rate, in milliseconds; null while that cannot be told. */
  leftMs: number | null
  words: string | null
}

/** The state of several slices together is the first of these that one of them has. */
const PRECEDENCE: readonly SliceState[] = [
  'reading',
  'exporting',
  'waiting',
  'failed',
  'cancelled',
  'finished',
  'skipped',
]

/** A shorter measurement says nothing about a rate. */
const LEAST_MS = 1_000

/** The progress of each resource that a run reads, in the order in which a store is read. */
export function progressOf(slices: SliceView[], now: Date): ResourceProgress[] {
  return READING_ORDER.flatMap((resource) => {
    const own = slices.filter((slice) => slice.resource === resource)
    return own.length === 0 ? [] : [progressOfResource(resource, own, now)]
  })
}

function progressOfResource(resource: ReadableResource, slices: SliceView[], now: Date): ResourceProgress {
  const state = PRECEDENCE.find((each) => slices.some((slice) => slice.state === each)) ?? 'waiting'
  const read = slices.reduce((sum, slice) => sum + slice.read, 0)
  const total = totalOf(slices)
  const perSecond = rateOf(slices, now)
  return {
    resource,
    state,
    read,
    total,
    perSecond,
    leftMs: perSecond && total !== null ? (Math.max(0, total - read) / perSecond) * 1_000 : null,
    words: slices.find(({ words }) => words !== null)?.words ?? null,
  }
}

/** What is left out is not waited for. */
function totalOf(slices: SliceView[]): number | null {
  let total = 0
  for (const { state, records, read } of slices) {
    if (state === 'skipped') continue
    if (records === null) return null
    total += Math.max(records, read)
  }
  return total
}

function rateOf(slices: SliceView[], now: Date): number | null {
  let perSecond = 0
  for (const { state, read, startedAt } of slices) {
    const ms = startedAt ? now.getTime() - startedAt.getTime() : 0
    if (state === 'reading' && ms >= LEAST_MS) perSecond += read / (ms / 1_000)
  }
  return perSecond > 0 ? perSecond : null
}
