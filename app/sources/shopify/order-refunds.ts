import { type OrderFields, type Refund as SharedRefund } from '../../contracts/shared-schema'
import { omitUndefined } from '../../lib/omit-undefined'
import { inShopMoney, sumInShopMoney } from './order-money'
import { type Order, type Refund } from './order-payload'
import { externalId, required } from './payload'

/** The refunds of an order, and their sum. */
export function orderRefunds(order: Order, currency: string | null): OrderFields {
  const refunds = order.refunds?.map((refund) => toRefund(refund, order, currency))
  return omitUndefined({
    refunds,
    refunded_total: sumInShopMoney(
      currency,
      refunds?.map(({ total }) => total),
    ),
  })
}

function toRefund(refund: Refund, order: Order, currency: string | null): SharedRefund {
  return omitUndefined({
    external_id: externalId(refund, 'refunds.id'),
    created_at: refund.created_at,
    total: refundTotal(refund, order, currency),
    items: refund.refund_line_items?.map((item) => ({
      external_id: required(
        'refunds.refund_line_items.line_item_id',
        item.line_item_id ?? item.line_item?.id,
      ),
      quantity: item.quantity ?? 0,
    })),
  })
}

/**
 * The money that went back: the refund's transactions that succeeded. Order adjustments are left out: they explain why it
 * differs from the value of the items. A transaction is in the customer's currency; where that is not the shop's, the
 * payload does not say what it was worth to the shop, and the total stays unknown.
 */
function refundTotal(refund: Refund, order: Order, currency: string | null): string | undefined {
  const paid = refund.transactions?.filter(({ kind, status }) => kind === 'refund' && status === 'success')
  return sumInShopMoney(
    currency,
    paid?.map((transaction) => {
      const paidIn = transaction.currency ?? order.presentment_currency ?? currency
      return paidIn === currency ? inShopMoney(currency, transaction.amount) : undefined
    }),
  )
}
