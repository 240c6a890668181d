import { type Resource } from '~/contracts/resource'
import { type RecordState } from '~/contracts/states'
import { type Place } from './activity-query'

/** The tabs of the list of records: each shows the records of some states. */
export const RECORDS_TABS = ['all', 'under_way', 'dead', 'excluded', 'in_step', 'deleted'] as const
export type RecordsTab = (typeof RECORDS_TABS)[number]

/** Not delivered yet, and nobody has given them up. */
export const UNDER_WAY = ['waiting', 'delivering', 'retrying', 'held'] as const satisfies RecordState[]

/** Which states are shown: one, or all that are under way. */
export type StateFilter = RecordState | 'under_way'

/** The latest activity first, or last. */
export type RecordsSort = 'newest' | 'oldest'

/** What the list of records shows. A place is a row's cursor: the time of its latest activity, and its id. */
export interface RecordsQuery {
  /** Null for all. */
  state: StateFilter | null
  /** Null for all. */
  resource: Resource | null
  /** Names one of the reasons for which records are not sent, or failed; null for all. */
  why: string | null
  /** What a person looks for; empty for nothing, and where an address does not say it: see `isLost`. */
  search: string
  /** What stands for it in the address: itself where it is an id, else the key under which the tab keeps it (kept-search.ts). */
  searchKey: string
  sort: RecordsSort
  place: Place
}

/** The tab that a query is under. */
export function tabOf({ state }: Pick<RecordsQuery, 'state'>): RecordsTab {
  switch (state) {
    case null:
      return 'all'
    case 'waiting':
    case 'delivering':
    case 'retrying':
    case 'held':
    case 'under_way':
      return 'under_way'
    case 'dead':
    case 'excluded':
    case 'in_step':
    case 'deleted':
      return state
  }
}

/** Everything of a tab, with what is kept from one tab to the other. */
export function onTab(query: RecordsQuery, tab: RecordsTab): RecordsQuery {
  return { ...query, state: tab === 'all' ? null : tab, why: null, place: null }
}

/** A text that cannot be about a person: an id of Parity's or of Shopify's API, or a number that is too short for a telephone's. */
const ID =
  /^(?:#?\d{1,6}|gid:\/\/shopify\/(?:Order|Product|Customer|Collection)\/\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

/** Whether what is looked for may stand in an address, and so in logs and in a browser's history. */
export function mayBeInAddress(search: string): boolean {
  return search === '' || ID.test(search)
}

/** Whether something is looked for and nobody knows what: the address of another person's tab, or one that was tampered with. */
export function isLost({ search, searchKey }: Pick<RecordsQuery, 'search' | 'searchKey'>): boolean {
  return search === '' && searchKey !== ''
}

/** Whether less is shown than the tab has. */
export function isNarrowed(query: RecordsQuery): boolean {
  const { resource, why, searchKey, state } = query
  return resource !== null || why !== null || searchKey !== '' || state !== onTab(query, tabOf(query)).state
}

/** The address of the list of records, without parameters that say nothing. What may be personal is not in it. */
export function recordsAddress(query: Partial<RecordsQuery>): string {
  const { state, resource, why, searchKey, sort, place } = query
  const params = new URLSearchParams()
  if (searchKey) params.set('q', searchKey)
  if (state) params.set('state', state)
  if (resource) params.set('resource', resource)
  if (why) params.set('why', why)
  if (sort === 'oldest') params.set('sort', sort)
  if (place) for (const [side, cursor] of Object.entries(place)) params.set(side, cursor)
  const text = params.toString()
  return text === '' ? '/app/records' : `/app/records?${text}`
}
