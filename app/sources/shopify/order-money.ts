import { type z } from 'zod'
import { type OrderFields } from '../../contracts/shared-schema'
import { addDecimals, toMoney } from '../../lib/decimal'
import { omitUndefined } from '../../lib/omit-undefined'
import { type Order } from './order-payload'
import { type MoneySet } from './payload'

/** Absent as the field may be. */
type Amounts = z.output<typeof MoneySet> | undefined

/** The shop's currency, which all money of an order is in; null where the payload names none. */
export function orderCurrency({ currency, total_price_set: total }: Order): string | null {
  return currency ?? total?.shop_money?.currency_code ?? null
}

/** The totals of an order, each with the digits of its currency. */
export function orderMoney(order: Order, currency: string | null): OrderFields {
  const money = (amount: string | null | undefined, set?: Amounts) => inShopMoney(currency, amount, set)
  return omitUndefined({
    currency: currency ?? undefined,
    total: money(order.total_price, order.total_price_set),
    current_total: money(order.current_total_price, order.current_total_price_set),
    outstanding_total: money(order.total_outstanding),
    subtotal: money(order.subtotal_price, order.subtotal_price_set),
    tax_total: money(order.total_tax, order.total_tax_set),
    shipping_total: shippingTotal(order, currency),
    discount_total: money(order.total_discounts, order.total_discounts_set),
    tip_total: money(order.total_tip_received),
    duties_total: dutiesTotal(order, currency),
    presentment: presentment(order, currency),
  })
}

/** An amount in the shop's currency, from its own field or else from its set; undefined where neither says it. */
export function inShopMoney(
  currency: string | null,
  amount: string | null | undefined,
  set?: Amounts,
): string | undefined {
  const known = amount ?? set?.shop_money?.amount
  return known == null ? undefined : toMoney(known, currency)
}

/** The sum of amounts in the shop's currency; undefined where one of them is unknown. */
export function sumInShopMoney(
  currency: string | null,
  amounts: (string | undefined)[] | undefined,
): string | undefined {
  if (amounts === undefined) return undefined
  const known = amounts.filter((amount) => amount !== undefined)
  return known.length < amounts.length ? undefined : toMoney(addDecimals(known), currency)
}

/** As ordered. API versions before 2019-07 have no total, so that the lines are summed. */
function shippingTotal(order: Order, currency: string | null): string | undefined {
  const lines = order.shipping_lines?.map((line) => inShopMoney(currency, line.price, line.price_set))
  return inShopMoney(currency, null, order.total_shipping_price_set) ?? sumInShopMoney(currency, lines)
}

/** As ordered, like the other totals. Shopify writes null where an order has no duties: that is known, and nothing. */
function dutiesTotal(order: Order, currency: string | null): string | undefined {
  const sets = [order.original_total_duties_set, order.current_total_duties_set]
  const [duties] = sets.flatMap((set) => inShopMoney(currency, null, set) ?? [])
  return duties ?? (sets.includes(null) ? toMoney('0', currency) : undefined)
}

/** The total in the customer's currency; null when that is the shop's. */
function presentment(order: Order, currency: string | null): OrderFields['presentment'] {
  const seen = order.total_price_set?.presentment_money
  const seenCurrency = seen?.currency_code ?? order.presentment_currency
  if (!seenCurrency || currency === null) return undefined
  if (seenCurrency === currency) return null
  return seen?.amount == null
    ? undefined
    : { currency: seenCurrency, total: toMoney(seen.amount, seenCurrency) }
}
