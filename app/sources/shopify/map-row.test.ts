import { afterEach, describe, expect, it } from 'vitest'
import { type StateNews } from '../../contracts/news'
import { partNames } from '../../contracts/parts'
import { type ReadableResource, READING_ORDER } from '../../contracts/store-reader'
import { canonicalJson } from '../../lib/canonical-json'
import { parseLossless } from '../../lib/lossless-json'
import { mapRow } from './map-row'
import { asRow, type Row } from './rows/row'
import { UnmappableBody } from './unmappable-body'
import { collectionBody } from '../../../dev/shopify/bodies/collection-body'
import { customerBody } from '../../../dev/shopify/bodies/customer-body'
import { orderBody } from '../../../dev/shopify/bodies/order-body'
import { productBody } from '../../../dev/shopify/bodies/product-body'
import { type Json, shopifyJson } from '../../../dev/shopify/json'
import { type Shop } from '../../../dev/shopify'
import { mappedAs, shopifyBody, shopifyFixture } from '../../../tests/support/shopify-fixture'
import {
  everything,
  exportAll,
  openReadableShop,
  type ReadableShop,
} from '../../../tests/support/shopify-reader'

const TOPICS: Record<ReadableResource, string> = {
  product: 'products/update',
  customer: 'customers/update',
  order: 'orders/updated',
  category: 'collections/update',
}

/** What webhooks tell of each record of a shop, by its id. */
function fromWebhooks({ state }: Shop, resource: ReadableResource): Map<string, StateNews> {
  const bodies: Record<ReadableResource, () => Json[]> = {
    product: () => [...state.products.values()].map((product) => productBody(state, product)),
    customer: () => [...state.customers.values()].map((customer) => customerBody(state, customer)),
    order: () => [...state.orders.values()].map((order) => orderBody(state, order)),
    category: () => [...state.collections.values()].map((collection) => collectionBody(state, collection)),
  }
  const states = bodies[resource]().map((body) =>
    mappedAs('state', TOPICS[resource], parseLossless(shopifyJson(body))),
  )
  return new Map(states.map((news) => [news.externalId, news]))
}

/** What differs between a webhook and a row of one record, in words; nothing when all that both carry is the same. */
function differences(webhook: StateNews | undefined, row: StateNews): string[] {
  if (!webhook) return [`${row.externalId}: no webhook`]
  const rowParts = row.parts as Parts
  const parts = Object.entries(webhook.parts as Parts)
  return [
    ...parts.flatMap(([name, part]) => differingFields(name, part, rowParts[name])),
    ...partNames(row.resource).flatMap((name) => (rowParts[name] ? [] : [`${row.externalId}: no ${name}`])),
    ...(webhook.updatedAt === row.updatedAt ? [] : ['another update time']),
    ...(webhook.version.updatedAt === row.version.updatedAt ? [] : ['another version']),
  ]
}

type Parts = Record<string, Record<string, unknown> | undefined>

function differingFields(name: string, webhook: Parts[string], row: Parts[string]): string[] {
  if (canonicalJson(webhook) === canonicalJson(row)) return []
  const keys = [...new Set(Object.keys({ ...webhook, ...row }))]
  return keys.flatMap((key) => {
    const [a, b] = [canonicalJson(webhook?.[key] ?? 'absent'), canonicalJson(row?.[key] ?? 'absent')]
    return a === b ? [] : [`${name}.${key}: ${a} and ${b}`]
  })
}

/** Brings a shop's records into states that its seed does not have. */
function makeStrange({ state }: Shop): void {
  const [first, second, third, fourth, fifth] = [...state.orders.values()].filter(
    ({ cancelledAt, refunds }) => cancelledAt === null && refunds.length === 0,
  )
  if (!first || !second || !third || !fourth || !fifth) throw new Error('too few orders')
  Object.assign(first, { customerId: null, email: null, shippingAddress: null, billingAddress: null })
  Object.assign(second, { note: '', tags: ['b', 'A', 'é'], test: true })
  second.lineItems.forEach((line) => Object.assign(line, { giftCard: true, sku: '' }))
  Object.assign(third, { tip: '5.50', closedAt: third.updatedAt, discountCodes: [] })
  Object.assign(fourth, { financialStatus: 'voided', lineItems: [], shipping: null })
  fifth.fulfillments = [
    parcel(state.newId(), fifth.updatedAt, { status: 'cancelled', shipmentStatus: 'in_transit' }),
    parcel(state.newId(), fifth.updatedAt, {
      trackingNumber: null,
      trackingUrl: null,
      trackingCompany: null,
    }),
    parcel(state.newId(), fifth.updatedAt, { shipmentStatus: 'delivered' }),
  ]

  const [someone, another] = [...state.customers.values()]
  if (!someone || !another) throw new Error('too few customers')
  Object.assign(someone, { email: null, phone: null, firstName: null, lastName: '', addresses: [], note: '' })
  Object.assign(someone, { defaultAddressId: null, emailConsent: null, smsConsent: null })
  Object.assign(another, { email: ' Mixed.CASE@Example.com ', defaultAddressId: null })

  const [product, other] = [...state.products.values()]
  if (!product || !other) throw new Error('too few products')
  Object.assign(product, { bodyHtml: null, productType: '', vendor: '', publishedAt: null, tags: [] })
  product.variants.forEach((variant) => Object.assign(variant, { tracked: false, sku: '', barcode: '' }))
  other.options.reverse()
  other.variants.forEach((variant) => variant.options.reverse())
}

function parcel(id: string, at: string, over: object) {
  return {
    id,
    name: '#1.1',
    status: 'success' as const,
    shipmentStatus: null,
    trackingCompany: 'PostNord',
    trackingNumber: `SE${id}`,
    trackingUrl: `https://tracking.example/${id}`,
    lines: [],
    createdAt: at,
    updatedAt: at,
    ...over,
  }
}

const opened: ReadableShop[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function strangeShop(seed: number, currency: string): Promise<ReadableShop> {
  const store = await openReadableShop({
    seed,
    currency,
    stock: { products: 30, customers: 25, orders: 45, collections: 8 },
  })
  opened.push(store)
  const { shop } = store
  await shop.burst({ changes: 150, seed })
  shop.products.create({ title: 'Of many', variantCount: 120 })
  shop.products.create({ title: 'Of very many', variantCount: 600, status: 'draft' })
  makeStrange(shop)
  return store
}

const SEEDS = [
  [1, 'USD'],
  [2, 'EUR'],
  [3, 'JPY'],
  [4, 'KWD'],
  [5, 'CAD'],
] as const

describe('a row of the Admin API', () => {
  it.each(SEEDS)(
    'says the same as the webhook, byte for byte, when asked for by its id (seed %i, %s)',
    async (seed, currency) => {
      const { shop, reader } = await strangeShop(seed, currency)
      for (const resource of READING_ORDER) {
        const webhooks = fromWebhooks(shop, resource)
        const ids = [...webhooks.keys()]
        const { states, gone, unread, denied } = await reader.fetchRecords(resource, ids)
        expect({ gone, unread, denied }).toEqual({ gone: [], unread: [], denied: [] })
        expect(states).toHaveLength(ids.length)
        expect(states.flatMap((row) => differences(webhooks.get(row.externalId), row))).toEqual([])
      }
    },
  )

  it.each(SEEDS)(
    'says the same as the webhook, byte for byte, in an export (seed %i, %s)',
    async (seed, currency) => {
      const { shop, reader } = await strangeShop(seed, currency)
      for (const resource of READING_ORDER) {
        const webhooks = fromWebhooks(shop, resource)
        const records = await exportAll(reader, everything(resource))
        expect(records).toHaveLength(webhooks.size)
        expect(records.flatMap(({ fault }) => fault ?? [])).toEqual([])

        const states = records.flatMap(({ news }) => (news?.kind === 'state' ? news : []))
        expect(states.flatMap((row) => differences(webhooks.get(row.externalId), row))).toEqual([])
        const named = records.flatMap(({ news }) => (news?.kind === 'hint' ? news.externalId : []))
        const refunded = shop.orders.list().filter(({ refunds }) => refunds.length > 0)
        expect(named.sort()).toEqual(resource === 'order' ? refunded.map(({ id }) => id).sort() : [])
      }
    },
  )
})

/** A row of our own, such as `order_guest`: what a question by its id is answered with. */
function rowFixture(name: string): Row {
  const row = parseLossless(shopifyFixture(`admin-2026-10/${name}`).toString('utf8'))
  return asRow(row, name) ?? {}
}

const mappedRow = (resource: ReadableResource, row: Row) =>
  mapRow(resource, row, '2026-11-22T04:00:00.000000000Z')

describe('a row of the fixtures', () => {
  it.each([
    ['product', 'product', 'products_update'],
    ['customer', 'customer', 'customers_update'],
    ['order', 'order_refunded', 'orders_updated'],
    ['order', 'order_guest', 'orders_create_guest'],
    ['order', 'order_presentment', 'orders_create_presentment'],
    ['category', 'collection', 'collections_create'],
  ] as const)('(%s) says the same as its webhook: %s, %s', (resource, row, webhook) => {
    const told = mappedAs('state', TOPICS[resource], shopifyBody(`2026-10/${webhook}`))
    expect(differences(told, mappedRow(resource, rowFixture(row)))).toEqual([])
  })

  it('carries what webhooks leave out', () => {
    expect(mappedRow('product', rowFixture('product')).parts).toMatchObject({
      variants: { variants: [] },
      stock: {
        stock_quantity: 10,
        stock_status: 'in_stock',
        tracked: { '9123456789012345671': true, '9123456789012345672': false, '9123456789012345673': true },
      },
      collections: { category_external_ids: ['61', '72'] },
    })
    expect(mappedRow('customer', rowFixture('customer')).parts).toMatchObject({
      tags: { tags: ['VIP', 'spring sale'] },
      totals: { total_spent: '412.50', order_count: 3, last_order_at: '2026-09-02T18:11:05Z' },
      consent: {
        email_consent: { state: 'subscribed', updated_at: '2025-03-02T08:15:00Z' },
        sms_consent: { state: 'not_subscribed', updated_at: null },
      },
    })
    expect(mappedRow('category', rowFixture('collection')).parts).toMatchObject({
      count: { product_count: 27 },
    })
  })

  it('is of the version of its update time and of when the store was read', () => {
    expect(mappedRow('category', rowFixture('collection'))).toMatchObject({
      action: 'updated',
      version: { triggeredAt: '2026-11-22T04:00:00.000000000Z' },
    })
  })
})

describe('a row without a field', () => {
  it('says nothing of what the field would tell, and the same of all else', () => {
    const whole = [
      ['product', 'product'],
      ['customer', 'customer'],
      ['order', 'order_refunded'],
      ['category', 'collection'],
    ] as const
    for (const [resource, name] of whole) {
      const row = rowFixture(name)
      const parts = mappedRow(resource, row).parts as Parts
      for (const field of Object.keys(row)) {
        if (field === 'id') continue
        const { [field]: _, ...rest } = row
        const without = mappedRow(resource, rest).parts as Parts
        for (const [part, data] of Object.entries(without)) {
          for (const [key, value] of Object.entries(data ?? {})) {
            // Personal data is an object of its own, and a line's own sums need the order's currency.
            if (key === 'pii' || field === 'currencyCode' || field === 'options') continue
            expect({ field, part, key, value }).toEqual({ field, part, key, value: parts[part]?.[key] })
          }
        }
      }
    }
  })

  it('does not take a sum that stopped at its limit, or an order out of reach, for what there is', () => {
    const counted = { ...rowFixture('collection'), productsCount: { count: '10000', precision: 'AT_LEAST' } }
    expect(mappedRow('category', counted).parts).not.toHaveProperty('count')
    const customer = rowFixture('customer')
    expect(mappedRow('customer', { ...customer, lastOrder: null }).parts).not.toHaveProperty(
      'totals.last_order_at',
    )
    const never = mappedRow('customer', { ...customer, lastOrder: null, numberOfOrders: '0' })
    expect(never.parts).toMatchObject({ totals: { order_count: 0, last_order_at: null } })
  })

  it('tells how much was sent where the admin displays why the rest was not', () => {
    const order = rowFixture('order_refunded')
    const status = (over: Row) =>
      (mappedRow('order', { ...order, ...over }).parts as Parts).core?.fulfillment_status
    for (const displayFulfillmentStatus of ['ON_HOLD', 'SCHEDULED', 'IN_PROGRESS', 'PENDING_FULFILLMENT']) {
      expect(status({ displayFulfillmentStatus })).toBe('partial')
      expect(status({ displayFulfillmentStatus, fulfillments: [] })).toBe('unfulfilled')
    }
    expect(status({ displayFulfillmentStatus: 'RESTOCKED' })).toBe('restocked')
    expect(status({ displayFulfillmentStatus: 'UNFULFILLED' })).toBe('unfulfilled')
  })

  it('does not take the name on the bill for that of a customer who is withheld', () => {
    const { customer: _, ...order } = rowFixture('order_refunded')
    const { parts } = mappedRow('order', order)
    expect(parts).toHaveProperty('core.pii.email')
    expect(parts).not.toHaveProperty('core.pii.first_name')
    expect(parts).not.toHaveProperty('core.customer_external_id')
  })

  it('names the company that bought', () => {
    const entity = { __typename: 'PurchasingCompany', company: { id: 'gid://shopify/Company/7' } }
    const order = mappedRow('order', { ...rowFixture('order_refunded'), purchasingEntity: entity })
    expect(order.parts).toMatchObject({ core: { company_external_id: '7' } })
    const { company: _, ...withheld } = entity
    const other = mappedRow('order', { ...rowFixture('order_refunded'), purchasingEntity: withheld })
    expect(other.parts).not.toHaveProperty('core.company_external_id')
  })

  it('is not understood where it is of another form', () => {
    const product = rowFixture('product')
    const odd: Row[] = [{ variants: 'none' }, { options: {} }, { media: { nodes: ['1'] } }, { id: null }]
    for (const over of odd)
      expect(() => mappedRow('product', { ...product, ...over })).toThrow(UnmappableBody)
  })
})
