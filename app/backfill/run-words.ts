import { type Missed } from '../contracts/missed'
import { type ReadableResource, READING_ORDER } from '../contracts/store-reader'
import { type GoneCount } from './count-gone'
import { type Silence } from './find-silence'
import { type KeptCount } from './kept-records'
import { type Run, type Slice } from './read-run'

const NAMES: Record<ReadableResource, { one: string; many: string }> = {
  category: { one: 'collection', many: 'collections' },
  product: { one: 'product', many: 'products' },
  customer: { one: 'customer', many: 'customers' },
  order: { one: 'order', many: 'orders' },
}

/** So many of a resource, such as `12 products`. */
export function numberOf(count: number, resource: ReadableResource): string {
  return `${count.toLocaleString('en')} ${count === 1 ? NAMES[resource].one : NAMES[resource].many}`
}

/** Such as `Shopify sent nothing of products since 2026-11-21 14:05 UTC.` */
export function wordsOfSilence({ resource, since }: Silence): string {
  const when = since === null ? 'for a day' : `since ${utcMinute(since)}`
  return `Shopify sent nothing of ${NAMES[resource].many} ${when}.`
}

/** Such as `No webhook had told of these: orders/create 1, products/update 2.` */
export function wordsOfMissed(missed: Missed): string {
  const counts = Object.entries(missed)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([topic, count]) => `${topic} ${count.toLocaleString('en')}`)
  return `No webhook had told of these: ${counts.join(', ')}.`
}

/** A time to the minute: what is stored for people knows nobody's time zone. */
export function utcMinute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** What a run came to, in words for a person: what it could not read, what it read and found, and what it left alone or out. */
export function wordsAtEnd(run: Run, kept: KeptCount[]): string {
  const failed = run.slices.filter(({ state }) => state === 'failed').map(wordsOfFailed)
  const skipped = run.slices.filter(({ state }) => state === 'skipped').map(wordsOfSkipped)
  const missed = run.missed ? [wordsOfMissed(run.missed)] : []
  return [...failed, wordsOfRead(run), ...missed, ...wordsOfKept(kept), ...skipped].join(' ')
}

/** What a run asks a person before it deletes anything, and why. */
export interface DeletionQuestion {
  counts: GoneCount[]
  /** It is more than is usual; or a person decided before to keep some of it. */
  because: 'much' | 'kept_before'
}

const BECAUSE: Record<DeletionQuestion['because'], string> = {
  much: 'Because that is much',
  kept_before: 'Because a person decided before to keep some of it',
}

/** What a run asks a person, in words. */
export function wordsOfQuestion({ counts, because }: DeletionQuestion): string {
  const shares = counts.map(
    ({ resource, gone, held }) => `${numberOf(gone, resource)} of ${held.toLocaleString('en')}`,
  )
  return `Not in the store any more: ${list(shares)}. ${BECAUSE[because]}, nothing is deleted before a person confirms it.`
}

/** Why nothing that is missing is taken for gone. */
export function wordsOutOfReach(resource: ReadableResource): string {
  return `While it ran, the store began to let Parity read fewer ${NAMES[resource].many}. So what is missing may only be out of reach, and nothing was deleted.`
}

function wordsOfRead({ kind, slices, changed, gone }: Run): string {
  const read = READING_ORDER.flatMap((resource) => {
    const parts = slices.filter((slice) => slice.resource === resource && slice.readRecords > 0)
    const count = parts.reduce((sum, { readRecords }) => sum + readRecords, 0)
    return count === 0 ? [] : [numberOf(count, resource)]
  })
  if (read.length === 0) return 'There was nothing to read.'
  const found = `Compared ${list(read)}; ${changed.toLocaleString('en')} differed and ${changed === 1 ? 'was' : 'were'} repaired.`
  if (kind === 'backfill') return found
  return `${found} ${(gone ?? 0).toLocaleString('en')} had gone from the store and ${gone === 1 ? 'was' : 'were'} deleted.`
}

function wordsOfKept(counts: KeptCount[]): string[] {
  if (counts.length === 0) return []
  const isOne = counts.reduce((sum, { kept }) => sum + kept, 0) === 1
  const records = list(counts.map(({ resource, kept }) => numberOf(kept, resource)))
  return [
    `${records} that ${isOne ? 'is' : 'are'} not in the store any more ${isOne ? 'was' : 'were'} kept, as a person had decided.`,
  ]
}

function wordsOfFailed(slice: Slice): string {
  return `${named(slice)} could not be read in full: ${slice.detail ?? 'it is not known why.'} What was read is kept.`
}

function wordsOfSkipped(slice: Slice): string {
  return `${named(slice)} were left out: ${slice.detail ?? 'they are out of reach.'}`
}

function named({ resource, createdUntil }: Slice): string {
  const { many } = NAMES[resource]
  return createdUntil === null ? `${many[0]!.toUpperCase()}${many.slice(1)}` : `Older ${many}`
}

function list(parts: string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
}
