import { type Json } from '../json'
import { type Amount, type Order } from '../store/model'
import { moneyIn } from '../store/money'
import { totalsOf } from '../store/order-totals'
import { moneySet } from './body-parts'

/** Every sum of an order's body, most of them twice: as text in the shop currency and as a `*_set`. */
export function orderMoney(order: Order): { [key: string]: Json } {
  const totals = totalsOf(order)
  const { zero } = moneyIn(order.currency)
  return {
    ...twice(order, {
      current_subtotal_price: totals.currentSubtotal,
      current_total_discounts: totals.currentDiscounts,
      current_total_price: totals.currentTotal,
      current_total_tax: totals.currentTax,
      subtotal_price: totals.subtotal,
      total_discounts: totals.discounts,
      total_line_items_price: totals.lineItems,
      total_price: totals.total,
      total_tax: totals.tax,
    }),
    current_shipping_price_set: moneySet(order, totals.currentShipping),
    current_total_additional_fees_set: null,
    current_total_duties_set: null,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    total_cash_rounding_payment_adjustment_set: moneySet(order, zero),
    total_cash_rounding_refund_adjustment_set: moneySet(order, zero),
    total_outstanding: totals.outstanding,
    total_shipping_price_set: moneySet(order, totals.shipping),
    total_tip_received: order.tip,
    total_weight: totals.weight,
  }
}

function twice(order: Order, amounts: Record<string, Amount>): { [key: string]: Json } {
  const pairs = Object.entries(amounts).flatMap(([key, amount]): [string, Json][] => [
    [key, amount],
    [`${key}_set`, moneySet(order, amount)],
  ])
  return Object.fromEntries(pairs)
}
