import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import '@shopify/shopify-api/adapters/node'
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock, type ManualClock } from './clock'
import { startShopify, type ShopifyStandIn } from './start-shopify'
import { readSubscriptions } from './webhooks/subscriptions'

const TOML = `
[access_scopes]
scopes = "read_products,read_customers"
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ["products/create", "products/update", "products/delete"]
uri = "/webhooks/products"
[[webhooks.subscriptions]]
topics = ["customers/update", "customer.tags_added", "customers/purchasing_summary"]
uri = "/webhooks/customers"
[[webhooks.subscriptions]]
topics = ["orders/create", "orders/updated", "refunds/create", "inventory_levels/update", "app/uninstalled", "app/scopes_update", "bulk_operations/finish"]
uri = "/webhooks/rest"
[[webhooks.subscriptions]]
compliance_topics = ["customers/redact"]
uri = "/webhooks/privacy"
`

const SECRET = 'a-secret'

interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

describe('the webhooks of the stand-in', () => {
  let shopify: ShopifyStandIn
  let app: Server
  let clock: ManualClock
  let received: Received[]
  let answer: () => number

  beforeEach(async () => {
    received = []
    answer = () => 200
    clock = manualClock()
    app = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        received.push({ path: request.url ?? '', headers: request.headers, body })
        response.writeHead(answer()).end()
      })
    })
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    shopify = await startShopify({
      subscriptions: readSubscriptions(TOML),
      stock: { products: 6, customers: 4, orders: 6, collections: 2 },
      clock,
    })
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
    shopify.connectApp({ url, apiKey: 'key', apiSecret: SECRET })
  })
  afterEach(async () => {
    await shopify.stop()
    app.close()
  })

  const topics = () => received.map(({ headers }) => headers['x-shopify-topic']).toSorted()
  const soon = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  it('verify with the SDK of Shopify, and go where the TOML says', async () => {
    shopify.shop.products.create({ title: 'Größe <L> / "wide" & 山' })
    await shopify.shop.settled()
    const [webhook] = received
    expect(webhook?.path).toBe('/webhooks/products')
    const api = shopifyApi({
      apiKey: 'key',
      apiSecretKey: SECRET,
      apiVersion: ApiVersion.October26,
      hostName: 'app.example',
      isEmbeddedApp: true,
      logger: { level: LogSeverity.Error },
    })
    const verdict = await api.webhooks.validate({
      rawBody: webhook?.body ?? '',
      rawRequest: { headers: webhook?.headers, method: 'POST', url: '/' },
    })
    expect(verdict).toMatchObject({ valid: true, topic: 'PRODUCTS_CREATE', apiVersion: '2026-10' })
    expect(webhook?.headers['x-shopify-triggered-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
    expect(webhook?.headers['user-agent']).toBe('Shopify-Captain-Hook')
    expect(webhook?.body).toContain('Größe \\u003cL\\u003e \\/ \\"wide\\" \\u0026 山')
  })

  it('carry every digit of an id', async () => {
    const wide = shopify.shop.products.list().find(({ id }) => BigInt(id) > 2n ** 53n)
    const id = wide?.id ?? shopify.shop.products.create().id
    shopify.shop.products.update(id)
    await shopify.shop.settled()
    expect(received.at(-1)?.body).toContain(`"id":${id},`)
  })

  it('are told for all that one action touches, under one event id', async () => {
    const paid = shopify.shop.orders
      .list()
      .find((order) => order.financialStatus === 'paid' && order.customerId)
    shopify.shop.orders.refund(paid!.id)
    await shopify.shop.settled()
    expect(topics()).toEqual([
      'customers/purchasing_summary',
      'customers/update',
      'orders/updated',
      'refunds/create',
    ])
    expect(new Set(received.map(({ headers }) => headers['x-shopify-event-id'])).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(4)
  })

  it('of new tags are camelCase and name what was added only', async () => {
    const [customer] = shopify.shop.customers.list()
    shopify.shop.customers.update(customer!.id, { tags: ['old'] })
    await shopify.shop.settled()
    received.length = 0
    shopify.shop.customers.addTags(customer!.id, ['vip'])
    await shopify.shop.settled()
    const added = received.find(({ headers }) => headers['x-shopify-topic'] === 'customer.tags_added')
    expect(JSON.parse(added?.body ?? '')).toMatchObject({
      customerId: `gid://shopify/Customer/${customer!.id}`,
      tags: ['vip'],
      occurredAt: '2026-11-21T12:00:00.000Z',
    })
    expect(topics()).toEqual(['customer.tags_added', 'customers/update'])
  })

  it('of stock are a level without an id, and the product', async () => {
    const [product] = shopify.shop.products.list()
    shopify.shop.products.adjustStock(product!.id, { quantity: 3 })
    await shopify.shop.settled()
    const level = received.find(({ headers }) => headers['x-shopify-topic'] === 'inventory_levels/update')
    expect(level?.body).not.toContain('"id":')
    expect(level?.body).toContain('"available":3')
    expect(topics()).toEqual(['inventory_levels/update', 'products/update'])
  })

  it('are tried again with the same id and the same bytes until they are acknowledged', async () => {
    const answers = [500, 302, 200]
    answer = () => answers[received.length - 1] ?? 200
    shopify.shop.products.create()
    await soon(() => shopify.shop.deliveries()[0]?.attempts.length === 1)
    clock.advance(57_000)
    await soon(() => shopify.shop.deliveries()[0]?.attempts.length === 2)
    clock.advance(113_000)
    expect(await shopify.shop.settled()).toMatchObject({ acknowledged: 1, waiting: 0 })
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['x-shopify-triggered-at'])).size).toBe(1)
  })

  it('are given up after eight retries in four hours', async () => {
    answer = () => 500
    shopify.shop.products.create()
    const begun = clock.now()
    for (let tries = 1; tries <= 9; tries++) {
      await soon(() => shopify.shop.deliveries()[0]?.attempts.length === tries)
      const next = shopify.shop.deliveries()[0]?.nextAttemptAt
      if (next) clock.advance(new Date(next).getTime() - clock.now())
    }
    expect(await shopify.shop.settled()).toMatchObject({ gave_up: 1 })
    expect(received).toHaveLength(9)
    expect((clock.now() - begun) / 3_600_000).toBeCloseTo(4, 2)
  })

  it('count an unreachable app as a failure and wait', async () => {
    shopify.connectApp({ url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: SECRET })
    shopify.shop.products.create()
    await soon(() => shopify.shop.deliveries()[0]?.attempts.length === 1)
    expect(shopify.shop.deliveries()[0]).toMatchObject({ state: 'waiting', attempts: [{ status: null }] })
    expect(shopify.shop.courier.retryNow()).toBe(1)
  })

  it('come twice, or never, or late, or newest first, on command', async () => {
    const { shop } = shopify
    shop.misbehave({ kind: 'duplicate', times: 1 })
    shop.products.create()
    await shop.settled()
    expect(new Set(received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1)
    expect(received).toHaveLength(2)

    shop.misbehave({ kind: 'drop', times: 1 })
    shop.products.create()
    expect(await shop.settled()).toMatchObject({ dropped: 1 })

    shop.misbehave({ kind: 'delay', ms: 60_000, times: 1 })
    const late = shop.products.create()
    shop.products.create()
    await soon(() => received.length === 3)
    expect(received[2]?.body).not.toContain(late.id)
    clock.advance(60_000)
    await shop.settled()
    expect(received[3]?.body).toContain(late.id)

    shop.misbehave({ kind: 'reorder', window: 2, times: 2 })
    const first = shop.products.create()
    const second = shop.products.create()
    await shop.settled()
    const order = shop
      .deliveries()
      .slice(0, 2)
      .map(({ recordId }) => recordId)
    expect(order).toEqual([second.id, first.id])
  })

  it('carry another body than was signed once, when told to, and then the true one', async () => {
    answer = () => (received.length === 1 ? 401 : 200)
    shopify.shop.misbehave({ kind: 'tamper', times: 1 })
    shopify.shop.products.create()
    await soon(() => shopify.shop.deliveries()[0]?.attempts.length === 1)
    expect(shopify.shop.courier.retryNow()).toBe(1)
    await shopify.shop.settled()
    expect(received[0]?.body).not.toBe(received[1]?.body)
    expect(received[1]?.body).toBe(shopify.shop.deliveries()[0]?.body)
  })

  it('end with the uninstallation, which is the last of them but for the compliance topics', async () => {
    const [customer] = shopify.shop.customers.list()
    shopify.shop.compliance.redactCustomer(customer!.id)
    shopify.shop.uninstall()
    shopify.shop.products.create()
    await shopify.shop.settled()
    expect(topics()).toEqual(['app/uninstalled', 'customers/redact'])
  })

  it('are remembered, and their faults counted', async () => {
    shopify.shop.misbehave({ kind: 'duplicate', times: 2 })
    for (let made = 0; made < 3; made++) shopify.shop.products.create()
    await shopify.shop.settled()
    expect(shopify.shop.webhookFaults.met).toEqual({ duplicate: 2 })
    expect(shopify.shop.deliveries()).toHaveLength(3)
  })

  it('do not tell of what is done silently', async () => {
    const [first, second] = shopify.shop.products.list()
    const deleted = shopify.shop.silently(() => shopify.shop.products.delete(first!.id))
    expect(deleted.id).toBe(first!.id)
    shopify.shop.products.update(second!.id, { title: 'Told' })
    await shopify.shop.settled()
    expect(topics()).toEqual(['products/update'])
    expect(shopify.shop.products.list()).toHaveLength(5)
  })

  it('tell when the merchant takes back a right, and then no more of what it opened', async () => {
    const customer = shopify.shop.customers.list()[0]!
    shopify.shop.revokeScopes('read_customers')
    shopify.shop.customers.update(customer.id, { note: 'untold' })
    shopify.shop.compliance.redactCustomer(customer.id)
    shopify.shop.products.create()
    await shopify.shop.settled()
    expect(topics()).toEqual(['app/scopes_update', 'customers/redact', 'products/create'])
    const { body } = received.find(({ headers }) => headers['x-shopify-topic'] === 'app/scopes_update')!
    expect(JSON.parse(body)).toMatchObject({
      previous: ['read_products', 'read_customers'],
      current: ['read_products'],
    })

    received.length = 0
    shopify.shop.grantScopes('read_customers', 'read_all_orders')
    shopify.shop.customers.update(customer.id, { note: 'told' })
    await shopify.shop.settled()
    expect(topics()).toEqual(['app/scopes_update', 'customers/update'])
  })

  it('tell that a bulk operation has ended, unless that is lost', async () => {
    const begin = () =>
      shopify.fetch(`https://${shopify.shop.domain}/admin/api/2026-10/graphql.json`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Shopify-Access-Token': shopify.shop.tokens.issue(false).access_token,
        },
        body: JSON.stringify({
          query: `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { bulkOperation { id } } }`,
        }),
      })
    await begin()
    clock.advance(1_000)
    await shopify.shop.settled()
    expect(topics()).toEqual(['bulk_operations/finish'])
    expect(JSON.parse(received[0]!.body)).toEqual({
      admin_graphql_api_id: `gid://shopify/BulkOperation/${shopify.shop.bulk.list()[0]!.id}`,
      created_at: '2026-11-21T07:00:00-05:00',
      completed_at: '2026-11-21T07:00:00-05:00',
      error_code: null,
      status: 'completed',
      type: 'query',
    })

    shopify.shop.misbehave({ kind: 'drop', topic: 'bulk_operations/finish' })
    await begin()
    clock.advance(1_000)
    await shopify.shop.settled()
    expect(received).toHaveLength(1)
  })
})
