import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecordsQuery } from './read-records-query'
import {
  isLost,
  isNarrowed,
  mayBeInAddress,
  onTab,
  recordsAddress,
  type RecordsQuery,
  tabOf,
} from './records-query'

const EVERYTHING: RecordsQuery = {
  state: null,
  resource: null,
  why: null,
  search: '',
  searchKey: '',
  sort: 'newest',
  place: null,
}
const ID = '01930000-0000-7000-8000-00000000dead'
const CURSOR = `2026-11-22T06:50:00.123456Z_${ID}`
const WHY = '0123456789abcdef0123456789abcdef'

const KEY = 'kept-01930000-0000-4000-8000-00000000dead'

const read = (address: string, kept?: string) =>
  readRecordsQuery(new URL(address, 'https://app.example').searchParams, kept)

describe('the address of the list of records', () => {
  it('says nothing of what is as it is by default', () => {
    expect(recordsAddress(EVERYTHING)).toBe('/app/records')
    expect(read('/app/records')).toEqual(EVERYTHING)
  })

  it('is read as it was written', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
      .map((text) => text.replaceAll('\0', '').trim())
      .filter((text) => text === text.trim() && !mayBeInAddress(text))
    const searches = fc.oneof(
      fc.constantFrom('', '16', '#1001', ID, 'gid://shopify/Order/7310040137990').map((search) => ({
        search,
        searchKey: search,
      })),
      text.map((search) => ({ search, searchKey: KEY })),
    )
    const filters = fc.record({
      state: fc.constantFrom<RecordsQuery['state'][]>(null, 'under_way', 'retrying', 'in_step'),
      resource: fc.constantFrom<RecordsQuery['resource'][]>(null, 'order', 'category'),
      why: fc.constant(null),
      sort: fc.constantFrom<RecordsQuery['sort'][]>('newest', 'oldest'),
      place: fc.constantFrom<RecordsQuery['place'][]>(null, { after: CURSOR }, { before: CURSOR }),
    })
    fc.assert(
      fc.property(filters, searches, (filtered, searched) => {
        const query: RecordsQuery = { ...filtered, ...searched }
        expect(read(recordsAddress(query), searched.search)).toEqual(query)
      }),
    )
    const failed: RecordsQuery = { ...EVERYTHING, state: 'dead', why: WHY }
    expect(read(recordsAddress(failed))).toEqual(failed)
  })

  it.each([
    '?state=gone&resource=shoe&sort=up',
    '?after=1&before=2',
    `?after=0000-11-22T06:50:00.123456Z_${ID}`,
    `?after=2026-13-22T06:50:00.123456Z_${ID}`,
    `?after=2026-02-30T06:50:00.123456Z_${ID}`,
    `?after=2026-11-22T06:50:00.123456Z_${ID}_1`,
    `?after=${ID}&before=2026-11-22T06:50:00Z_${ID}`,
    `?after=2026-11-22T06:50:00.123456Z_x'--`,
    '?why=<script>&state[]=dead',
    '?q=%00%00',
  ])('that was tampered with is as if nothing were said: %s', (params) => {
    expect(read(`/app/records${params}`)).toEqual(EVERYTHING)
  })

  it('names a reason only where records have one', () => {
    expect(read(`/app/records?state=excluded&why=${WHY}`).why).toBe(WHY)
    expect(read(`/app/records?state=in_step&why=${WHY}`).why).toBeNull()
  })

  it('looks for so many letters at most, and for no half of one', () => {
    const { search } = read(`/app/records?q=${KEY}`, 'a'.repeat(199) + '😀')
    expect(search.isWellFormed()).toBe(true)
    expect(search).toHaveLength(200)
  })
})

describe('what a person looks for', () => {
  it.each([
    'Ada Lovelace',
    'ada@tea.example',
    'oolong',
    '+49 151 12345678',
    '4915112345678',
    'kept-1',
    `${ID} Ada`,
  ])('is not read from an address where it may be personal, and does not stay there: %s', (search) => {
    const query = read(`/app/records?q=${encodeURIComponent(search)}&state=dead`)
    expect(query).toMatchObject({ search: '', searchKey: 'kept', state: 'dead' })
    expect(isLost(query)).toBe(true)
    expect(recordsAddress(query)).toBe('/app/records?q=kept&state=dead')
  })

  it('is what the tab keeps under the key of the address, and unknown without it', () => {
    expect(read(`/app/records?q=${KEY}`, ' Ada\0 ')).toMatchObject({ search: 'Ada', searchKey: KEY })
    expect(isLost(read(`/app/records?q=${KEY}`, 'Ada'))).toBe(false)
    expect(isLost(read(`/app/records?q=${KEY}`))).toBe(true)
    expect(isLost(read('/app/records'))).toBe(false)
  })

  it('is an id that the address has, whatever is kept', () => {
    expect(read('/app/records?q=%231001', 'Ada')).toMatchObject({ search: '#1001', searchKey: '#1001' })
  })
})

describe('a query', () => {
  it('is under a tab, and changes it for everything that is under another', () => {
    expect(tabOf({ state: 'held' })).toBe('under_way')
    expect(tabOf({ state: null })).toBe('all')
    const query: RecordsQuery = {
      ...EVERYTHING,
      state: 'dead',
      resource: 'order',
      why: WHY,
      search: 'tea',
      searchKey: KEY,
    }
    expect(onTab({ ...query, place: { after: CURSOR } }, 'all')).toEqual({
      ...EVERYTHING,
      resource: 'order',
      search: 'tea',
      searchKey: KEY,
    })
  })

  it('is narrowed when its tab has more', () => {
    expect(isNarrowed(EVERYTHING)).toBe(false)
    expect(isNarrowed({ ...EVERYTHING, state: 'under_way' })).toBe(false)
    expect(isNarrowed({ ...EVERYTHING, state: 'held' })).toBe(true)
    expect(isNarrowed({ ...EVERYTHING, search: 'tea', searchKey: KEY })).toBe(true)
  })
})
