import { type Json } from '../json'
import { type Order, type Transaction } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, time } from './body-parts'

/** A payment, a refund of money, or a void. */
export function transactionBody(shop: ShopState, order: Order, transaction: Transaction): Json {
  return {
    id: idNumber(transaction.id),
    admin_graphql_api_id: gid('OrderTransaction', transaction.id),
    amount: transaction.amount,
    authorization: null,
    created_at: time(shop, transaction.createdAt),
    currency: order.currency,
    device_id: null,
    error_code: null,
    gateway: transaction.gateway,
    kind: transaction.kind,
    location_id: null,
    message: null,
    order_id: idNumber(order.id),
    parent_id: idNumber(transaction.parentId),
    payment_id: `${order.orderNumber}.${order.transactions.indexOf(transaction) + 1}`,
    processed_at: time(shop, transaction.createdAt),
    receipt: {},
    source_name: order.sourceName,
    status: transaction.status,
    test: order.test,
    user_id: null,
  }
}
