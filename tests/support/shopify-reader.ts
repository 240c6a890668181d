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
  /** The questions that were put, in order: their name, and what the store reckoned for them (0 where it said nothing). */
  asked: { name: string; cost: number }[]
  /** How often a session was asked for. */
  sessions: () => number
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
  const asked: ReadableShop['asked'] = []
  let sessions = 0

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await shopify.fetch(input, init)
    const name = /(?:query|mutation) (\w+)/.exec(typeof init?.body === 'string' ? init.body : '')?.[1]
    if (name) asked.push({ name, cost: costOf(await response.clone().text()) })
    return response
  }
  const readers = createStoreReaders({
    sessions: (domain) => {
      sessions++
      const id = `offline_${domain}`
      return Promise.resolve(new Session({ id, shop: domain, state: '', isOnline: false, accessToken }))
    },
    clock: () => new Date(),
    fetch,
    signal: stop.signal,
  })
  return {
    shopify,
    shop,
    reader: readers(shop.domain),
    asked,
    sessions: () => sessions,
    async close() {
      stop.abort()
      await shopify.stop()
    },
  }
}

function costOf(answer: string): number {
  return Number(/"requestedQueryCost":(\d+)/.exec(answer)?.[1] ?? 0)
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
  const records: ExportedRecord[] = []
  for await (const record of reader.readExport(from, new AbortController().signal)) records.push(record)
  return records
}
