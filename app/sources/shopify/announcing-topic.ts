import { type Action } from '../../contracts/resource'
import { type ReadableResource } from '../../contracts/store-reader'

/** The topic of the webhook by which Shopify announces what happened to a record. Orders are `updated` where the others are `update`. */
export function announcingTopic(resource: ReadableResource, action: Action): string {
  return TOPICS[resource][action]
}

const TOPICS: Record<ReadableResource, Record<Action, string>> = {
  category: { created: 'collections/create', updated: 'collections/update', deleted: 'collections/delete' },
  product: { created: 'products/create', updated: 'products/update', deleted: 'products/delete' },
  customer: { created: 'customers/create', updated: 'customers/update', deleted: 'customers/delete' },
  order: { created: 'orders/create', updated: 'orders/updated', deleted: 'orders/delete' },
}
