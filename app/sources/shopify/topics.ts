import { type Resource } from '../../contracts/resource'
import { type Mapper } from './delivery'
import { mapCollection } from './map-collection'
import { mapCompliance } from './map-compliance'
import { mapCustomer } from './map-customer'
import { mapDeletion } from './map-deletion'
import { mapCustomerHint, mapInventoryHint, mapOrderEdit, mapOrderHint, mapVariantHint } from './map-hint'
import { mapBulkOperation, mapScopes, mapShop, mapUninstalled } from './map-lifecycle'
import { mapMerge } from './map-merge'
import { mapOrder } from './map-order'
import { mapProduct } from './map-product'

/** What Parity does with a topic of Shopify's. */
export interface ShopifyTopic {
  /** What the news is about; null when about the installation, the shop, a run or the law. */
  resource: Resource | null
  /** The scope that Parity asks for so that Shopify sends it; null when it needs none. */
  scope: string | null
  /** The file that maps it, from the root of the repository. */
  handler: string
  map: Mapper
}

/** Every topic that Parity handles, by its name in Shopify's documentation. All others are ignored, and shown as such. */
export const SHOPIFY_TOPICS: Readonly<Record<string, ShopifyTopic>> = {
  ...topics('customer', 'read_customers', 'map-customer', mapCustomer, [
    'customers/create',
    'customers/update',
    'customers/enable',
    'customers/disable',
  ]),
  ...topics('order', 'read_orders', 'map-order', mapOrder, [
    'orders/create',
    'orders/updated',
    'orders/cancelled',
    'orders/paid',
    'orders/fulfilled',
    'orders/partially_fulfilled',
  ]),
  ...topics('product', 'read_products', 'map-product', mapProduct, ['products/create', 'products/update']),
  ...topics('category', 'read_products', 'map-collection', mapCollection, [
    'collections/create',
    'collections/update',
  ]),

  ...topics('customer', 'read_customers', 'map-deletion', mapDeletion('customer'), ['customers/delete']),
  ...topics('order', 'read_orders', 'map-deletion', mapDeletion('order'), ['orders/delete']),
  ...topics('product', 'read_products', 'map-deletion', mapDeletion('product'), ['products/delete']),
  ...topics('category', 'read_products', 'map-deletion', mapDeletion('category'), ['collections/delete']),
  ...topics('customer', 'read_customer_merge', 'map-merge', mapMerge, ['customers/merge']),

  ...topics('order', 'read_orders', 'map-hint', mapOrderEdit, ['orders/edited']),
  ...topics('order', 'read_orders', 'map-hint', mapOrderHint, [
    'refunds/create',
    'order_transactions/create',
  ]),
  ...topics('order', 'read_fulfillments', 'map-hint', mapOrderHint, [
    'fulfillments/create',
    'fulfillments/update',
    'fulfillment_events/create',
  ]),
  ...topics('customer', 'read_customers', 'map-hint', mapCustomerHint('tags'), [
    'customer.tags_added',
    'customer.tags_removed',
  ]),
  ...topics('customer', 'read_customers', 'map-hint', mapCustomerHint('consent'), [
    'customers_email_marketing_consent/update',
    'customers_marketing_consent/update',
  ]),
  ...topics('customer', 'read_customers', 'map-hint', mapCustomerHint('totals'), [
    'customers/purchasing_summary',
  ]),
  ...topics('product', 'read_products', 'map-hint', mapVariantHint, [
    'variants/in_stock',
    'variants/out_of_stock',
  ]),
  ...topics('product', 'read_inventory', 'map-hint', mapInventoryHint, [
    'inventory_levels/connect',
    'inventory_levels/disconnect',
    'inventory_levels/update',
    'inventory_items/update',
  ]),

  ...topics(null, null, 'map-lifecycle', mapUninstalled, ['app/uninstalled']),
  ...topics(null, null, 'map-lifecycle', mapScopes, ['app/scopes_update']),
  ...topics(null, null, 'map-lifecycle', mapShop, ['shop/update']),
  ...topics(null, null, 'map-lifecycle', mapBulkOperation, ['bulk_operations/finish']),
  ...topics(null, null, 'map-compliance', mapCompliance('customers/data_request'), [
    'customers/data_request',
  ]),
  ...topics(null, null, 'map-compliance', mapCompliance('customers/redact'), ['customers/redact']),
  ...topics(null, null, 'map-compliance', mapCompliance('shop/redact'), ['shop/redact']),
}

/** What is done with a topic; undefined when nobody handles it. */
export function topicOf(name: string): ShopifyTopic | undefined {
  return Object.hasOwn(SHOPIFY_TOPICS, name) ? SHOPIFY_TOPICS[name] : undefined
}

function topics(
  resource: Resource | null,
  scope: string | null,
  file: string,
  map: Mapper,
  names: string[],
): Record<string, ShopifyTopic> {
  const topic: ShopifyTopic = { resource, scope, handler: `app/sources/shopify/${file}.ts`, map }
  return Object.fromEntries(names.map((name) => [name, topic]))
}
