import { describe, expect, it } from 'vitest'
import { type Envelope } from '../contracts/shared-schema'
import { referencesOf } from './references'

const of = (data: Record<string, unknown>) => referencesOf({ data } as unknown as Envelope)

describe('what a record refers to', () => {
  it('of an order are its customer and its products, each once', () => {
    expect(
      of({
        customer_external_id: '7',
        items: [{ product_external_id: '1' }, { product_external_id: '2' }, { product_external_id: '1' }],
      }),
    ).toEqual([
      { resource: 'customer', externalId: '7' },
      { resource: 'product', externalId: '1' },
      { resource: 'product', externalId: '2' },
    ])
  })

  it('of a product are its categories, of a category its parent, of a message its order', () => {
    expect(of({ category_external_ids: ['1', '2'] })).toEqual([
      { resource: 'category', externalId: '1' },
      { resource: 'category', externalId: '2' },
    ])
    expect(of({ parent_external_id: '3' })).toEqual([{ resource: 'category', externalId: '3' }])
    expect(of({ order_external_id: '4' })).toEqual([{ resource: 'order', externalId: '4' }])
  })

  it.each([
    ['nothing', {}],
    ['a guest', { customer_external_id: null }],
    ['an item of no product', { items: [{ product_external_id: null }, { name: 'Gift wrap' }] }],
    ['a deletion', { external_id: '1', deleted_at: '2026-11-21T12:00:00Z' }],
    ['no parent', { parent_external_id: null, category_external_ids: [] }],
    [
      'what cannot be read',
      { customer_external_id: 5, items: 'many', category_external_ids: [1], parent_external_id: '' },
    ],
  ])('%s refers to nothing', (_name, data) => {
    expect(of(data)).toEqual([])
  })
})
