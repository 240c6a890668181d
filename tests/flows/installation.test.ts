import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../../dev/open-app'
import { startApp, type RunningApp } from '../../dev/run-app'
import { startSaas, type Saas } from '../../dev/saas'
import { startShopify, type ShopifyStandIn } from '../../dev/shopify'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { SAAS_KEY } from '../support/flow'
import { until } from '../../dev/until'

describe('an installation', () => {
  let database: TestDatabase
  let shopify: ShopifyStandIn
  let saas: Saas
  let app: RunningApp

  beforeAll(async () => {
    ;[database, shopify, saas] = await Promise.all([
      createTestDatabase(),
      startShopify({
        shops: ['first.myshopify.com'],
        currency: 'JPY',
        stock: { products: 2, collections: 1, customers: 1, orders: 1 },
      }),
      startSaas({ apiKey: SAAS_KEY }),
    ])
    app = await startApp({
      databaseUrl: database.url,
      nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
      env: { PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin, SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY },
    })
    shopify.connectApp({
      url: app.url,
      apiKey: app.env.SHOPIFY_API_KEY!,
      apiSecret: app.env.SHOPIFY_API_SECRET!,
    })
  })
  afterAll(async () => {
    await app.stop()
    await Promise.all([shopify.stop(), saas.stop(), database.drop()])
  })

  const session = async () => {
    const [row] = await database.db.query<{ accessToken: string; refreshToken: string; expires: Date }>(
      `SELECT * FROM "Session"`,
    )
    return row
  }

  it('begins with the first load: a token that expires, a shop, its currency and its connection', async () => {
    expect((await openApp(app, shopify.shop)).status).toBe(200)
    const stored = await session()
    expect(stored).toMatchObject({
      accessToken: expect.stringMatching(/^shpat_/) as string,
      refreshToken: expect.stringMatching(/^shprt_/) as string,
    })
    expect(stored!.expires.getTime()).toBeGreaterThan(Date.now())

    const shop = await until('the shop is described', async () => {
      const [row] = await database.db.query<{ currency: string }>(
        `SELECT "currency", "timeZone", "installedAt" FROM "Shop" WHERE "currency" IS NOT NULL`,
      )
      return row
    })
    expect(shop).toMatchObject({ currency: 'JPY', installedAt: expect.any(Date) as Date })
    const [connection] = await database.db.query(`SELECT "kind", "state", "sealedKey" FROM "SaasConnection"`)
    expect(connection).toEqual({ kind: 'environment', state: 'connected', sealedKey: null })
  })

  it('mirrors what changes from then on, in the digits of the shop’s currency', async () => {
    const { shop } = shopify
    const [product] = shop.products.list()
    shop.products.update(product!.id, { price: '1200', title: 'A change' })
    await shop.settled()
    const mirrored = await until('the product has arrived', () =>
      saas.mirror().find(({ externalId }) => externalId === product!.id),
    )
    expect(mirrored.data).toMatchObject({ name: 'A change', currency: 'JPY', price: '1200' })
  })

  it('ends with app/uninstalled: the sessions are gone, later webhooks are heard and not acted on', async () => {
    const { shop } = shopify
    shop.uninstall()
    await shop.settled()
    await until('the sessions are gone', async () => (await session()) === undefined)
    const [left] = await database.db.query(`SELECT "uninstalledAt", "installedAt" FROM "Shop"`)
    expect(left).toMatchObject({ uninstalledAt: expect.any(Date) as Date, installedAt: null })
    const [connection] = await database.db.query(`SELECT "state" FROM "SaasConnection"`)
    expect(connection).toEqual({ state: 'not_connected' })
  })
})
