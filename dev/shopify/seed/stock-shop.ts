import { type Customer, type Order, type Product, type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { secondsOf } from '../store/times'
import { fulfilAll } from '../changes/fulfil-lines'
import { refundLines } from '../changes/refund-lines'
import { makeCollection } from './make-collection'
import { makeCustomer } from './make-customer'
import { makeOrder, wishLines } from './make-order'
import { makeProduct } from './make-product'
import { COLLECTIONS } from './words'

/** How much a shop holds when it opens. */
export interface StockOptions {
  products: number
  collections: number
  customers: number
  orders: number
  /** Over how many days back the orders lie. */
  orderDays: number
}

const DAY = 86_400_000

/** Fills an empty shop with its past: the same seed and clock give the same shop. Nothing is announced. */
export function stockShop(shop: ShopState, options: StockOptions): void {
  const { random } = shop
  const ago = (days: number): Time => secondsOf(shop.clock.now() - Math.round(days * DAY))
  repeat(options.products, () => put(shop.products, makeProduct(shop, ago(random.int(40, 300)))))
  repeat(options.customers, () => put(shop.customers, makeCustomer(shop, ago(random.int(35, 400)))))
  const productIds = [...shop.products.keys()]
  repeat(options.collections, (index) => {
    const title = COLLECTIONS[index % COLLECTIONS.length] ?? 'Collection'
    const members = random.sample(productIds, random.int(0, 18))
    put(shop.collections, makeCollection(shop, ago(random.int(35, 200)), title, members))
  })
  if (options.products === 0) return
  const [products, customers] = [[...shop.products.values()], [...shop.customers.values()]]
  repeat(options.orders, (index) => {
    const daysAgo = (options.orderDays * (options.orders - index)) / options.orders
    put(shop.orders, pastOrder(shop, ago(daysAgo), products, customers))
  })
}

function pastOrder(shop: ShopState, at: Time, products: Product[], customers: Customer[]): Order {
  const { random } = shop
  const guest = customers.length === 0 || random.chance(0.2)
  const order = makeOrder(shop, at, {
    customer: guest ? null : random.pick(customers),
    lines: wishLines(shop, products),
    test: random.chance(0.03),
  })
  if (order.financialStatus === 'paid' && random.chance(0.6)) fulfilAll(shop, order, at)
  if (order.financialStatus === 'paid' && random.chance(0.15)) refundLines(shop, order, at)
  return order
}

function put<T extends { id: string }>(records: Map<string, T>, record: T): void {
  records.set(record.id, record)
}

function repeat(times: number, make: (index: number) => void): void {
  for (let index = 0; index < times; index++) make(index)
}
