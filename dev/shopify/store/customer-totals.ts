import { type Amount, type Id, type Order } from './model'
import { type Money } from './money'
import { totalsOf } from './order-totals'
import { type ShopState } from './shop-state'

/** What a customer's orders add up to. Test orders do not count. */
export interface CustomerTotals {
  numberOfOrders: number
  amountSpent: Amount
  lastOrder: Order | null
}

export function customerTotals(shop: ShopState, customerId: Id): CustomerTotals {
  const orders = [...shop.orders.values()].filter((order) => order.customerId === customerId)
  return totalsOfOrders(shop.money, orders)
}

/** The same, where the customer's orders are at hand. */
export function totalsOfOrders(money: Money, all: readonly Order[]): CustomerTotals {
  const orders = all.filter(({ test }) => !test)
  const spent = orders.map((order) => {
    const { received, refunded } = totalsOf(order)
    return money.minus(received, refunded)
  })
  const newest = orders.toSorted((a, b) => a.orderNumber - b.orderNumber).at(-1)
  return { numberOfOrders: orders.length, amountSpent: money.sum(spent), lastOrder: newest ?? null }
}
