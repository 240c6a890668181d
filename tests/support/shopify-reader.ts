import { Session } from '@shopify/shopify-api'
import {
  type ExportedRecord,
  type ReadableResource,
  type Selection,
  type StoreReader,
} from '../../app/contracts/store-reader'
import { createStoreReaders } from '../../app/sources/shopify/admin/store-readers.server'
import { type Shop, type ShopifyStandIn, startShopify } from '../../dev/shopify'
import { type ShopifyOptions } from '../../dev/shopify/start-shopify'
import { until } from '../../dev/until'

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
  // Nobody listens to webhooks here.
  shop.misbehave({ kind: 'drop' })
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

/** The selection of all records of a resource. */
export function everything(resource: ReadableResource): Selection {
  return { resource, createdFrom: null, createdUntil: null, updatedFrom: null }
}

/** Begins an export and waits until it is ready. @throws Error when it fails, or when none may be begun */
export async function readyExport(reader: StoreReader, selection: Selection) {
  const begun = await reader.startExport(selection)
  if (!begun) throw new Error('The store has as many exports under way as it allows.')
  const state = await until('an export is ready', async () => {
    const now = await reader.exportState(begun.exportId)
    return now.kind === 'under_way' ? null : now
  })
  if (state.kind !== 'ready') throw new Error(`The export is ${state.kind}.`)
  return { ...begun, ...state }
}

/** All records of an export, read to its end. */
export async function exportAll(reader: StoreReader, selection: Selection): Promise<ExportedRecord[]> {
  const { url, takenAt } = await readyExport(reader, selection)
  if (url === null) return []
  const from = { url, takenAt, resource: selection.resource, byte: 0 }
  return Array.fromAsync(reader.readExport(from, new AbortController().signal))
}
