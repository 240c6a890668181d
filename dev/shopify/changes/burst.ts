import { setTimeout as pause } from 'node:timers/promises'
import { createRandom, type Random } from '../random'
import { TAGS } from '../seed/words'
import { type Id } from '../store/model'
import { Refused, type ShopState } from '../store/shop-state'
import { createCollection, deleteCollection, updateCollection } from './change-collections'
import {
  addCustomerTags,
  createCustomer,
  deleteCustomer,
  removeCustomerTags,
  setConsent,
  updateCustomer,
} from './change-customers'
import {
  cancelOrder,
  createOrder,
  deleteOrder,
  editOrder,
  fulfilOrder,
  payOrder,
  refundOrder,
  updateOrder,
} from './change-orders'
import { adjustStock, createProduct, deleteProduct, updateProduct } from './change-products'
import { BurstInput } from './inputs'

/** How many changes of each kind a burst made. */
export interface BurstSummary {
  changes: number
  byKind: Record<string, number>
}

type Change = (shop: ShopState, random: Random) => unknown

/** Each kind of change, and how often it comes up against the others. */
const KINDS: Record<string, [weight: number, change: Change]> = {
  'product created': [3, (shop) => createProduct(shop)],
  'product updated': [14, (shop, random) => updateProduct(shop, anyOf(shop.products, random))],
  'stock adjusted': [8, (shop, random) => adjustStock(shop, anyOf(shop.products, random))],
  'product deleted': [1, (shop, random) => deleteProduct(shop, unsold(shop, random))],
  'collection created': [1, (shop) => createCollection(shop)],
  'collection updated': [6, (shop, random) => updateCollection(shop, anyOf(shop.collections, random))],
  'collection deleted': [0.5, (shop, random) => deleteCollection(shop, anyOf(shop.collections, random))],
  'customer created': [4, (shop) => createCustomer(shop)],
  'customer updated': [10, (shop, random) => updateCustomer(shop, anyOf(shop.customers, random))],
  'customer tagged': [
    4,
    (shop, random) => addCustomerTags(shop, anyOf(shop.customers, random), random.sample(TAGS, 2)),
  ],
  'customer untagged': [
    2,
    (shop, random) => removeCustomerTags(shop, anyOf(shop.customers, random), random.sample(TAGS, 4)),
  ],
  'consent changed': [
    4,
    (shop, random) =>
      setConsent(shop, anyOf(shop.customers, random), {
        channel: random.pick(['email', 'sms'] as const),
        state: random.pick(['subscribed', 'unsubscribed'] as const),
      }),
  ],
  'customer deleted': [1, (shop, random) => deleteCustomer(shop, withoutOrders(shop, random))],
  'order created': [10, (shop) => createOrder(shop)],
  'order updated': [5, (shop, random) => updateOrder(shop, anyOf(shop.orders, random))],
  'order paid': [3, (shop, random) => payOrder(shop, anyOf(shop.orders, random))],
  'order fulfilled': [5, (shop, random) => fulfilOrder(shop, anyOf(shop.orders, random))],
  'order refunded': [4, (shop, random) => refundOrder(shop, anyOf(shop.orders, random))],
  'order edited': [3, (shop, random) => editOrder(shop, anyOf(shop.orders, random))],
  'order cancelled': [2, (shop, random) => cancelOrder(shop, anyOf(shop.orders, random))],
  'order deleted': [1, (shop, random) => deleteOrder(shop, anyOf(shop.orders, random))],
}

/**
 * Makes that many changes over all resources. The same seed on the same shop makes the same changes.
 *
 * What Shopify would refuse (a payment of what is paid) does not count; another change is drawn instead.
 */
export async function burst(shop: ShopState, input: BurstInput): Promise<BurstSummary> {
  const { changes, seed, perSecond } = BurstInput.parse(input)
  const random = createRandom(seed)
  const usual = shop.random
  const byKind: Record<string, number> = {}
  for (let made = 0; made < changes;) {
    shop.random = random
    const kind = drawKind(random)
    const done = attempt(shop, random, kind)
    shop.random = usual
    if (!done) continue
    byKind[kind] = (byKind[kind] ?? 0) + 1
    made++
    if (perSecond !== undefined) await pause(1000 / perSecond)
    else if (made % 25 === 0) await pause(0)
  }
  return { changes, byKind }
}

function attempt(shop: ShopState, random: Random, kind: string): boolean {
  try {
    KINDS[kind]?.[1](shop, random)
    return true
  } catch (refusal) {
    if (refusal instanceof Refused) return false
    throw refusal
  }
}

const TOTAL_WEIGHT = Object.values(KINDS).reduce((sum, [weight]) => sum + weight, 0)

function drawKind(random: Random): string {
  let left = random.next() * TOTAL_WEIGHT
  for (const [kind, [weight]] of Object.entries(KINDS)) {
    left -= weight
    if (left < 0) return kind
  }
  return 'product updated'
}

function anyOf(records: Map<Id, unknown>, random: Random): Id {
  if (records.size === 0) throw new Refused('There is none')
  return random.pick([...records.keys()])
}

/** A product that no order names: Shopify forgets a deleted product in old orders without telling anybody. */
function unsold(shop: ShopState, random: Random): Id {
  const sold = new Set(
    [...shop.orders.values()].flatMap((order) => order.lineItems.map((line) => line.productId)),
  )
  const free = [...shop.products.keys()].filter((id) => !sold.has(id))
  if (free.length === 0) throw new Refused('Every product was sold')
  return random.pick(free)
}

function withoutOrders(shop: ShopState, random: Random): Id {
  const buyers = new Set([...shop.orders.values()].map((order) => order.customerId))
  const free = [...shop.customers.keys()].filter((id) => !buyers.has(id))
  if (free.length === 0) throw new Refused('Every customer has orders')
  return random.pick(free)
}
