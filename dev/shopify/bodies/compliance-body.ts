import { type Json } from '../json'
import { type Customer, type Id } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { idNumber } from './body-parts'

/** The body of `customers/data_request`. */
export function dataRequestBody(shop: ShopState, customer: Customer, requestId: Id): Json {
  return {
    ...about(shop, customer),
    orders_requested: ordersOf(shop, customer),
    data_request: { id: idNumber(requestId) },
  }
}

/** The body of `customers/redact`. */
export function customerRedactBody(shop: ShopState, customer: Customer): Json {
  return { ...about(shop, customer), orders_to_redact: ordersOf(shop, customer) }
}

/** The body of `shop/redact`. */
export function shopRedactBody(shop: ShopState): Json {
  return { shop_id: idNumber(shop.id), shop_domain: shop.domain }
}

function about(shop: ShopState, customer: Customer): { [key: string]: Json } {
  return {
    shop_id: idNumber(shop.id),
    shop_domain: shop.domain,
    customer: { id: idNumber(customer.id), email: customer.email, phone: customer.phone },
  }
}

function ordersOf(shop: ShopState, customer: Customer): Json {
  return [...shop.orders.values()]
    .filter((order) => order.customerId === customer.id)
    .map((order) => idNumber(order.id))
}
