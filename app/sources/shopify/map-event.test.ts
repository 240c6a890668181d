import { describe, expect, it } from 'vitest'
import { mapped, shopifyBody } from '../../../tests/support/shopify-fixture'

const PRODUCT = '5123456789012345678'
const everyPart = ['core', 'variants', 'stock', 'collections']

describe('an event of the Events family', () => {
  it('that deletes names the record by its gid', () => {
    expect(mapped('product/delete', shopifyBody('unstable/product_delete'))).toMatchObject([
      {
        kind: 'deletion',
        resource: 'product',
        externalId: PRODUCT,
        deletedAt: '2026-09-14T16:20:32.123456789Z',
      },
    ])
  })

  it('of any other kind is a hint on every part: its data is whatever the subscription asked for', () => {
    expect(mapped('product/update', shopifyBody('unstable/product_update'))).toMatchObject([
      { kind: 'hint', resource: 'product', externalId: PRODUCT, parts: everyPart },
    ])
    expect(mapped('product', { query_variables: { a: `gid://shopify/Product/${PRODUCT}` } })).toMatchObject([
      { kind: 'hint', externalId: PRODUCT },
    ])
  })

  it('that deletes and names several records deletes none of them', () => {
    const ids = ['gid://shopify/Customer/1', 'gid://shopify/Customer/2', 'gid://shopify/Order/3']
    expect(mapped('customer/delete', { query_variables: { ids } })).toMatchObject([
      { kind: 'hint', externalId: '1' },
      { kind: 'hint', externalId: '2' },
    ])
  })

  it('that names no record cannot be understood', () => {
    for (const body of [{}, [], null, 'x', { query_variables: { id: 'gid://shopify/Shop/1' } }]) {
      expect(mapped('product/delete', body)).toEqual([
        { kind: 'unmapped', reason: 'The field query_variables names no Product.' },
      ])
    }
  })
})
