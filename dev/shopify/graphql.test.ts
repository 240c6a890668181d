import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manualClock, type ManualClock } from './clock'
import { startShopify, type ShopifyStandIn } from './start-shopify'

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).optional() }))
    .optional(),
  extensions: z
    .object({ cost: z.object({ requestedQueryCost: z.number(), actualQueryCost: z.number().nullable() }) })
    .optional(),
})

const MONEY = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }'

/** Everything a mirror could want of one order. */
const ORDER = `fragment order on Order {
  id legacyResourceId name email test tags note createdAt updatedAt processedAt cancelledAt cancelReason closedAt
  displayFinancialStatus displayFulfillmentStatus currencyCode presentmentCurrencyCode taxesIncluded sourceName
  discountCodes paymentGatewayNames customer { legacyResourceId } shippingAddress { countryCodeV2 provinceCode }
  totalPriceSet ${MONEY} currentTotalPriceSet ${MONEY} totalOutstandingSet ${MONEY} totalRefundedSet ${MONEY}
  lineItems(first: 20) { nodes {
    id title sku quantity currentQuantity isGiftCard product { id } variant { id } originalUnitPriceSet ${MONEY}
    discountAllocations { allocatedAmountSet ${MONEY} } taxLines { priceSet ${MONEY} }
  } }
  refunds(first: 10) { id createdAt totalRefundedSet ${MONEY} refundLineItems(first: 20) { nodes { quantity lineItem { id } } } }
  fulfillments(first: 10) { id displayStatus createdAt deliveredAt trackingInfo(first: 5) { company number url } }
  transactions(first: 10) { kind status gateway amountSet ${MONEY} }
}`

describe('the Admin API of the stand-in', () => {
  let shopify: ShopifyStandIn
  let clock: ManualClock
  let accessToken: string

  beforeEach(async () => {
    clock = manualClock()
    shopify = await startShopify({
      subscriptions: {
        apiVersion: '2026-10',
        scopes: ['read_products', 'read_customers', 'read_orders', 'read_inventory'],
        list: [],
      },
      stock: { products: 12, customers: 8, orders: 15, collections: 3 },
      clock,
    })
    shopify.connectApp({ url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' })
    accessToken = shopify.shop.install().access_token
  })
  afterEach(() => shopify.stop())

  const send = (query: string, variables?: Record<string, unknown>, token = accessToken) =>
    fetch(`${shopify.origin}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Shopify-Access-Token': token },
      body: JSON.stringify({ query, variables }),
    })
  const ask = async (query: string, variables?: Record<string, unknown>) =>
    Answer.parse(await (await send(query, variables)).json())
  const data = async (query: string, variables?: Record<string, unknown>) => {
    const answer = await ask(query, variables)
    expect(answer.errors).toBeUndefined()
    return answer.data
  }

  it('answers to an active token only', async () => {
    expect((await send('{ shop { name } }', {}, 'shpat_wrong')).status).toBe(401)
    clock.advance(3_600_000)
    expect((await send('{ shop { name } }')).status).toBe(401)
  })

  it('knows the shop', async () => {
    expect(await data('{ shop { name currencyCode ianaTimezone myshopifyDomain } }')).toEqual({
      shop: {
        name: 'Parity Demo',
        currencyCode: 'USD',
        ianaTimezone: 'America/Toronto',
        myshopifyDomain: 'parity-demo.myshopify.com',
      },
    })
  })

  it('refuses what the real schema does not have, and says what it does not play', async () => {
    const wrong = await ask('{ products(first: 1) { nodes { colour } } }')
    expect(wrong.errors?.[0]?.message).toContain('Cannot query field "colour" on type "Product"')
    const unplayed = await ask('{ products(first: 1) { nodes { seo { title } } } }')
    expect(unplayed.errors?.[0]?.message).toContain('Product.seo is not played')
    expect((await ask('{ products { nodes { id } } }')).errors?.[0]?.message).toContain(
      'one of first or last',
    )
  })

  it('gives a whole product, with ids as text and prices as they are', async () => {
    const [product] = shopify.shop.products.list()
    const answer = await data(
      `query ($id: ID!) { product(id: $id) {
        legacyResourceId title status tags descriptionHtml publishedAt
        collections(first: 10) { nodes { legacyResourceId } }
        media(first: 5) { nodes { alt preview { image { url } } ... on MediaImage { image { url } } } }
        variants(first: 50) { nodes {
          legacyResourceId price compareAtPrice sku barcode inventoryQuantity inventoryPolicy
          selectedOptions { name value } inventoryItem { tracked }
        } } } }`,
      { id: `gid://shopify/Product/${product!.id}` },
    )
    expect(answer).toMatchObject({
      product: {
        legacyResourceId: product!.id,
        status: product!.status.toUpperCase(),
        variants: {
          nodes: product!.variants.map(({ id, price, tracked }) => ({
            legacyResourceId: id,
            price,
            inventoryItem: { tracked },
          })),
        },
      },
    })
  })

  it('gives whole orders and customers, many by their ids, and null for what is gone', async () => {
    const orders = shopify.shop.orders.list().slice(0, 5)
    const ids = orders.map(({ id }) => `gid://shopify/Order/${id}`)
    const answer = await data(`${ORDER} query ($ids: [ID!]!) { nodes(ids: $ids) { ...order } }`, {
      ids: [...ids, 'gid://shopify/Order/1'],
    })
    expect(answer?.['nodes']).toMatchObject([...orders.map(({ id }) => ({ legacyResourceId: id })), null])

    const customers = await data(`{ customers(first: 10) { nodes {
      legacyResourceId displayName state locale tags numberOfOrders amountSpent { amount currencyCode }
      lastOrder { processedAt } verifiedEmail taxExempt note createdAt updatedAt
      defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
      defaultPhoneNumber { phoneNumber smsMarketingConsent { state updatedAt } }
      addressesV2(first: 5) { nodes { address1 city countryCodeV2 } } } } }`)
    expect(customers).toMatchObject({ customers: { nodes: { length: 8 } } })
  })

  it('writes a decimal without its ending zeros, as MoneyV2 does', async () => {
    const order = shopify.shop.orders.list().find(({ shipping }) => shipping?.price === '8.00')
    const answer = await data(`query ($id: ID!) { order(id: $id) { totalShippingPriceSet ${MONEY} } }`, {
      id: `gid://shopify/Order/${order!.id}`,
    })
    expect(answer).toMatchObject({ order: { totalShippingPriceSet: { shopMoney: { amount: '8.0' } } } })
  })

  it('pages to the end, each record once', async () => {
    const Page = z.object({
      products: z.object({
        nodes: z.array(z.object({ legacyResourceId: z.string() })),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    const seen: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const { products } = Page.parse(
        await data(
          `query ($after: String) { products(first: 5, after: $after, sortKey: UPDATED_AT) {
             nodes { legacyResourceId } pageInfo { hasNextPage endCursor } } }`,
          { after },
        ),
      )
      seen.push(...products.nodes.map(({ legacyResourceId }) => legacyResourceId))
      after = products.pageInfo.endCursor
      more = products.pageInfo.hasNextPage
    }
    expect(seen.toSorted()).toEqual(
      shopify.shop.products
        .list()
        .map(({ id }) => id)
        .toSorted(),
    )
  })

  it('finds what changed since, and counts', async () => {
    clock.advance(60_000)
    const [customer] = shopify.shop.customers.list()
    shopify.shop.customers.update(customer!.id, { note: 'new' })
    const answer = await data(`{
      customers(first: 10, query: "updated_at:>'2026-11-21T12:00:30Z'", sortKey: UPDATED_AT) { nodes { legacyResourceId } }
      customersCount { count precision }
      collections(first: 1) { nodes { productsCount { count } } } }`)
    expect(answer).toMatchObject({
      customers: { nodes: [{ legacyResourceId: customer!.id }] },
      customersCount: { count: 8, precision: 'EXACT' },
    })
    expect((await ask('{ products(first: 1, query: "colour:red") { nodes { id } } }')).errors).toHaveLength(1)
  })

  it('charges as was measured, refuses what costs too much and throttles an empty budget', async () => {
    const measured = await ask(`{ product(id: "gid://shopify/Product/1") {
      variants(first: 250) { nodes { inventoryItem { id tracked } } } } }`)
    expect(measured.extensions?.cost.requestedQueryCost).toBe(25)

    const dear = `{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { product { variants(first: 100) { nodes { product { id } } } } } } } } }`
    expect((await ask(dear)).errors?.[0]?.extensions?.code).toBe('MAX_COST_EXCEEDED')

    expect(
      (await ask('{ shop { id } product(id: "gid://shopify/Product/1") { id } }')).extensions?.cost,
    ).toMatchObject({
      requestedQueryCost: 2,
      actualQueryCost: 1,
    })
    const costly = `{ products(first: 250) { nodes { variants(first: 100) { nodes { inventoryItem { id } } } } } }`
    let answer = await ask(costly)
    while (!answer.errors) answer = await ask(costly)
    expect(answer.errors[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } })
    clock.advance(20_000)
    expect((await ask(costly)).errors).toBeUndefined()
    clock.advance(-3_600_000)
    expect((await ask('{ shop { id } }')).errors).toBeUndefined()
  })

  it('denies a field with 200 and a null, on command', async () => {
    shopify.shop.misbehaveGraphql({ kind: 'denied', fields: ['Customer.firstName'], times: 1 })
    const answer = await ask('{ customers(first: 1) { nodes { id firstName } } }')
    expect(answer.data).toMatchObject({ customers: { nodes: [{ firstName: null }] } })
    expect(answer.errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED')
  })
})
