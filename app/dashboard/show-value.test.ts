import { describe, expect, it } from 'vitest'
import { type Resource } from '~/contracts/resource'
import { flattenRecord } from './flatten-record'
import { showStep, showValue } from './show-value'

/** What is shown of a record, by the names of its fields. */
function shown(resource: Resource, data: Record<string, unknown>, reveal = false): Record<string, unknown> {
  const leaves = flattenRecord(data).map(({ path, value }) => {
    const name = path.map((step) => (step.kind === 'field' ? step.name : step.key)).join('.')
    const seen = showValue(value, path, { resource, reveal })
    return [name, seen.kind === 'text' ? seen.text : seen.kind]
  })
  return Object.fromEntries(leaves) as Record<string, unknown>
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
