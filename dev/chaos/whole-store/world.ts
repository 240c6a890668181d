import { randomBytes } from 'node:crypto'
import { openDatabase, type Database } from '../../../app/db.server'
import { openQueue, type Queue } from '../../../app/jobs/queue.server'
import { createLogger } from '../../../app/logger.server'
import { startShopify, type Shop, type ShopifyStandIn } from '../../shopify'
import { createRandom, type Random } from '../../shopify/random'
import { subscriptionsOfThisApp } from '../../shopify/webhooks/subscriptions'
import { Fleet } from '../fleet'

/** Shopify's first retry comes after a minute, here after a second. */
const TIME_SCALE = 60
/** Over how many days back the orders lie: most of them are older than what is in reach without `read_all_orders`. */
const ORDER_DAYS = 400
/** No process may have a larger heap, however large the store: whoever held it all would end. */
export const HEAP_MB = 256
/** How often the processes are killed while they read the store. */
const DEATHS = 3

/** What is played. */
export interface WorldOptions {
  seed: number
  databaseUrl: string
  /** How many records the store has when the app is installed, about. */
  records: number
  /** How often whoever reads the store is killed; three times unless said otherwise. */
  deaths?: number
  /** How long anything may take that is waited for. */
  patienceMs: number
  /** Told of what is done, as it is done. */
  say: (line: string) => void
}

/** A store that was there before the app, the app as a web server with two workers, and the built-in SaaS. */
export interface World extends Omit<WorldOptions, 'deaths'> {
  deaths: number
  shop: Shop
  shopify: ShopifyStandIn
  fleet: Fleet
  random: Random
  db: Database
  /** The queue of the app: where its schedules and its commands put what is to be done. */
  queue: Queue
  close(): Promise<void>
}

/** Starts everything; nothing is installed yet. @throws Error when the app does not come up */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { seed, databaseUrl, records } = options
  const shopify = await openShopify(seed, records)
  const fleet = await Fleet.start('split', {
    databaseUrl,
    nodeArguments: [`--max-old-space-size=${HEAP_MB}`, '--import', './dev/shopify/route-to-stand-in.mjs'],
    env: {
      PARITY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin,
    },
  })
  const { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret } = fleet.web.env
  shopify.connectApp({ url: fleet.web.url, apiKey: apiKey!, apiSecret: apiSecret! })
  const db = openDatabase(databaseUrl, { connections: 4 })
  const queue = await openQueue({
    connectionString: databaseUrl,
    logger: createLogger('silent'),
    worker: false,
  })
  return {
    ...{ deaths: DEATHS, ...options, shopify, shop: shopify.shop, fleet, db, queue },
    random: createRandom(seed ^ 0x570e),
    async close() {
      await queue.stop()
      await Promise.all([shopify.stop(), db.close()])
    },
  }
}

async function openShopify(seed: number, records: number): Promise<ShopifyStandIn> {
  const subscriptions = await subscriptionsOfThisApp()
  const share = (part: number) => Math.round(records * part)
  return startShopify({
    shops: ['whole-store.myshopify.com'],
    ...{ seed, subscriptions },
    scopes: [...subscriptions.scopes, 'read_all_orders'],
    stock: {
      products: share(0.2),
      collections: Math.min(60, share(0.01)),
      customers: share(0.3),
      orders: share(0.5),
      orderDays: ORDER_DAYS,
    },
    timeScale: TIME_SCALE,
    memory: Infinity,
    pointsPerSecond: 2_000,
  })
}
