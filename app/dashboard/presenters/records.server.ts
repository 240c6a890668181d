import { Resource } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Sealer } from '~/lib/sealing'
import { type Clock } from '~/lib/time'
import { causeKey, partsOfCause } from '~/records/cause'
import { countRecords, type RecordCount } from '~/records/count-records'
import { type Place } from '../activity-query'
import { isLost, RECORDS_TABS, type RecordsQuery, type RecordsTab, tabOf, UNDER_WAY } from '../records-query'
import { pageOfRows } from './page-of-rows'
import { listRecords, SEARCHED_RECORDS } from './record-list.server'
import { presentRecordRows, type RecordRow } from './record-rows.server'
import { findRecords } from './record-search.server'
import { type ShopScope } from './scope.server'

/** One of the reasons for which records of a tab stand where they do. */
export interface ReasonView {
  /** Names it in an address. */
  key: string
  /** In words, or what the SaaS said, or its code; null for those that are told apart no further. */
  words: string | null
  count: number
}

/** What the list of records shows. */
export interface RecordsView {
  /** When this was read, ISO 8601. */
  now: string
  query: RecordsQuery
  rows: RecordRow[]
  /** Where the neighbouring pages begin; null where there are none. A search has one page. */
  newer: Place
  older: Place
  /** Whether there may be more that match than was looked through. */
  isPartial: boolean
  /** How many there are under each tab, of the resource that is shown. */
  counts: Record<RecordsTab, number>
  /** How many records the filters let through; null where that is not counted: of a search. */
  matching: number | null
  /** The most frequent first; empty where records of the tab have none. */
  reasons: ReasonView[]
  /** Whether the shop has any record at all. */
  hasRecords: boolean
}

interface Ports {
  db: Database
  sealer: Sealer
  clock: Clock
}

/**
 * Reads the list of a shop's records.
 *
 * @param reveal whether the names of persons are shown in full
 * @param searched how far records of one reason are looked for; for tests
 */
export async function presentRecords(
  ports: Ports,
  scope: ShopScope,
  query: RecordsQuery,
  { reveal = false, searched = SEARCHED_RECORDS } = {},
): Promise<RecordsView> {
  const now = ports.clock().toISOString()
  const all = await countRecords(ports.db, scope.sourceIds)
  const counted = all.filter(({ resource }) => query.resource === null || resource === query.resource)
  const reasons = reasonsOf(counted, query)
  const page = await readPage(ports, scope, query, { why: whyOf(counted, query), searched })
  return {
    now,
    query,
    ...page,
    rows: await presentRecordRows({ ...ports, reveal }, scope, page.rows),
    counts: countByTab(counted),
    matching: query.searchKey === '' ? countMatching(counted, query, reasons) : null,
    reasons,
    hasRecords: all.length > 0,
  }
}

type Page = Pick<RecordsView, 'newer' | 'older' | 'isPartial'> & { rows: string[] }

async function readPage(
  ports: Ports,
  scope: ShopScope,
  query: RecordsQuery,
  { why, searched }: { why: string | null; searched: number },
): Promise<Page> {
  const { search, sort, place } = query
  if (isLost(query)) return { rows: [], newer: null, older: null, isPartial: false }
  const filters = { states: statesOf(query), resources: query.resource ? [query.resource] : Resource.options }
  if (search !== '') {
    const found = await findRecords(ports, scope, { text: search, sort, ...filters })
    return { rows: found.recordIds, newer: null, older: null, isPartial: found.hasMore }
  }
  const read = await listRecords(ports.db, scope, { ...filters, why, sort, place }, searched)
  const { rows, newer, older, searchedInPart } = pageOfRows(read)
  return { rows: rows.map(({ recordId }) => recordId), newer, older, isPartial: searchedInPart }
}

function statesOf({ state }: RecordsQuery): readonly RecordState[] {
  if (state === null) return RecordState.options
  return state === 'under_way' ? UNDER_WAY : [state]
}

/** The reasons of a tab whose records have one. */
function reasonsOf(counted: RecordCount[], { state }: RecordsQuery): ReasonView[] {
  if (state !== 'dead' && state !== 'excluded') return []
  const counts = new Map<string, number>()
  for (const row of counted)
    if (row.state === state) counts.set(row.reason, (counts.get(row.reason) ?? 0) + row.count)
  return [...counts]
    .map(([reason, count]) => ({ key: causeKey(reason), words: wordsOf(state, reason), count }))
    .sort((a, b) => b.count - a.count)
}

function wordsOf(state: 'dead' | 'excluded', reason: string): string | null {
  if (state === 'excluded') return reason === '' ? null : reason
  const { code, complaint } = partsOfCause(reason)
  return complaint ?? code
}

/** The reason that a query names, as it is counted; null for none. One that no record has any more is still asked for: nothing matches then. */
function whyOf(counted: RecordCount[], { why, state }: RecordsQuery): string | null {
  if (why === null) return null
  return counted.find((row) => row.state === state && causeKey(row.reason) === why)?.reason ?? why
}

function countByTab(counted: RecordCount[]): Record<RecordsTab, number> {
  const counts = Object.fromEntries(RECORDS_TABS.map((tab) => [tab, 0])) as Record<RecordsTab, number>
  for (const { state, count } of counted) {
    counts.all += count
    counts[tabOf({ state: state === 'unknown' ? 'waiting' : state })] += count
  }
  return counts
}

function countMatching(counted: RecordCount[], query: RecordsQuery, reasons: ReasonView[]): number {
  if (query.why !== null) return reasons.find(({ key }) => key === query.why)?.count ?? 0
  const states = statesOf(query)
  return counted
    .filter(({ state }) => states.includes(state === 'unknown' ? 'waiting' : state))
    .reduce((sum, { count }) => sum + count, 0)
}
