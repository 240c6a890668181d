import { startSaas, type Saas } from '../../dev/saas'
import { startShopify, type Shop, type ShopifyStandIn } from '../../dev/shopify'
import { startApp, type RunningApp } from '../../dev/run-app'
import { openAdmin, type Admin, type AdminOptions } from '../support/browser'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { makeRows } from '../support/rows'

const SAAS_KEY = 'saas-key-of-the-tests'

/** Everything that a page needs behind it: a database, a Shopify, a SaaS and the app. */
export interface Desk {
  database: TestDatabase
  rows: ReturnType<typeof makeRows>
  shopify: ShopifyStandIn
  saas: Saas
  app: RunningApp
  /** Opens the app in the admin of a shop; the first one by default. */
  open(options?: Partial<AdminOptions> & { of?: Shop }): Promise<Admin>
  /** Starts the app again where it was, after a test has ended it. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a desk with two shops that have not installed the app yet. */
export async function startDesk(env: Record<string, string | undefined> = {}): Promise<Desk> {
  const [database, shopify, saas] = await Promise.all([
    createTestDatabase(),
    startShopify({
      shops: ['north.myshopify.com', 'south.myshopify.com'],
      stock: { products: 3, collections: 2, customers: 3, orders: 3 },
    }),
    startSaas({ apiKey: SAAS_KEY }),
  ])
  const options = {
    databaseUrl: database.url,
    nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
    env: {
      PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin,
      SAAS_API_URL: saas.url,
      SAAS_API_KEY: SAAS_KEY,
      ...env,
    },
  }
  let app = await startApp(options)
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET } = app.env
  shopify.connectApp({ url: app.url, apiKey: SHOPIFY_API_KEY!, apiSecret: SHOPIFY_API_SECRET! })

  return {
    database,
    rows: makeRows(database.db),
    shopify,
    saas,
    get app() {
      return app
    },
    open({ of = shopify.shop, ...options } = {}) {
      return openAdmin({ appUrl: app.url, shop: of.domain, idToken: () => of.idToken(), ...options })
    },
    async restart() {
      // The same environment, above all the same encryption key.
      app = await startApp({ ...options, env: app.env, port: Number(app.env.PORT) })
    },
    async stop() {
      await app.stop()
      await Promise.all([shopify.stop(), saas.stop(), database.drop()])
    },
  }
}
