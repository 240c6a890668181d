import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type PartsOf } from '../../contracts/parts'
import { type OrderFields } from '../../contracts/shared-schema'
import { type LosslessJson } from '../../lib/lossless-json'
import { mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'

function core(body: LosslessJson, topic = 'orders/updated'): OrderFields {
  const { core } = mappedAs('state', topic, body).parts as PartsOf<'order'>
  return core ?? {}
}

/** An order of a shop in euro with these fields. */
const order = (fields: { [key: string]: LosslessJson }) => core({ id: '1', currency: 'EUR', ...fields })
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const euro = (amount: string) => ({ shop_money: { amount, currency_code: 'EUR' } })

describe('an order', () => {
  it('is in the shared vocabulary', () => {
    const {
      pii: _pii,
      items: _items,
      refunds: _refunds,
      tracking: _tracking,
      ...fields
    } = core(shopifyBody('2026-10/orders_updated'))
    expect(fields).toEqual({
      created_at: '2026-09-02T18:11:05Z',
      number: '#1042',
      status: 'open',
      cancel_reason: null,
      financial_status: 'partially_refunded',
      fulfillment_status: 'fulfilled',
      test: false,
      channel: 'web',
      currency: 'EUR',
      taxes_included: true,
      total: '104.00',
      current_total: '84.00',
      outstanding_total: '0.00',
      subtotal: '79.20',
      tax_total: '15.84',
      shipping_total: '24.80',
      discount_total: '8.80',
      tip_total: '0.00',
      duties_total: '0.00',
      refunded_total: '20.00',
      presentment: null,
      customer_external_id: '7234567890123456789',
      company_external_id: null,
      location_external_id: null,
      email_hash: hash('ada.lindqvist@example.com'),
      payment_methods: ['shopify_payments', 'gift_card'],
      coupon_codes: ['AUTUMN10'],
      tags: ['Autumn', 'gift', 'rush'],
      processed_at: '2026-09-02T18:11:04Z',
      cancelled_at: null,
      ship_to: { country_code: 'SE', province_code: null },
    })
  })

  it('is the same in every API version, but for what a version does not carry', () => {
    const newest = core(shopifyBody('2026-10/orders_updated'))
    const { company_external_id: _company, ...since2025 } = newest
    expect(core(shopifyBody('2025-01/orders_paid'), 'orders/paid')).toEqual(since2025)
    expect(core(shopifyBody('2024-10/orders_updated'))).toEqual(since2025)

    const items = newest.items?.map(({ current_quantity: _, ...item }) => item)
    expect(core(shopifyBody('2023-07/orders_create'), 'orders/create')).toEqual({ ...since2025, items })
  })

  it('is created by orders/create and updated by every other topic', () => {
    const action = (topic: string) => mappedAs('state', topic, { id: '1' }).action
    expect(action('orders/create')).toBe('created')
    for (const name of ['updated', 'cancelled', 'paid', 'fulfilled', 'partially_fulfilled']) {
      expect(action(`orders/${name}`)).toBe('updated')
    }
  })

  it('leaves out what the payload leaves out', () => {
    expect(core({ id: '1' })).toEqual({})
  })

  it('has neither a customer nor an address when a guest buys at the counter', () => {
    const guest = core(shopifyBody('2026-10/orders_create_guest'))
    expect(guest).toMatchObject({
      customer_external_id: null,
      email_hash: null,
      ship_to: null,
      location_external_id: '655441491',
      fulfillment_status: 'unfulfilled',
      tracking: [],
      refunds: [],
      refunded_total: '0.00',
    })
    expect(guest.pii).toEqual({ email: null, phone: null, note: null, addresses: [] })
  })

  it('does not say who bought it where the payload has no such key', () => {
    expect(order({})).not.toHaveProperty('customer_external_id')
    expect(order({ customer: null }).customer_external_id).toBeNull()
    expect(
      order({ customer: { admin_graphql_api_id: 'gid://shopify/Customer/9' } }).customer_external_id,
    ).toBe('9')
  })
})

describe("an order's status", () => {
  const at = '2026-09-02T18:11:05Z'
  it.each([
    [{ cancelled_at: at, closed_at: at }, 'cancelled'],
    [{ cancelled_at: at }, 'cancelled'],
    [{ cancelled_at: null, closed_at: at }, 'closed'],
    [{ cancelled_at: null, closed_at: null }, 'open'],
    [{ cancelled_at: null }, undefined],
    [{ closed_at: at }, undefined],
  ])('of %j is %s', (fields, status) => {
    expect(order(fields).status).toBe(status)
  })

  it('lets words pass that nobody knows, lower-cased', () => {
    expect(
      order({ financial_status: 'Disputed', fulfillment_status: 'PENDING', cancel_reason: 'OTHER' }),
    ).toMatchObject({
      financial_status: 'disputed',
      fulfillment_status: 'pending',
      cancel_reason: 'other',
    })
    expect(order({ financial_status: null }).financial_status).toBeNull()
  })
})

describe("an order's money", () => {
  it('has the digits of the shop currency, whatever form it came in', () => {
    expect(order({ total_price: '99.9', total_tax: '7' })).toMatchObject({
      total: '99.90',
      tax_total: '7.00',
    })
    expect(order({ currency: 'jpy', total_price: '1200.0' })).toMatchObject({
      currency: 'JPY',
      total: '1200',
    })
  })

  it('comes from the set where the field itself is missing, and so does the currency', () => {
    const { currency, total } = core({ id: '1', total_price_set: euro('5') })
    expect({ currency, total }).toEqual({ currency: 'EUR', total: '5.00' })
  })

  it('sums the shipping lines where there is no shipping total', () => {
    const lines = [{ price: '4.9' }, { price_set: euro('5.10') }]
    expect(order({ shipping_lines: lines }).shipping_total).toBe('10.00')
    expect(order({ shipping_lines: [] }).shipping_total).toBe('0.00')
    expect(order({ shipping_lines: lines, total_shipping_price_set: euro('7') }).shipping_total).toBe('7.00')
    expect(order({})).not.toHaveProperty('shipping_total')
  })

  it('knows that null duties are none, and that absent ones are unknown', () => {
    expect(order({ original_total_duties_set: null }).duties_total).toBe('0.00')
    expect(
      order({ original_total_duties_set: euro('3.5'), current_total_duties_set: euro('1') }).duties_total,
    ).toBe('3.50')
    expect(order({ original_total_duties_set: null, current_total_duties_set: euro('1') }).duties_total).toBe(
      '1.00',
    )
    expect(order({})).not.toHaveProperty('duties_total')
  })

  it('shows what the customer saw only where that was another currency', () => {
    const seen = core(shopifyBody('2026-10/orders_create_presentment'))
    expect(seen).toMatchObject({
      currency: 'JPY',
      total: '12000',
      duties_total: '300',
      presentment: { currency: 'USD', total: '81.45' },
      company_external_id: '77',
    })
    expect(order({ presentment_currency: 'EUR' }).presentment).toBeNull()
    expect(order({ presentment_currency: 'USD' })).not.toHaveProperty('presentment')
    expect(order({})).not.toHaveProperty('presentment')
  })
})

describe("an order's items", () => {
  it('have their own discounts and taxes, and a total to the cent', () => {
    expect(core(shopifyBody('2026-10/orders_updated')).items).toEqual([
      {
        external_id: '3010203040506070801',
        product_external_id: '5123456789012345678',
        variant_external_id: '9123456789012345671',
        name: 'Fjord bowl - Small / Moss',
        sku: 'BOWL-S-MO',
        quantity: 2,
        current_quantity: 1,
        unit_price: '24.50',
        discount_total: '4.90',
        tax_total: '8.82',
        total: '44.10',
        gift_card: false,
      },
      {
        external_id: '3010203040506070802',
        product_external_id: '5123456789012345678',
        variant_external_id: '9123456789012345672',
        name: 'Fjord bowl - Large / Moss',
        sku: null,
        quantity: 1,
        current_quantity: 1,
        unit_price: '39.00',
        discount_total: '3.95',
        tax_total: '7.02',
        total: '35.05',
        gift_card: false,
      },
    ])
  })

  it('do not lose a cent that floats lose', () => {
    const item = { id: '1', price: '0.1', quantity: '3', discount_allocations: [{ amount: '0.2' }] }
    expect(order({ line_items: [item] }).items).toEqual([
      { external_id: '1', quantity: 3, unit_price: '0.10', discount_total: '0.20', total: '0.10' },
    ])
  })

  it('have no total where their discounts are unknown', () => {
    const item = {
      id: '1',
      price: '5.00',
      quantity: '1',
      total_discount: '5.00',
      title: 'Soda',
      variant_title: 'Cola',
    }
    expect(order({ line_items: [item] }).items).toEqual([
      { external_id: '1', name: 'Soda - Cola', quantity: 1, unit_price: '5.00' },
    ])
  })
})

describe("an order's refunds", () => {
  const refund = (fields: { [key: string]: LosslessJson }) => ({ id: '7', ...fields })
  const paid = (amount: string, fields = {}) => ({ kind: 'refund', status: 'success', amount, ...fields })

  it('are what went back, by line item', () => {
    expect(core(shopifyBody('2026-10/orders_updated')).refunds).toEqual([
      {
        external_id: '2010203040506070801',
        created_at: '2026-09-10T07:00:00Z',
        total: '20.00',
        items: [{ external_id: '3010203040506070801', quantity: 1 }],
      },
    ])
  })

  it('count the transactions that refund and succeeded, and no others', () => {
    const transactions = [
      paid('1.10'),
      paid('2.20'),
      paid('50', { status: 'pending' }),
      paid('50', { kind: 'void' }),
    ]
    expect(order({ refunds: [refund({ transactions }), refund({ transactions: [] })] })).toMatchObject({
      refunds: [{ total: '3.30' }, { total: '0.00' }],
      refunded_total: '3.30',
    })
  })

  it('have no total where the money was in another currency than the shop', () => {
    const { refunds, refunded_total: total } = core(shopifyBody('2026-10/orders_create_presentment'))
    expect(refunds?.[0]).not.toHaveProperty('total')
    expect(total).toBeUndefined()

    const bare = order({ presentment_currency: 'USD', refunds: [refund({ transactions: [paid('5')] })] })
    expect(bare).not.toHaveProperty('refunded_total')
  })

  it('leave their sum unknown where the payload does not list them, or not what was paid', () => {
    expect(order({})).not.toHaveProperty('refunded_total')
    expect(order({ refunds: [refund({})] })).not.toHaveProperty('refunded_total')
  })
})

describe("an order's tracking", () => {
  const tracking = (fulfillment: LosslessJson) => order({ fulfillments: [fulfillment] }).tracking

  it('is one entry for each tracking number', () => {
    const shipment = { company: 'PostNord', status: 'out_for_delivery', shipped_at: '2026-09-03T06:00:00Z' }
    expect(core(shopifyBody('2026-10/orders_updated')).tracking).toEqual([
      { ...shipment, number: 'SE100200300', url: 'https://tracking.example/SE100200300' },
      { ...shipment, number: 'SE100200301', url: 'https://tracking.example/SE100200301' },
    ])
  })

  it('takes the single number where there is no list', () => {
    expect(tracking({ tracking_number: 'A1', tracking_url: null })).toEqual([{ number: 'A1', url: null }])
    expect(tracking({ tracking_number: 'A1', tracking_numbers: [] })).toEqual([{ number: 'A1', url: null }])
  })

  it('is empty for what nothing tracks, such as a sale at the counter', () => {
    expect(tracking({ status: 'success', tracking_numbers: [], shipment_status: null })).toEqual([])
    expect(tracking({ status: 'success', shipment_status: 'delivered' })).toMatchObject([
      { status: 'delivered' },
    ])
  })

  it.each([
    ['success', null, 'shipped'],
    ['success', 'in_transit', 'in_transit'],
    ['success', 'delivered', 'delivered'],
    ['success', 'failure', 'failed'],
    ['success', 'attempted_delivery', 'attempted_delivery'],
    ['cancelled', 'in_transit', 'cancelled'],
    ['error', null, 'failed'],
    ['pending', null, 'pending'],
    [null, null, null],
  ])('of a fulfilment that is %s with a shipment that is %s is %s', (status, shipment, expected) => {
    expect(tracking({ tracking_number: 'A1', status, shipment_status: shipment })).toMatchObject([
      { status: expected },
    ])
  })
})

describe('who ordered', () => {
  it('is found in the order, and kept apart from everything else', () => {
    const { pii } = core(shopifyBody('2026-10/orders_updated'))
    expect(pii).toMatchObject({
      email: 'ada.lindqvist@example.com',
      phone: '+46705550120',
      first_name: 'Ada',
      last_name: 'Lindqvist',
      note: 'Ring at the back door',
    })
    expect(pii?.addresses?.map(({ address1 }) => address1)).toEqual(['Storgatan 12', 'Kungsgatan 4'])
  })

  it('is named on the bill, or else on the parcel, where no customer is', () => {
    const names = { first_name: 'Nils', last_name: 'Holm' }
    expect(order({ customer: null, billing_address: names }).pii).toMatchObject(names)
    expect(order({ customer: null, billing_address: null, shipping_address: names }).pii).toMatchObject(names)
  })

  it('is hashed by the contact address where the order has no other', () => {
    expect(order({ email: '', contact_email: 'A@b.example' }).email_hash).toBe(hash('a@b.example'))
    expect(order({ contact_email: null }).email_hash).toBeNull()
    expect(order({ email: null }).email_hash).toBeNull()
  })
})
