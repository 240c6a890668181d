import { describe, expect, it } from 'vitest'
import { mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'

describe('a collection', () => {
  it('is a category without a parent', () => {
    expect(mappedAs('state', 'collections/create', shopifyBody('2026-10/collections_create'))).toEqual({
      kind: 'state',
      resource: 'category',
      externalId: '4012345678901234567',
      action: 'created',
      version: { updatedAt: '2026-09-02T10:00:00.000000000Z', triggeredAt: '2026-09-14T16:20:32.123456789Z' },
      updatedAt: '2026-09-02T10:00:00Z',
      parts: { core: { name: 'Tableware', handle: 'tableware', parent_external_id: null } },
    })
  })

  it('has a count only where the payload counts', () => {
    const parts = (count: string | null) =>
      mappedAs('state', 'collections/update', { id: '1', products_count: count }).parts
    expect(parts('12')).toMatchObject({ count: { product_count: 12 } })
    expect(parts(null)).toMatchObject({ count: { product_count: null } })
    expect(mappedAs('state', 'collections/update', { id: '1' }).parts).not.toHaveProperty('count')
  })
})
