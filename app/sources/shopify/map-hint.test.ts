import { describe, expect, it } from 'vitest'
import { mapped, mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'
import { type LosslessJson } from '../../lib/lossless-json'

const ORDER = '6543210987654321012'
const ADA = '7234567890123456789'

describe('a hint', () => {
  it.each([
    ['orders/edited', 'orders_edited', 'order', ORDER, ['core']],
    ['refunds/create', 'refunds_create', 'order', ORDER, ['core']],
    ['order_transactions/create', 'order_transactions_create', 'order', ORDER, ['core']],
    ['fulfillments/create', 'fulfillments_create', 'order', ORDER, ['core']],
    ['fulfillments/update', 'fulfillments_create', 'order', ORDER, ['core']],
    ['fulfillment_events/create', 'fulfillment_events_create', 'order', ORDER, ['core']],
    ['customer.tags_added', 'customer.tags_added', 'customer', ADA, ['tags']],
    ['customer.tags_removed', 'customer.tags_added', 'customer', ADA, ['tags']],
    [
      'customers_email_marketing_consent/update',
      'customers_email_marketing_consent_update',
      'customer',
      ADA,
      ['consent'],
    ],
    [
      'customers_marketing_consent/update',
      'customers_marketing_consent_update',
      'customer',
      ADA,
      ['consent'],
    ],
    ['customers/purchasing_summary', 'customers_purchasing_summary', 'customer', ADA, ['totals']],
    ['variants/out_of_stock', 'variants_out_of_stock', 'product', '5123456789012345678', ['core', 'stock']],
  ])('by %s names the record and what may have changed', (topic, fixture, resource, externalId, parts) => {
    expect(mappedAs('hint', topic, shopifyBody(`2026-10/${fixture}`))).toEqual({
      kind: 'hint',
      resource,
      externalId,
      parts,
      hintedAt: '2026-09-14T16:20:32.123456789Z',
    })
  })

  it.each<[string, LosslessJson]>([
    ['an item', { id: '8089', admin_graphql_api_id: 'gid://shopify/InventoryItem/8089' }],
    ['an item by its gid only', { admin_graphql_api_id: 'gid://shopify/InventoryItem/8089' }],
    ['a level', { inventory_item_id: '8089', location_id: '1' }],
    [
      'a level by its gid only',
      { admin_graphql_api_id: 'gid://shopify/InventoryLevel/7?inventory_item_id=8089' },
    ],
  ])('about %s names the inventory item, whose product is looked up', (_what, body) => {
    expect(mappedAs('hint', 'inventory_levels/update', body)).toEqual({
      kind: 'hint',
      resource: 'product',
      externalId: null,
      inventoryItemId: '8089',
      parts: ['core', 'stock'],
      hintedAt: '2026-09-14T16:20:32.123456789Z',
    })
  })

  it('without a trigger time has none', () => {
    expect(mappedAs('hint', 'refunds/create', { order_id: '1' }, null).hintedAt).toBe('')
  })

  it('that names no record cannot be understood', () => {
    expect(mapped('refunds/create', { id: '5', order_id: null })).toEqual([
      { kind: 'unmapped', reason: 'The field order_id is missing.' },
    ])
    expect(mapped('orders/edited', { order_edit: {} })).toEqual([
      { kind: 'unmapped', reason: 'The field order_edit.order_id is missing.' },
    ])
  })

  it('about no inventory item at all says nothing', () => {
    const news = mapped('inventory_levels/update', shopifyBody('2026-10/inventory_levels_update_empty'))
    expect(news).toEqual([{ kind: 'ignored', reason: 'It names no inventory item.' }])
  })
})
