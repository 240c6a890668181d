import {
  type Amount,
  type Customer,
  type LineItem,
  type Order,
  type Product,
  type Time,
  type Variant,
} from '../store/model'
import { totalsOf } from '../store/order-totals'
import { type ShopState } from '../store/shop-state'
import { makeAddress } from './make-customer'
import { NOTES, PLACES, RATES, TAGS, type Place } from './words'

/** What an order is for: a customer or a guest, and how many of which variant. */
export interface OrderWish {
  customer: Customer | null
  lines: { product: Product; variant: Variant; quantity: number }[]
  test?: boolean
}

/** A plausible order of that moment, not yet in the shop: placed, and paid in most cases. */
export function makeOrder(shop: ShopState, at: Time, wish: OrderWish): Order {
  const { random } = shop
  const place = random.pick(PLACES)
  const pointOfSale = random.chance(0.1)
  const address = pointOfSale ? null : makeAddress(shop, place, nameFor(shop, wish.customer))
  const percentage = random.chance(0.25) ? random.pick([10, 15]) : 0
  const taxesIncluded = place.currency === 'EUR' || place.currency === 'JPY'
  const number = shop.nextOrderNumber++
  const order: Order = {
    id: shop.newId(),
    number,
    orderNumber: 1000 + number,
    email: wish.customer ? wish.customer.email : pointOfSale ? null : `guest.${number}@example.com`,
    phone: null,
    customerId: wish.customer?.id ?? null,
    currency: shop.currency,
    presentment: presentmentOf(shop, place),
    taxesIncluded,
    financialStatus: 'pending',
    sourceName: pointOfSale ? 'pos' : 'web',
    gateways: [pointOfSale ? 'cash' : random.pick(['shopify_payments', 'paypal', 'manual'])],
    discountCodes: [],
    lineItems: wish.lines.map((line) =>
      makeLineItem(shop, line, { place, percentage, taxesIncluded, added: false }),
    ),
    shipping: pointOfSale ? null : makeShipping(shop),
    billingAddress: address,
    shippingAddress: address,
    transactions: [],
    refunds: [],
    fulfillments: [],
    tags: random.sample(TAGS, random.int(0, 1)),
    note: random.chance(0.15) ? random.pick(NOTES) : null,
    test: wish.test ?? false,
    tip: shop.money.zero,
    cancelReason: null,
    cancelledAt: null,
    closedAt: null,
    processedAt: at,
    createdAt: at,
    updatedAt: at,
  }
  if (percentage > 0) {
    order.discountCodes = [{ code: `WELCOME${percentage}`, amount: totalsOf(order).discounts, percentage }]
  }
  if (random.chance(0.75)) settlePayment(shop, order, at)
  return order
}

/** One to three lines out of what the shop sells. */
export function wishLines(shop: ShopState, products: Product[]): OrderWish['lines'] {
  return shop.random.sample(products, shop.random.int(1, 3)).map((product) => ({
    product,
    variant: shop.random.pick(product.variants),
    quantity: shop.random.int(1, 3),
  }))
}

export interface LineTerms {
  place: { tax: string; rate: number }
  percentage: number
  taxesIncluded: boolean
  added: boolean
}

export function makeLineItem(
  shop: ShopState,
  { product, variant, quantity }: OrderWish['lines'][number],
  terms: LineTerms,
): LineItem {
  const { money } = shop
  const gross = money.times(variant.price, quantity)
  const discount = money.times(gross, terms.percentage / 100)
  return {
    id: shop.newId(),
    productId: product.id,
    variantId: variant.id,
    title: product.title,
    variantTitle: variant.title === 'Default Title' ? null : variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    quantity,
    currentQuantity: quantity,
    fulfilledQuantity: 0,
    price: variant.price,
    discount,
    taxLines: taxOn(shop, money.minus(gross, discount), terms),
    taxable: variant.taxable,
    requiresShipping: variant.requiresShipping,
    giftCard: product.giftCard,
    grams: variant.grams,
    added: terms.added,
  }
}

/** Pays what is owed. */
export function settlePayment(shop: ShopState, order: Order, at: Time): void {
  order.transactions.push({
    id: shop.newId(),
    kind: 'sale',
    status: 'success',
    gateway: order.gateways[0] ?? 'manual',
    amount: totalsOf(order).outstanding,
    parentId: null,
    createdAt: at,
  })
  order.financialStatus = 'paid'
}

function taxOn(shop: ShopState, net: Amount, { place, taxesIncluded }: LineTerms): LineItem['taxLines'] {
  if (place.rate === 0) return []
  const share = taxesIncluded ? place.rate / (1 + place.rate) : place.rate
  return [{ title: place.tax, rate: place.rate, price: shop.money.times(net, share) }]
}

function presentmentOf(shop: ShopState, place: Place): Order['presentment'] {
  const rate = RATES[place.currency]
  const own = RATES[shop.currency]
  if (rate === undefined || own === undefined || shop.random.chance(0.6))
    return { currency: shop.currency, rate: 1 }
  return { currency: place.currency, rate: Number((rate / own).toFixed(4)) }
}

function makeShipping(shop: ShopState): Order['shipping'] {
  const [title, price] = shop.random.pick([
    ['Standard', '8.00'],
    ['Express', '18.50'],
    ['Free shipping', '0.00'],
  ] as const)
  return { id: shop.newId(), title, code: title, price: shop.money.times(price, 1) }
}

function nameFor(shop: ShopState, customer: Customer | null) {
  return customer
    ? { firstName: customer.firstName, lastName: customer.lastName, phone: customer.phone }
    : { firstName: shop.random.pick(['Guest', 'Zoë']), lastName: 'Visiteur', phone: null }
}
