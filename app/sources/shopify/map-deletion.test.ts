import { describe, expect, it } from 'vitest'
import { mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'

describe('a deletion', () => {
  it.each([
    ['customers/delete', '2023-07/customers_delete', 'customer', '7234567890123456789'],
    ['customers/delete', '2026-10/customers_delete', 'customer', '7234567890123456789'],
    ['orders/delete', '2026-10/orders_delete', 'order', '6543210987654321012'],
    ['products/delete', '2026-10/products_delete', 'product', '5123456789012345678'],
    ['collections/delete', '2026-10/collections_delete', 'category', '4012345678901234567'],
  ])('by %s (%s) is an id and the trigger time', (topic, fixture, resource, externalId) => {
    expect(mappedAs('deletion', topic, shopifyBody(fixture))).toEqual({
      kind: 'deletion',
      resource,
      externalId,
      version: { updatedAt: '2026-09-14T16:20:32.123456789Z', triggeredAt: '2026-09-14T16:20:32.123456789Z' },
      deletedAt: '2026-09-14T16:20:32.123456789Z',
    })
  })

  it('has no time of its own where the trigger time is unknown', () => {
    const news = mappedAs('deletion', 'products/delete', { id: '1' }, null)
    expect(news).toMatchObject({ version: { updatedAt: '', triggeredAt: '' }, deletedAt: null })
  })
})
