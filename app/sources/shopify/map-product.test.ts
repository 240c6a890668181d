import { describe, expect, it } from 'vitest'
import { type PartsOf } from '../../contracts/parts'
import { type LosslessJson } from '../../lib/lossless-json'
import { mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'

function parts(body: LosslessJson): PartsOf<'product'> {
  return mappedAs('state', 'products/update', body).parts
}

/** A product of so many variants, named in a list of so many gids; without the list when that is null. */
function productOf(variants: number, gids: number | null) {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }))
  return { id: '1', variants: ids(variants), ...(gids === null ? {} : { variant_gids: ids(gids) }) }
}

describe('a product', () => {
  it('is in the shared vocabulary, and its money keeps its digits', () => {
    const { core } = parts(shopifyBody('2026-10/products_update'))
    expect(core).toEqual({
      created_at: '2025-11-20T07:00:00Z',
      name: 'Fjord bowl',
      handle: 'fjord-bowl',
      description: '<p>Thrown by hand, glazed twice.</p>',
      vendor: 'Fjord & Clay',
      type: 'Tableware',
      status: 'active',
      published_at: '2025-11-21T06:00:00Z',
      tags: ['Autumn', 'hand made', 'stoneware'],
      images: [
        {
          url: 'https://cdn.shopify.com/s/files/1/0001/0002/files/bowl-moss.jpg?v=1',
          alt: 'A bowl in moss green',
        },
        { url: 'https://cdn.shopify.com/s/files/1/0001/0002/files/bowl-sand.jpg?v=1', alt: null },
      ],
      variants: [
        {
          external_id: '9123456789012345671',
          name: 'Small / Moss',
          sku: 'BOWL-S-MO',
          barcode: null,
          price: '24.50',
          compare_at_price: null,
          stock_quantity: 12,
          options: { Size: 'Small', Glaze: 'Moss' },
        },
        {
          external_id: '9123456789012345672',
          name: 'Large / Moss',
          sku: null,
          barcode: null,
          price: '39.00',
          compare_at_price: '45.00',
          stock_quantity: 0,
          options: { Size: 'Large', Glaze: 'Moss' },
        },
        {
          external_id: '9123456789012345673',
          name: 'Small / Sand',
          sku: 'BOWL-S-SA',
          barcode: null,
          price: '19.90',
          compare_at_price: '24.50',
          stock_quantity: -2,
          options: { Size: 'Small', Glaze: 'Sand' },
        },
      ],
    })
  })

  it('has no currency and no collections: the payload names neither', () => {
    const product = parts(shopifyBody('2026-10/products_update'))
    expect(product.core).not.toHaveProperty('currency')
    expect(product).not.toHaveProperty('collections')
  })

  it('is the same in every API version, but for who is tracked', () => {
    const withoutTracked = (version: string) => {
      const { core } = parts(shopifyBody(version))
      return { ...core, variants: core?.variants?.map(({ tracked: _, ...variant }) => variant) }
    }
    const newest = withoutTracked('2026-10/products_update')
    expect(withoutTracked('2023-07/products_update')).toEqual(newest)
    expect(withoutTracked('2024-10/products_create')).toEqual(newest)
  })

  it('has empty texts as null', () => {
    const { core } = parts({ id: '1', product_type: '', vendor: '', body_html: '', handle: null })
    expect(core).toEqual({ type: null, vendor: null, description: null, handle: null })
  })
})

describe("a product's variants", () => {
  it('are in the order of their positions', () => {
    const { core } = parts({
      id: '1',
      variants: [
        { id: '3', position: '3' },
        { id: '2', position: '2' },
      ],
    })
    expect(core?.variants?.map(({ external_id }) => external_id)).toEqual(['2', '3'])
  })

  it('are unknown where the payload does not list them', () => {
    expect(parts({ id: '1' }).core).toEqual({})
  })

  it('leave out an option with a name that the shared schema cannot carry', () => {
    const options = [{ name: '__proto__' }, { name: 'Size' }]
    const { core } = parts({ id: '1', options, variants: [{ id: '1', option1: 'odd', option2: 'Small' }] })
    expect(core?.variants?.[0]?.options).toStrictEqual({ Size: 'Small' })
  })

  it('leave the options out where their names are unknown', () => {
    const { core } = parts({ id: '1', options: [], variants: [{ id: '1', option1: 'Small' }] })
    expect(core?.variants).toEqual([{ external_id: '1' }])
  })

  it.each([
    ['fewer than 100 variants and no list of gids', 99, null, true],
    ['100 variants and no list of gids', 100, null, false],
    ['100 variants of 100', 100, 100, true],
    ['100 variants of 101', 100, 101, false],
    ['2 variants of 5', 2, 5, false],
  ])('%s: all are carried is %#', (_, variants, gids, carriesAll) => {
    expect(parts(productOf(variants, gids)).variants).toEqual(carriesAll ? { variants: [] } : undefined)
  })

  it('beyond the hundredth are a part of their own', () => {
    const product = parts(productOf(102, 102))
    expect(product.core?.variants).toHaveLength(100)
    expect(product.variants?.variants.map(({ external_id }) => external_id)).toEqual(['101', '102'])
  })
})

describe("a product's stock", () => {
  const stock = (...variants: { [key: string]: LosslessJson }[]) =>
    parts({ id: '1', variants: variants.map((variant, index) => ({ id: String(index + 1), ...variant })) })
      .stock

  it('is known up to API version 2024-04, which says who is tracked', () => {
    expect(parts(shopifyBody('2023-07/products_update')).stock).toEqual({
      stock_quantity: 10,
      stock_status: 'in_stock',
      tracked: { '9123456789012345671': true, '9123456789012345672': true, '9123456789012345673': true },
    })
  })

  it('is unknown since 2024-07', () => {
    expect(parts(shopifyBody('2024-10/products_create')).stock).toBeUndefined()
  })

  it('is null where nothing is tracked, and such a variant can always be had', () => {
    expect(stock({ inventory_management: null, inventory_quantity: '0' })).toEqual({
      stock_quantity: null,
      stock_status: 'in_stock',
      tracked: { '1': false },
    })
  })

  it('runs out, or goes on backorder where the policy is to continue', () => {
    const empty = { inventory_management: 'shopify', inventory_quantity: '0' }
    expect(stock(empty, empty)).toMatchObject({ stock_quantity: 0, stock_status: 'out_of_stock' })
    expect(stock(empty, { ...empty, inventory_policy: 'continue' })).toMatchObject({
      stock_status: 'on_backorder',
    })
  })

  it('is unknown where one variant does not say, or not all variants are there', () => {
    expect(stock({ inventory_management: 'shopify', inventory_quantity: '1' }, {})).toBeUndefined()
    expect(stock({ inventory_management: 'shopify' })).toBeUndefined()
    const some = { id: '1', variant_gids: [{}, {}], variants: [{ id: '1', inventory_management: null }] }
    expect(parts(some).stock).toBeUndefined()
  })
})
