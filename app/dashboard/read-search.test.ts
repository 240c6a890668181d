import { describe, expect, it } from 'vitest'
import { Resource } from '~/contracts/resource'
import { emailHash } from '~/lib/email-hash'
import { readSearch } from './read-search'

const ID = '01930000-0000-7000-8000-00000000DEAD'
const NONE = { recordId: null, externalId: null, resources: [], emailHash: null, words: [] }

describe('what a person looks for', () => {
  it('is an id of Parity’s own', () => {
    expect(readSearch(ID)).toEqual({ ...NONE, recordId: ID.toLowerCase() })
  })

  it.each([
    ['gid://shopify/Product/7310040137990', 'product'],
    ['gid://shopify/Collection/7310040137990', 'category'],
    ['gid://shopify/Order/7310040137990?x=1', 'order'],
  ])('is an id of Shopify’s API: %s', (gid, resource) => {
    expect(readSearch(gid)).toEqual({ ...NONE, externalId: '7310040137990', resources: [resource] })
  })

  it('is an id in the store, or a number', () => {
    const anywhere = { ...NONE, resources: Resource.options }
    expect(readSearch('7310040137990')).toEqual({
      ...anywhere,
      externalId: '7310040137990',
      words: ['7310040137990'],
    })
    expect(readSearch('#1001')).toEqual({ ...anywhere, externalId: '#1001', words: ['1001'] })
  })

  it('is an e-mail address, as a whole', () => {
    expect(readSearch('Ada@Tea.example')).toMatchObject({
      emailHash: emailHash('ada@tea.example'),
      words: [],
    })
  })

  it('is words, six at most', () => {
    expect(readSearch('Blue  Oolong tea').words).toEqual(['blue', 'oolong', 'tea'])
    expect(readSearch('a b c d e f g h').words).toHaveLength(6)
  })

  it('is nothing that could be found', () => {
    expect(readSearch('…').words).toEqual([])
    expect(readSearch('gid://shopify/Shoe/1')).toMatchObject({ recordId: null, emailHash: null })
  })
})
