import { describe, expect, it } from 'vitest'
import { mapped, shopifyBody } from '../../../tests/support/shopify-fixture'

describe('a request of the law', () => {
  it('names the customer and the orders by their ids, and nothing else', () => {
    expect(mapped('customers/data_request', shopifyBody('2026-10/customers_data_request'))).toEqual([
      {
        kind: 'compliance',
        request: 'customers/data_request',
        customerExternalId: '7234567890123456789',
        orderExternalIds: ['6543210987654321012', '6543210987654321013'],
      },
    ])
    expect(mapped('customers/redact', shopifyBody('2026-10/customers_redact'))).toEqual([
      {
        kind: 'compliance',
        request: 'customers/redact',
        customerExternalId: '7234567890123456789',
        orderExternalIds: ['6543210987654321012'],
      },
    ])
  })

  it('about a shop names nobody', () => {
    expect(mapped('shop/redact', shopifyBody('2026-10/shop_redact'))).toEqual([
      { kind: 'compliance', request: 'shop/redact', customerExternalId: null, orderExternalIds: [] },
    ])
  })

  it('is taken however little it says', () => {
    expect(mapped('customers/redact', { customer: null, orders_to_redact: null })).toEqual([
      { kind: 'compliance', request: 'customers/redact', customerExternalId: null, orderExternalIds: [] },
    ])
  })
})
