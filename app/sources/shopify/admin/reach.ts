import { type Reach, READING_ORDER, type ReadableResource, type StoreReader } from '~/contracts/store-reader'
import { type AskAdmin } from './ask-admin.server'
import { probe } from './probe'
import { grantedScopes } from './scopes'

/** How many days back orders can be read without `read_all_orders`. */
const ORDER_DAYS = 60

const NEEDS: Record<ReadableResource, { scope: string; words: string }> = {
  category: { scope: 'read_products', words: 'collections' },
  product: { scope: 'read_products', words: 'products' },
  customer: { scope: 'read_customers', words: 'customers' },
  order: { scope: 'read_orders', words: 'orders' },
}

type ReachOf = Awaited<ReturnType<StoreReader['reach']>>

/** How far each resource can be read, and which of its fields are withheld. @throws ParityError as `AskAdmin` does */
export async function reach(ask: AskAdmin): Promise<ReachOf> {
  const scopes = await grantedScopes(ask)
  const entries = await Promise.all(
    READING_ORDER.map(async (resource) => [resource, await reachOf(ask, resource, scopes)] as const),
  )
  return Object.fromEntries(entries) as ReachOf
}

async function reachOf(ask: AskAdmin, resource: ReadableResource, scopes: Set<string>) {
  const { scope, words } = NEEDS[resource]
  if (!scopes.has(scope)) return { reach: none(missing(words, scope)), denied: [] }

  const { isClosed, fields } = await probe(ask, resource)
  const denied = [...fields].sort()
  if (isClosed) return { reach: none(notApproved(words)), denied }
  return { reach: windowOf(resource, scopes), denied }
}

function windowOf(resource: ReadableResource, scopes: Set<string>): Reach {
  if (resource !== 'order' || scopes.has('read_all_orders')) return { kind: 'all' }
  return {
    kind: 'since',
    days: ORDER_DAYS,
    words: `Only orders of the last ${ORDER_DAYS} days can be read: Shopify has not given Parity access to older ones (read_all_orders).`,
  }
}

function none(words: string): Reach {
  return { kind: 'none', words }
}

function missing(what: string, scope: string): string {
  return `Parity may not read ${what}: the permission ${scope} was not granted. Open Parity in the Shopify admin to grant it.`
}

function notApproved(what: string): string {
  return `Shopify does not let Parity read ${what}: the app is not approved for that data.`
}
