import { fulfillmentBody } from '../bodies/fulfillment-body'
import { fulfillmentStatusOf, orderDeletedBody } from '../bodies/order-body'
import { orderEditBody, type OrderEdit } from '../bodies/order-edit-body'
import { refundBody } from '../bodies/refund-body'
import { makeLineItem, makeOrder, settlePayment, wishLines } from '../seed/make-order'
import { NOTES, TAGS } from '../seed/words'
import { type Id, type LineItem, type Order, type Product, type Time } from '../store/model'
import { totalsOf } from '../store/order-totals'
import { mustFind, nowOf, Refused, type Announcement, type ShopState } from '../store/shop-state'
import { fulfilAll } from './fulfil-lines'
import { type OrderChange, type OrderInput } from './inputs'
import { news, orderNews, purchaseNews, stockNews } from './news'
import { refundLines } from './refund-lines'

/** `orders/create` (and `orders/paid`), the stock that it takes, and its customer's totals. */
export function createOrder(shop: ShopState, input: OrderInput = {}): Order {
  const at = nowOf(shop)
  const products = [...shop.products.values()]
  if (products.length === 0) throw new Refused('The shop has nothing to sell')
  const order = makeOrder(shop, at, {
    customer: buyer(shop, input.customerId),
    lines: wishLines(shop, products),
    test: input.test ?? false,
  })
  if (input.note !== undefined) order.note = input.note
  if (input.tags !== undefined) order.tags = input.tags
  shop.orders.set(order.id, order)
  const topics = order.financialStatus === 'paid' ? ['orders/create', 'orders/paid'] : ['orders/create']
  shop.announce([
    ...orderNews(shop, order, ...topics),
    ...takeStock(shop, order.lineItems, at, -1),
    ...purchaseNews(shop, order.customerId, at),
  ])
  return order
}

/** `orders/updated`. Without input the note or the tags change. */
export function updateOrder(shop: ShopState, id: Id, input?: OrderChange): Order {
  const order = touched(shop, id)
  const { note, tags } = input ?? {
    note: `${shop.random.pick(NOTES)} (${shop.random.int(1, 99)})`,
    tags: shop.random.sample(TAGS, 1),
  }
  if (note !== undefined) order.note = note
  if (tags !== undefined) order.tags = tags
  shop.announce(orderNews(shop, order, 'orders/updated'))
  return order
}

/** `orders/paid` and `orders/updated`. @throws Refused when nothing is owed */
export function payOrder(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  if (order.cancelledAt || Number(totalsOf(order).outstanding) === 0) {
    throw new Refused(`Order ${id} owes nothing`)
  }
  touched(shop, id)
  settlePayment(shop, order, order.updatedAt)
  shop.announce([
    ...orderNews(shop, order, 'orders/paid', 'orders/updated'),
    ...purchaseNews(shop, order.customerId, order.updatedAt),
  ])
  return order
}

/** `fulfillments/create`, `orders/fulfilled` and `orders/updated`. @throws Refused when nothing is left to send */
export function fulfilOrder(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  if (order.cancelledAt) throw new Refused(`Order ${id} is cancelled`)
  const fulfillment = fulfilAll(shop, order, nowOf(shop))
  touched(shop, id)
  if (order.financialStatus === 'paid') order.closedAt = order.updatedAt
  const topic = fulfillmentStatusOf(order) === 'fulfilled' ? 'orders/fulfilled' : 'orders/partially_fulfilled'
  shop.announce([
    news('fulfillments/create', id, fulfillmentBody(shop, order, fulfillment)),
    ...orderNews(shop, order, topic, 'orders/updated'),
  ])
  return order
}

/** `refunds/create` and `orders/updated`. @throws Refused when nothing was paid or nothing is left */
export function refundOrder(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  const refund = refundLines(shop, order, nowOf(shop))
  touched(shop, id)
  shop.announce([
    news('refunds/create', id, refundBody(shop, order, refund)),
    ...orderNews(shop, order, 'orders/updated'),
    ...purchaseNews(shop, order.customerId, order.updatedAt),
  ])
  return order
}

/** `orders/cancelled` and `orders/updated`, the refund of what was paid, and the stock that returns. */
export function cancelOrder(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  if (order.cancelledAt) throw new Refused(`Order ${id} is cancelled already`)
  if (order.fulfillments.length > 0) throw new Refused(`Order ${id} is on its way`)
  touched(shop, id)
  const returned = order.lineItems.map((line) => ({ ...line, quantity: line.currentQuantity }))
  const { received, refunded } = totalsOf(order)
  const refund =
    Number(received) > Number(refunded) ? refundLines(shop, order, order.updatedAt, true) : undefined
  if (!refund) {
    for (const line of order.lineItems) line.currentQuantity = 0
    if (Number(received) === 0) order.financialStatus = 'voided'
  }
  order.cancelReason = shop.random.pick(['customer', 'inventory', 'other'] as const)
  order.cancelledAt = order.updatedAt
  order.closedAt = order.updatedAt
  shop.announce([
    ...(refund ? [news('refunds/create', id, refundBody(shop, order, refund))] : []),
    ...orderNews(shop, order, 'orders/cancelled', 'orders/updated'),
    ...takeStock(shop, returned, order.updatedAt, 1),
    ...purchaseNews(shop, order.customerId, order.updatedAt),
  ])
  return order
}

/** `orders/edited` and `orders/updated`: one more item, and one fewer of the first line where it is not yet sent. */
export function editOrder(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  if (order.cancelledAt) throw new Refused(`Order ${id} is cancelled`)
  const [wish] = wishLines(shop, [...shop.products.values()])
  if (!wish) throw new Refused('The shop has nothing to sell')
  touched(shop, id)

  const first = order.lineItems.find((line) => line.currentQuantity > Math.max(1, line.fulfilledQuantity))
  if (first) first.currentQuantity -= 1
  const terms = { place: { tax: '', rate: 0 }, percentage: 0, taxesIncluded: false, added: true }
  const line = makeLineItem(shop, { ...wish, quantity: 1 }, terms)
  order.lineItems.push(line)
  if (order.financialStatus === 'paid' && Number(totalsOf(order).outstanding) > 0) {
    order.financialStatus = 'partially_paid'
  }
  order.closedAt = null
  const edit: OrderEdit = {
    id: shop.newId(),
    additions: [{ lineItemId: line.id, delta: 1 }],
    removals: first ? [{ lineItemId: first.id, delta: 1 }] : [],
  }
  shop.announce([
    news('orders/edited', id, orderEditBody(shop, order, edit, order.updatedAt)),
    ...orderNews(shop, order, 'orders/updated'),
    ...takeStock(shop, [line], order.updatedAt, -1),
  ])
  return order
}

/** `orders/delete`, and its customer's totals. */
export function deleteOrder(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  shop.orders.delete(id)
  shop.announce([
    news('orders/delete', id, orderDeletedBody(order)),
    ...purchaseNews(shop, order.customerId, nowOf(shop)),
  ])
  return order
}

/**
 * Brings a deleted order back under its id, as a restored backup would: `orders/create`, and its customer's totals. Products
 * that are gone since are named no more. Shopify itself uses no id twice; other platforms do.
 *
 * @throws Refused while the order is there, or its customer is gone
 */
export function restoreOrder(shop: ShopState, deleted: Order): Order {
  const { id, customerId } = deleted
  if (shop.orders.has(id)) throw new Refused(`Order ${id} was not deleted`)
  if (customerId !== null && !shop.customers.has(customerId)) {
    throw new Refused(`Customer ${customerId} of order ${id} is gone`)
  }
  const order = { ...structuredClone(deleted), updatedAt: nowOf(shop) }
  for (const line of order.lineItems) {
    if (line.productId === null || shop.products.has(line.productId)) continue
    line.productId = null
    line.variantId = null
  }
  shop.orders.set(id, order)
  shop.announce([
    ...orderNews(shop, order, 'orders/create'),
    ...purchaseNews(shop, customerId, order.updatedAt),
  ])
  return order
}

function touched(shop: ShopState, id: Id): Order {
  const order = mustFind(shop.orders, id, 'order')
  order.updatedAt = nowOf(shop)
  return order
}

function buyer(shop: ShopState, customerId: Id | null | undefined) {
  if (customerId === null) return null
  if (customerId !== undefined) return mustFind(shop.customers, customerId, 'customer')
  const customers = [...shop.customers.values()]
  return customers.length === 0 || shop.random.chance(0.15) ? null : shop.random.pick(customers)
}

/** Moves what the lines name out of the shelves (`-1`) or back into them (`1`). */
function takeStock(shop: ShopState, lines: LineItem[], at: Time, direction: 1 | -1): Announcement[] {
  const sold = Map.groupBy(lines, (line) => line.productId ?? '')
  return [...sold].flatMap(([productId, taken]) => {
    const product = shop.products.get(productId)
    return product ? moveStock(shop, product, taken, at, direction) : []
  })
}

function moveStock(shop: ShopState, product: Product, lines: LineItem[], at: Time, direction: 1 | -1) {
  const moved = product.variants.filter(
    (variant) => variant.tracked && lines.some((line) => line.variantId === variant.id && line.quantity > 0),
  )
  for (const variant of moved) {
    const lots = lines.filter((line) => line.variantId === variant.id)
    variant.inventoryQuantity += direction * lots.reduce((sum, line) => sum + line.quantity, 0)
  }
  return moved.length === 0 ? [] : stockNews(shop, product, moved, at)
}
