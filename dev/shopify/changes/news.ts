import { collectionBody } from '../bodies/collection-body'
import { customerBody, purchasingSummaryBody } from '../bodies/customer-body'
import { inventoryLevelBody } from '../bodies/inventory-body'
import { orderBody } from '../bodies/order-body'
import { productBody } from '../bodies/product-body'
import { type Json } from '../json'
import {
  type Collection,
  type Customer,
  type Id,
  type Order,
  type Product,
  type Time,
  type Variant,
} from '../store/model'
import { type Announcement, type ShopState } from '../store/shop-state'

/** The announcements that changes are made of; each body is the state at this moment. */

export function news(topic: string, recordId: Id, body: Json): Announcement {
  return { topic, recordId, body }
}

export function orderNews(shop: ShopState, order: Order, ...topics: string[]): Announcement[] {
  const body = orderBody(shop, order)
  return topics.map((topic) => news(topic, order.id, body))
}

export function productNews(shop: ShopState, product: Product, topic = 'products/update'): Announcement {
  return news(topic, product.id, productBody(shop, product))
}

export function collectionNews(
  shop: ShopState,
  collection: Collection,
  topic = 'collections/update',
): Announcement {
  return news(topic, collection.id, collectionBody(shop, collection))
}

export function customerNews(shop: ShopState, customer: Customer, ...topics: string[]): Announcement[] {
  const body = customerBody(shop, customer)
  return topics.map((topic) => news(topic, customer.id, body))
}

/** An order moved a customer's totals: the summary, and the customer itself, whose update time moves too. */
export function purchaseNews(shop: ShopState, customerId: Id | null, at: Time): Announcement[] {
  const customer = customerId === null ? undefined : shop.customers.get(customerId)
  if (!customer) return []
  customer.updatedAt = at
  return [
    news('customers/purchasing_summary', customer.id, purchasingSummaryBody(shop, customer, at)),
    ...customerNews(shop, customer, 'customers/update'),
  ]
}

/** Stock moved: the level, and the product that carries the number. */
export function stockNews(shop: ShopState, product: Product, variants: Variant[], at: Time): Announcement[] {
  for (const touched of [product, ...variants]) touched.updatedAt = at
  const levels = variants.map((variant) =>
    news('inventory_levels/update', product.id, inventoryLevelBody(shop, variant, at)),
  )
  return [...levels, productNews(shop, product)]
}
