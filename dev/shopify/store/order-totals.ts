import { type Amount, type LineItem, type Order, type TaxLine } from './model'
import { moneyIn, type Money } from './money'

/** What an order adds up to, in the shop currency. */
export interface OrderTotals {
  /** As ordered: without what edits added later, before refunds. */
  lineItems: Amount
  discounts: Amount
  subtotal: Amount
  tax: Amount
  shipping: Amount
  total: Amount
  weight: number
  /** After edits and refunds. */
  currentDiscounts: Amount
  currentSubtotal: Amount
  currentTax: Amount
  currentShipping: Amount
  currentTotal: Amount
  received: Amount
  refunded: Amount
  outstanding: Amount
  taxLines: TaxLine[]
}

export function totalsOf(order: Order): OrderTotals {
  const money = moneyIn(order.currency)
  const ordered = order.lineItems.filter((line) => !line.added)
  const original = add(money, ordered, (line) => line.quantity)
  const current = add(money, order.lineItems, (line) => line.currentQuantity)
  const shipping = order.shipping?.price ?? money.zero
  const currentShipping = order.cancelledAt ? money.zero : shipping
  const total = totalOf(order, money, original, shipping)
  const currentTotal = totalOf(order, money, current, currentShipping)
  const received = paid(order, money, ['sale', 'capture'])
  const refunded = paid(order, money, ['refund'])
  const owed = money.minor(currentTotal) - money.minor(received) + money.minor(refunded)
  return {
    lineItems: original.gross,
    discounts: original.discount,
    subtotal: money.minus(original.gross, original.discount),
    tax: original.tax,
    shipping,
    total,
    weight: ordered.reduce((grams, line) => grams + line.grams * line.quantity, 0),
    currentDiscounts: current.discount,
    currentSubtotal: money.minus(current.gross, current.discount),
    currentTax: current.tax,
    currentShipping,
    currentTotal,
    received,
    refunded,
    outstanding: money.of(order.cancelledAt ? 0 : Math.max(0, owed)),
    taxLines: mergeTaxLines(money, ordered),
  }
}

/** What `quantity` of a line's items cost, and their shares of its discount and tax. */
export function shareOf(money: Money, line: LineItem, quantity: number) {
  const share = line.quantity === 0 ? 0 : quantity / line.quantity
  return {
    gross: money.times(line.price, quantity),
    discount: money.times(line.discount, share),
    tax: money.times(money.sum(line.taxLines.map((tax) => tax.price)), share),
  }
}

function add(money: Money, lines: LineItem[], quantityOf: (line: LineItem) => number) {
  const shares = lines.map((line) => shareOf(money, line, quantityOf(line)))
  return {
    gross: money.sum(shares.map((share) => share.gross)),
    discount: money.sum(shares.map((share) => share.discount)),
    tax: money.sum(shares.map((share) => share.tax)),
  }
}

function totalOf(order: Order, money: Money, sums: ReturnType<typeof add>, shipping: Amount): Amount {
  const tax = order.taxesIncluded ? money.zero : sums.tax
  return money.sum([money.minus(sums.gross, sums.discount), tax, shipping, order.tip])
}

function paid(order: Order, money: Money, kinds: string[]): Amount {
  const done = order.transactions.filter((entry) => entry.status === 'success' && kinds.includes(entry.kind))
  return money.sum(done.map((entry) => entry.amount))
}

function mergeTaxLines(money: Money, lines: LineItem[]): TaxLine[] {
  const merged = new Map<string, TaxLine>()
  for (const tax of lines.flatMap((line) => line.taxLines)) {
    const held = merged.get(tax.title)
    merged.set(tax.title, held ? { ...held, price: money.sum([held.price, tax.price]) } : { ...tax })
  }
  return [...merged.values()]
}
