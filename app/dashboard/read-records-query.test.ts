import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecordsQuery } from './read-records-query'
import { isNarrowed, onTab, recordsAddress, type RecordsQuery, tabOf } from './records-query'

const EVERYTHING: RecordsQuery = {
  state: null,
  resource: null,
  why: null,
  search: '',
  sort: 'newest',
  place: null,
}
const ID = '01930000-0000-7000-8000-00000000dead'
const CURSOR = `2026-11-22T06:50:00.123456Z_${ID}`
const WHY = '0123456789abcdef0123456789abcdef'

const read = (address: string) => readRecordsQuery(new URL(address, 'https://app.example').searchParams)

describe('the address of the list of records', () => {
  it('says nothing of what is as it is by default', () => {
    expect(recordsAddress(EVERYTHING)).toBe('/app/records')
    expect(read('/app/records')).toEqual(EVERYTHING)
  })

  it('is read as it was written', () => {
    const queries: fc.Arbitrary<RecordsQuery> = fc.record({
      state: fc.constantFrom(null, 'under_way', 'retrying', 'in_step'),
      resource: fc.constantFrom(null, 'order', 'category'),
      why: fc.constant(null),
      search: fc
        .string({ unit: 'grapheme', maxLength: 50 })
        .map((text) => text.replaceAll('\0', '').trim())
        .filter((text) => text === text.trim() && text.length <= 200),
      sort: fc.constantFrom('newest', 'oldest'),
      place: fc.constantFrom(null, { after: CURSOR }, { before: CURSOR }),
    })
    fc.assert(
      fc.property(queries, (query) => {
        expect(read(recordsAddress(query))).toEqual(query)
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
    const { search } = read(`/app/records?q=${encodeURIComponent('a'.repeat(199) + '😀')}`)
    expect(search.isWellFormed()).toBe(true)
    expect(search).toHaveLength(200)
  })
})

describe('a query', () => {
  it('is under a tab, and changes it for everything that is under another', () => {
    expect(tabOf({ state: 'held' })).toBe('under_way')
    expect(tabOf({ state: null })).toBe('all')
    const query: RecordsQuery = { ...EVERYTHING, state: 'dead', resource: 'order', why: WHY, search: 'tea' }
    expect(onTab({ ...query, place: { after: CURSOR } }, 'all')).toEqual({
      ...EVERYTHING,
      resource: 'order',
      search: 'tea',
    })
  })

  it('is narrowed when its tab has more', () => {
    expect(isNarrowed(EVERYTHING)).toBe(false)
    expect(isNarrowed({ ...EVERYTHING, state: 'under_way' })).toBe(false)
    expect(isNarrowed({ ...EVERYTHING, state: 'held' })).toBe(true)
    expect(isNarrowed({ ...EVERYTHING, search: 'tea' })).toBe(true)
  })
})
