import { Session } from '@shopify/shopify-api'
import { type StoreReader } from '../../app/contracts/store-reader'
import { createStoreReaders } from '../../app/sources/shopify/admin/store-readers.server'
import { type Shop, type ShopifyStandIn, startShopify } from '../../dev/shopify'
import { type ShopifyOptions } from '../../dev/shopify/start-shopify'

/** A stand-in for Shopify, and what reads its first shop over HTTP. */
export interface ReadableShop {
  shopify: ShopifyStandIn
  shop: Shop
  reader: StoreReader
  /** How many questions were put, by the first word of their query after `query` or `mutation`. */
  asked: Map<string, number>
  close(): Promise<void>
}

/** Starts a stand-in and a reader of its first shop. */
export async function openReadableShop(options: ShopifyOptions = {}): Promise<ReadableShop> {
  const shopify = await startShopify({ bulkMs: 20, pointsPerSecond: 5_000, ...options })
  const { shop } = shopify
  shopify.connectApp({ url: shopify.origin, apiKey: 'the-key', apiSecret: 'the-secret' })
  const { access_token: accessToken } = shop.install()
  const stop = new AbortController()
  const asked = new Map<string, number>()

  const readers = createStoreReaders({
    sessions: (domain) =>
      Promise.resolve(
        new Session({ id: `offline_${domain}`, shop: domain, state: '', isOnline: false, accessToken }),
      ),
    clock: () => new Date(),
    fetch: (input, init) => {
      const name = /(?:query|mutation) (\w+)/.exec(typeof init?.body === 'string' ? init.body : '')?.[1]
      if (name) asked.set(name, (asked.get(name) ?? 0) + 1)
      return shopify.fetch(input, init)
    },
    signal: stop.signal,
  })
  return {
    shopify,
    shop,
    reader: readers(shop.domain),
    asked,
    async close() {
      stop.abort()
      await shopify.stop()
    },
  }
}
