import { afterEach, describe, expect, it } from 'vitest'
import { type StateNews } from '../../contracts/news'
import { partNames } from '../../contracts/parts'
import { type ReadableResource, READING_ORDER } from '../../contracts/store-reader'
import { canonicalJson } from '../../lib/canonical-json'
import { parseLossless } from '../../lib/lossless-json'
import { collectionBody } from '../../../dev/shopify/bodies/collection-body'
import { customerBody } from '../../../dev/shopify/bodies/customer-body'
import { orderBody } from '../../../dev/shopify/bodies/order-body'
import { productBody } from '../../../dev/shopify/bodies/product-body'
import { type Json, shopifyJson } from '../../../dev/shopify/json'
import { type Shop } from '../../../dev/shopify'
import { mappedAs } from '../../../tests/support/shopify-fixture'
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
