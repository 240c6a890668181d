import { describe, expect, it } from 'vitest'
import { keepSearch, keptSearch } from './kept-search'

describe('what a person looks for', () => {
  it.each(['Ada Lovelace', 'ada@tea.example', 'oolong', '4915112345678', 'kept'])(
    'is kept out of addresses, and known to the tab: %s',
    (search) => {
      const key = keepSearch(search)
      expect(key).toMatch(/^kept-[0-9a-f-]{36}$/)
      expect(keptSearch(key)).toBe(search)
    },
  )

  it('has another key each time, so that a key tells nothing', () => {
    expect(keepSearch('Ada')).not.toBe(keepSearch('Ada'))
  })

  it.each(['', '16', '#1001', '01930000-0000-7000-8000-00000000dead', 'gid://shopify/Product/7310040137990'])(
    'stands in the address when it is an id: %s',
    (search) => {
      expect(keepSearch(search)).toBe(search)
    },
  )

  it('is not known under a key of another tab', () => {
    expect(keptSearch('kept-01930000-0000-4000-8000-00000000dead')).toBeNull()
  })
})
