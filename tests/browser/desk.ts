import { startSaas, type Saas } from '../../dev/saas'
import { startShopify, type Shop, type ShopifyStandIn } from '../../dev/shopify'
import { startApp, type RunningApp } from '../../dev/run-app'
import { until } from '../../dev/until'
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
  /** Opens the app in each shop once, and waits until all that follows from an installation is over. */
  install(): Promise<void>
  /** Starts the app again where it was, after a test has ended it. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a desk with two empty shops that have not installed the app yet. */
export async function startDesk(env: Record<string, string | undefined> = {}): Promise<Desk> {
  const [database, shopify, saas] = await Promise.all([
    createTestDatabase(),
    startShopify({
      shops: ['north.myshopify.com', 'south.myshopify.com'],
      stock: { products: 0, collections: 0, customers: 0, orders: 0 },
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

  const open = ({ of = shopify.shop, ...options }: Partial<AdminOptions> & { of?: Shop } = {}) =>
    openAdmin({ appUrl: app.url, shop: of.domain, idToken: () => of.idToken(), ...options })

  return {
    database,
    rows: makeRows(database.db),
    shopify,
    saas,
    get app() {
      return app
    },
    open,
    async install() {
      for (const of of shopify.shops) {
        const admin = await open({ of })
        await admin.app.getByText('Waiting for the first record').waitFor()
        await admin.close()
      }
      await until('the shops are described, and no run is under way', () => isQuiet(database))
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

async function isQuiet({ db: { prisma } }: TestDatabase): Promise<boolean> {
  const undescribed = await prisma.shop.count({ where: { currency: null } })
  const underWay = await prisma.syncRun.count({ where: { endedAt: null } })
  return undescribed + underWay === 0
}
