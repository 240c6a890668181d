import { type Json } from '../json'
import { type Order, type Refund } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, moneySet, time } from './body-parts'
import { lineItemCore } from './line-item-body'
import { transactionBody } from './transaction-body'

/** A refund, as `refunds/create` sends it and as an order lists it. Its lines' sums are JSON numbers, not strings. */
export function refundBody(shop: ShopState, order: Order, refund: Refund): Json {
  const transaction = order.transactions.find((entry) => entry.id === refund.transactionId)
  return {
    id: idNumber(refund.id),
    order_id: idNumber(order.id),
    created_at: time(shop, refund.createdAt),
    note: refund.note,
    user_id: null,
    processed_at: time(shop, refund.createdAt),
    duties: [],
    total_duties_set: moneySet(order, shop.money.zero),
    return: null,
    restock: refund.lines.some((line) => line.restocked),
    refund_shipping_lines: [],
    admin_graphql_api_id: gid('Refund', refund.id),
    order_adjustments: [],
    refund_line_items: refund.lines.map((line) => ({
      id: idNumber(line.id),
      quantity: line.quantity,
      line_item_id: idNumber(line.lineItemId),
      location_id: line.restocked ? idNumber(shop.locationId) : null,
      restock_type: line.restocked ? 'return' : 'no_restock',
      subtotal: Number(line.subtotal),
      total_tax: Number(line.totalTax),
      subtotal_set: moneySet(order, line.subtotal),
      total_tax_set: moneySet(order, line.totalTax),
      line_item:
        order.lineItems
          .filter((item) => item.id === line.lineItemId)
          .map((item) => lineItemCore(shop, order, item))[0] ?? null,
    })),
    transactions: transaction ? [transactionBody(shop, order, transaction)] : [],
  }
}
