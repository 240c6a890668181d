import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedPostgres } from '../postgres'
import { startSaas, type Saas } from '../saas'
import { startShopify, type Shop, type ShopifyStandIn } from '../shopify'
import { createRandom, type Random } from '../shopify/random'
import { subscriptionsOfThisApp } from '../shopify/webhooks/subscriptions'
import { type Pause } from './evidence'
import { Fleet, type Layout } from './fleet'
import { installApp } from './install-app'
import { query } from './query'
import { shiftingClock, type ShiftingClock } from './shifting-clock'

const SAAS_KEY = 'the-key-of-the-chaos'
/** Shopify's first retry comes after a minute, here after a second; it gives up after four minutes. */
const TIME_SCALE = 60
/** The store begins its day in the past, so that hours can pass without its clock being ahead of the app's. */
const STORE_BEGINS_MS = -20 * 3_600_000

/** The database that the app runs on. */
export interface ChaosDatabase extends Pick<EmbeddedPostgres, 'kill' | 'start'> {
  url: string
}

interface StageOptions {
  seed: number
  layout: Layout
  /** How many events the SaaS takes in one call; null: one. */
  batchLimit: number | null
  /** How long the SaaS takes for an answer, in milliseconds. */
  latencyMs: number
  database: ChaosDatabase
}

/** A store, the app over a database, and a SaaS: installed, connected, and nothing in it. */
export interface Stage {
  shop: Shop
  shopify: ShopifyStandIn
  clock: ShiftingClock
  saas: Saas
  fleet: Fleet
  database: ChaosDatabase
  random: Random
  /** When sending was paused by hand. */
  pauses: Pause[]
  /** How often each kind of fault was injected. */
  injected: Record<string, number>
  count(fault: string): void
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** Lets nobody else write a table for so long. */
  lockTable(name: string, ms: number): Promise<void>
  close(): Promise<void>
}

/** Starts everything and installs the app. @throws Error when the app does not come up */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { seed, database } = options
  const random = createRandom(seed ^ 0xc4a05)
  const clock = shiftingClock()
  const saas = await startSaas({
    apiKey: SAAS_KEY,
    batchLimit: options.batchLimit,
    latencyMs: options.latencyMs,
    random: random.next,
  })
  const shopify = await openShopify(seed, clock)
  const { shop } = shopify
  const fleet = await Fleet.start(options.layout, {
    databaseUrl: database.url,
    nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
    env: {
      SAAS_API_URL: saas.url,
      SAAS_API_KEY: SAAS_KEY,
      PARITY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin,
    },
  })
  const { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret } = fleet.web.env
  shopify.connectApp({ url: fleet.web.url, apiKey: apiKey!, apiSecret: apiSecret! })

  const injected: Record<string, number> = {}
  const stage: Stage = {
    ...{ shop, shopify, clock, saas, fleet, database, random, injected, pauses: [] },
    count: (fault) => void (injected[fault] = (injected[fault] ?? 0) + 1),
    query: (text, values) => query(database.url, text, values),
    lockTable: (name, ms) => lockTable(database.url, name, ms),
    async close() {
      await Promise.all([shopify.stop(), saas.stop()])
    },
  }
  await installApp(stage)
  clock.shift(STORE_BEGINS_MS)
  return stage
}

async function openShopify(seed: number, clock: ShiftingClock): Promise<ShopifyStandIn> {
  const subscriptions = await subscriptionsOfThisApp()
  // Its scope is optional, so that the app's own file cannot subscribe to it.
  subscriptions.list.push({ topic: 'customers/merge', uri: '/webhooks/customers/merge' })
  return startShopify({
    shops: ['chaos.myshopify.com'],
    ...{ seed, clock, subscriptions },
    timeScale: TIME_SCALE,
    memory: Infinity,
    // Everything that changes is asked for, too: more than a standard plan has points for.
    pointsPerSecond: 2_000,
    stock: { products: 0, collections: 0, customers: 0, orders: 0 },
  })
}

async function lockTable(url: string, name: string, ms: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`LOCK TABLE "${name}" IN EXCLUSIVE MODE`)
    await pause(ms)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
