import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { connect, type AppConnection, type ConnectedApp } from './app-connection'
import { systemClock, type Clock } from './clock'
import { createApplication } from './http/application'
import { type StockOptions } from './seed/stock-shop'
import { routedTo } from './routed-fetch.mjs'
import { Shop, type ShopSetup } from './shop'
import { createPost } from './webhooks/post'
import { subscriptionsOfThisApp, type Subscriptions } from './webhooks/subscriptions'

export interface ShopifyOptions {
  /** Of the loopback; 0, the default, takes a free one. */
  port?: number
  /** Which shops there are; the first is the one that is meant where none is named. */
  shops?: string[]
  /** Makes the shops' content. */
  seed?: number
  stock?: Partial<StockOptions>
  currency?: string
  /** IANA name. */
  zone?: string
  /** What the merchant grants at first; absent: what the app asks for. */
  scopes?: string[]
  /** How long a bulk operation takes, by the clock; 300 ms unless said otherwise. */
  bulkMs?: number
  /** How fast the cost budget fills up again: 100 on a standard plan, up to 2 000 on others. The bucket is 20 times that. */
  pointsPerSecond?: number
  /** What the app listens to; absent: as this repository's `shopify.app.toml` says. */
  subscriptions?: Subscriptions
  clock?: Clock
  /** Divides the waits between delivery attempts: 3600 makes an hour a second. */
  timeScale?: number
  /** How long a webhook may take; Shopify's five seconds unless said otherwise. */
  timeoutMs?: number
  /** Webhooks under way at once, for each shop. */
  concurrency?: number
  /** How many finished webhooks are remembered, for each shop; 5 000 unless said otherwise. */
  memory?: number
}

/** A Shopify of one's own on the loopback: shops, their webhooks, OAuth, Admin API and admin pages. */
export interface ShopifyStandIn {
  /** Such as `http://127.0.0.1:4000`. */
  origin: string
  /** The first shop. */
  shop: Shop
  /** @throws Error when there is no shop of that domain */
  shopNamed(domain: string): Shop
  shops: Shop[]
  /** Sends what is for a shop, or for the storage of bulk operations, to this stand-in: for readers in the same process. */
  fetch: typeof fetch
  /** Makes an app known: from now on it is sent webhooks, gets tokens and is framed. */
  connectApp(app: AppConnection): void
  stop(): Promise<void>
}

const DEFAULT_STOCK: StockOptions = { products: 60, collections: 8, customers: 40, orders: 80, orderDays: 30 }

/** Starts a stand-in for Shopify. */
export async function startShopify(options: ShopifyOptions = {}): Promise<ShopifyStandIn> {
  const subscriptions = options.subscriptions ?? (await subscriptionsOfThisApp())
  const { post, close } = createPost()
  let connected: ConnectedApp | undefined
  const app = () => connected
  const domains = options.shops ?? ['parity-demo.myshopify.com']
  const shops = domains.map((domain, index) => openShop(options, { domain, index, post, app }))
  const [first] = shops
  if (!first) throw new Error('A Shopify without a shop')
  const server = createServer(createApplication({ shops, app }))
  const origin = await listen(server, options.port ?? 0)
  return {
    origin,
    fetch: routedTo(origin, fetch),
    shop: first,
    shops,
    shopNamed: (domain) => mustBeNamed(shops, domain),
    connectApp(connection) {
      connected = connect(connection, subscriptions)
    },
    async stop() {
      for (const shop of shops) shop.stop()
      close()
      await shut(server)
    },
  }
}

/** Each shop has a content of its own, from the one seed. */
function openShop(
  options: ShopifyOptions,
  { index, ...setup }: Pick<ShopSetup, 'domain' | 'post' | 'app'> & { index: number },
): Shop {
  return new Shop({
    ...setup,
    seed: (options.seed ?? 1) + index,
    clock: options.clock ?? systemClock,
    currency: options.currency ?? 'USD',
    zone: options.zone ?? 'America/Toronto',
    stock: { ...DEFAULT_STOCK, ...options.stock },
    timeoutMs: options.timeoutMs ?? 5000,
    timeScale: options.timeScale ?? 1,
    concurrency: options.concurrency ?? 40,
    memory: options.memory ?? 5_000,
    bulkMs: options.bulkMs ?? 300,
    pointsPerSecond: options.pointsPerSecond ?? 100,
    scopes: options.scopes,
  })
}

function mustBeNamed(shops: Shop[], domain: string): Shop {
  const shop = shops.find((each) => each.domain === domain)
  if (!shop) throw new Error(`The stand-in has no shop ${domain}`)
  return shop
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function shut(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
