import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startShopify, type ShopifyStandIn } from '../../dev/shopify'
import { until } from '../../dev/until'
import { type Flow, startFlow } from '../support/flow'
import { STORE } from '../support/webhook'

describe('what webhooks leave out', () => {
  let shopify: ShopifyStandIn
  let flow: Flow

  beforeAll(async () => {
    shopify = await startShopify({
      shops: [STORE],
      stock: { products: 3, collections: 2, customers: 3, orders: 2 },
    })
    flow = await startFlow({
      env: { PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin },
      nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
    })
    const { url, env } = flow.app
    shopify.connectApp({ url, apiKey: env.SHOPIFY_API_KEY!, apiSecret: env.SHOPIFY_API_SECRET! })
    const token = shopify.shop.tokens.issue(false).access_token
    await flow.database.db.query(`UPDATE "Session" SET "accessToken" = $1, "scope" = $2`, [
      token,
      shopify.shop.scopes.join(),
    ])
    shopify.shop.products.update(shopify.shop.products.list()[0]!.id, { title: 'The first of all' })
    await until('it is known what the store can be asked for', async () => {
      const [source] = await flow.database.db.query<{ askable: string[] }>(
        `SELECT "askable" FROM "SourceConnection"`,
      )
      return source?.askable.includes('customer')
    })
    await idle()
  })
  afterAll(async () => {
    await flow.stop()
    await shopify.stop()
  })

  /** Nothing of the store is left to be read, asked, or delivered. */
  const idle = () =>
    until('all is in step', async () => {
      const [rest] = await flow.database.db.query<{ open: number }>(
        `SELECT (SELECT count(*) FROM "SyncRun" WHERE "endedAt" IS NULL)::int + (SELECT count(*) FROM "Question")::int
              + (SELECT count(*) FROM "SyncRecord" WHERE "dueAt" IS NOT NULL)::int AS open`,
      )
      return rest?.open === 0
    })
  const sentOf = (externalId: string) =>
    flow.saas.requests
      .filter(({ records }) => records.some((key) => key.endsWith(`|${externalId}`)))
      .map(({ text }) => text)
  const mirrored = (externalId: string) =>
    flow.saas.mirror().find((record) => record.externalId === externalId)?.data

  it('is asked of the store before the record is sent', async () => {
    const { id } = shopify.shop.customers.create({ firstName: 'Ada', tags: ['vip'] })
    const complete = await until('the customer has arrived', () => mirrored(id))
    expect(complete).toMatchObject({ tags: ['vip'], order_count: 0 })
    expect(complete).not.toHaveProperty('incomplete')
    await idle()
    for (const text of sentOf(id)) expect(text).not.toContain('incomplete')
  })

  it('is asked of the store also where only a hint says that it changed', async () => {
    const [product] = shopify.shop.products.list()
    shopify.shop.products.adjustStock(product!.id, { quantity: 4321 })
    const stock = await until('the stock has arrived', () => {
      const data = mirrored(product!.id)
      return JSON.stringify(data?.variants).includes('4321') && data
    })
    expect(stock).not.toHaveProperty('incomplete')
  })

  it('does not keep a record back when the store cannot be asked, and follows when it can', async () => {
    shopify.shop.graphqlFaults.add({ kind: 'fail', status: 503 })
    const { id } = shopify.shop.customers.create({ firstName: 'Grace', tags: ['new'] })
    const incomplete = await until('the customer has arrived', () => mirrored(id))
    expect(incomplete).toMatchObject({ incomplete: ['tags', 'totals', 'consent'] })
    expect(incomplete).not.toHaveProperty('tags')

    shopify.shop.graphqlFaults.clear()
    const complete = await until('the rest has arrived', () => {
      const data = mirrored(id)
      return data && !('incomplete' in data) && data
    })
    expect(complete).toMatchObject({ tags: ['new'], order_count: 0 })
    await idle()
  })

  it('that the store withholds is left out, and not asked for again and again', async () => {
    shopify.shop.graphqlFaults.add({ kind: 'denied', fields: ['Customer.tags'] })
    const { id } = shopify.shop.customers.create({ firstName: 'Edith', tags: ['secret'] })
    const data = await until('the customer has arrived', () => mirrored(id))
    await idle()
    expect(mirrored(id)).toMatchObject({ order_count: 0, incomplete: ['tags'] })
    expect(data).not.toHaveProperty('tags')
    const denied = await flow.database.db.query<{ deniedFields: string[] }>(
      `SELECT "deniedFields" FROM "SourceReach" WHERE "resource" = 'customer'`,
    )
    expect(denied).toEqual([{ deniedFields: ['Customer.tags'] }])
    shopify.shop.graphqlFaults.clear()
  })
})
