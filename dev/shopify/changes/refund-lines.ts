import { type Order, type Refund, type Time } from '../store/model'
import { shareOf, totalsOf } from '../store/order-totals'
import { Refused, type ShopState } from '../store/shop-state'

/**
 * Gives back the money for one item of a line, or for all that is left with `everything`.
 *
 * @throws Refused when nothing was paid or nothing is left
 */
export function refundLines(
  shop: ShopState,
  order: Order,
  at: Time,
  everything = false,
  note: string | null = null,
): Refund {
  const payment = order.transactions.find((entry) => entry.kind === 'sale' && entry.status === 'success')
  const left = order.lineItems.filter((line) => line.currentQuantity > 0)
  if (!payment || left.length === 0) throw new Refused(`Order ${order.id} has nothing to refund`)

  const lines = (everything ? left : left.slice(0, 1)).map((line) => {
    const quantity = everything ? line.currentQuantity : 1
    const { gross, discount, tax } = shareOf(shop.money, line, quantity)
    line.currentQuantity -= quantity
    return {
      id: shop.newId(),
      lineItemId: line.id,
      quantity,
      subtotal: shop.money.minus(gross, discount),
      totalTax: tax,
      restocked: false,
    }
  })
  const { received, refunded } = totalsOf(order)
  const asked = shop.money.sum(
    lines.flatMap((line) => (order.taxesIncluded ? [line.subtotal] : [line.subtotal, line.totalTax])),
  )
  const atMost = shop.money.minor(shop.money.minus(received, refunded))
  const amount = shop.money.of(everything ? atMost : Math.min(shop.money.minor(asked), atMost))
  const transactionId = shop.newId()
  order.transactions.push({
    id: transactionId,
    kind: 'refund',
    status: 'success',
    gateway: payment.gateway,
    amount,
    parentId: payment.id,
    createdAt: at,
  })
  const refund: Refund = { id: shop.newId(), createdAt: at, note, lines, transactionId, amount }
  order.refunds.push(refund)
  const rest = order.lineItems.every((line) => line.currentQuantity === 0)
  order.financialStatus = rest ? 'refunded' : 'partially_refunded'
  return refund
}
