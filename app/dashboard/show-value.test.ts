import { describe, expect, it } from 'vitest'
import { type Resource } from '~/contracts/resource'
import { currencyAt } from './currency-at'
import { flattenRecord } from './flatten-record'
import { showStep, type ShownValue, showValue } from './show-value'

/** What is shown of a record, by the names of its fields. */
function shown(resource: Resource, data: Record<string, unknown>, reveal = false): Record<string, unknown> {
  const leaves = flattenRecord(data).map(({ path, value }) => {
    const name = path.map((step) => (step.kind === 'field' ? step.name : step.key)).join('.')
    const seen = showValue(value, path, { resource, reveal, currency: currencyAt(data, path) })
    return [name, wordsOf(seen)]
  })
  return Object.fromEntries(leaves) as Record<string, unknown>
}

function wordsOf(seen: ShownValue): string {
  switch (seen.kind) {
    case 'text':
      return seen.text
    case 'number':
      return String(seen.value)
    case 'amount':
      return `${seen.currency} ${seen.digits}`
    case 'absent':
    case 'empty':
    case 'hidden':
    case 'boolean':
    case 'time':
      return seen.kind
  }
}

describe('a value on the page of its record', () => {
  it('is shown where it says nothing of a person', () => {
    const order = {
      number: '#1001',
      total: '12.50',
      test: false,
      processed_at: '2026-11-21T12:00:00Z',
      tags: ['gift', 'late'],
      coupon_codes: [],
      ship_to: { country_code: 'PT' },
      items: [{ external_id: '1', name: 'Blue shirt', quantity: 2 }],
    }
    expect(shown('order', order)).toEqual({
      number: '#1001',
      total: '12.50',
      test: 'boolean',
      processed_at: 'time',
      tags: 'gift, late',
      coupon_codes: 'empty',
      'ship_to.country_code': 'PT',
      items: 'Blue shirt',
      'items.1.name': 'Blue shirt',
      'items.1.quantity': '2',
    })
  })

  it('is an amount of the currency beside it, or of its record', () => {
    const order = {
      currency: 'JPY',
      total: '1200',
      tax_total: '-0.50',
      presentment: { currency: 'EUR', total: '7.30' },
      items: [{ external_id: '1', name: 'Tea', unit_price: '600.125', quantity: 2, sku: '600' }],
    }
    expect(shown('order', order)).toMatchObject({
      total: 'JPY 1200',
      tax_total: 'JPY -0.50',
      'presentment.total': 'EUR 7.30',
      'items.1.unit_price': 'JPY 600.125',
      'items.1.quantity': '2',
      'items.1.sku': '600',
    })
    expect(shown('product', { price: '12.50', currency: 'none' })).toMatchObject({ price: '12.50' })
    expect(shown('product', { price: 'on request', currency: 'EUR' })).toMatchObject({ price: 'on request' })
  })

  it('is hidden where it may, unless a person may see it', () => {
    const customer = {
      display_name: 'Ada Byron',
      email_hash: 'f00d',
      pii: { email: 'ada@example.com', addresses: [{ city: 'London', is_default: true }] },
    }
    const hidden = shown('customer', customer)
    expect(new Set(Object.values(hidden))).toEqual(new Set(['hidden']))
    expect(shown('customer', customer, true)).toMatchObject({
      display_name: 'Ada Byron',
      'pii.addresses.#1.city': 'London',
    })
    expect(shown('order', { tracking: [{ number: 'RR123', url: 'https://post.example/RR123' }] })).toEqual({
      tracking: '#1',
      'tracking.#1.number': 'hidden',
      'tracking.#1.url': 'hidden',
    })
  })

  it('has the name of a person hidden on the way to it, too', () => {
    const step = { kind: 'member', key: '1', name: 'Ada' } as const
    const options = { resource: 'customer', reveal: false } as const
    expect(showStep(step, [{ kind: 'field', name: 'friends' }], options)).toEqual({ ...step, name: null })
    expect(showStep(step, [{ kind: 'field', name: 'items' }], options)).toEqual(step)
  })

  it('is cut where it is long', () => {
    const { description } = shown('product', { description: 'x'.repeat(5_000) })
    expect(description).toHaveLength(300)
  })
})
