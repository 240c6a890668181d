import { GraphQLError } from 'graphql'
import { type ShopState } from '../../store/shop-state'
import { connectionOf, listConnection } from '../connection'
import { fieldsOf, idIn, typed, type Fields } from '../fields'
import { recordConnection, recordCount } from '../record-lists'
import { findVariant, variantsOf } from './product-fields'

/** Where a query begins. */
export const queryTypes: Record<string, Fields> = {
  QueryRoot: fieldsOf<undefined>({
    shop: (_root, _args, { shop }) => shop,
    node: (_root, { id }, { shop }) => nodeOf(shop, String(id)),
    nodes: (_root, { ids }, { shop }) => nodesOf(shop, ids as string[]),
    product: (_root, { id }, { shop }) => shop.products.get(idIn(id, 'Product') ?? '') ?? null,
    products: (_root, args, { shop }) => recordConnection(shop, 'products', args),
    productsCount: (_root, args, { shop }) => recordCount(shop, 'products', args),
    productVariant: (_root, { id }, { shop }) =>
      findVariant(shop, (variant) => variant.id === idIn(id, 'ProductVariant')),
    productVariants: (_root, args, { shop }) =>
      connectionOf([...shop.products.values()].flatMap(variantsOf), args, {
        idOf: ({ variant }) => variant.id,
      }),
    inventoryItem: (_root, { id }, { shop }) =>
      findVariant(shop, (variant) => variant.inventoryItemId === idIn(id, 'InventoryItem')),
    customer: (_root, { id }, { shop }) => shop.customers.get(idIn(id, 'Customer') ?? '') ?? null,
    customers: (_root, args, { shop }) => recordConnection(shop, 'customers', args),
    customersCount: (_root, args, { shop }) => recordCount(shop, 'customers', args),
    order: (_root, { id }, { shop }) => shop.orders.get(idIn(id, 'Order') ?? '') ?? null,
    orders: (_root, args, { shop }) => recordConnection(shop, 'orders', args),
    ordersCount: (_root, args, { shop }) => recordCount(shop, 'orders', args),
    collection: (_root, { id }, { shop }) => shop.collections.get(idIn(id, 'Collection') ?? '') ?? null,
    collections: (_root, args, { shop }) => recordConnection(shop, 'collections', args),
    collectionsCount: (_root, args, { shop }) => recordCount(shop, 'collections', args),
    locations: (_root, args, { shop }) => listConnection([shop], args, ({ locationId }) => locationId),
    currentAppInstallation: (_root, _args, context) => context,
  }),
}

function nodesOf(shop: ShopState, ids: string[]): unknown[] {
  if (ids.length > 250)
    throw new GraphQLError(
      `The input array size of ${ids.length} is greater than the maximum allowed of 250.`,
    )
  return ids.map((id) => nodeOf(shop, id))
}

/** Any record by its gid; null when it is gone. @throws GraphQLError when it is no gid, or of a type not played */
function nodeOf(shop: ShopState, gid: string): object | null {
  const [, type, id = ''] = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)/.exec(gid) ?? []
  const find = type === undefined ? undefined : NODES[type]
  if (type === undefined || !find) throw new GraphQLError(`Invalid global id '${gid}'`)
  const found = find(shop, id)
  return found ? typed(type, found) : null
}

const NODES: Record<string, (shop: ShopState, id: string) => object | null | undefined> = {
  Product: (shop, id) => shop.products.get(id),
  Customer: (shop, id) => shop.customers.get(id),
  Order: (shop, id) => shop.orders.get(id),
  Collection: (shop, id) => shop.collections.get(id),
  ProductVariant: (shop, id) => findVariant(shop, (variant) => variant.id === id),
  InventoryItem: (shop, id) => findVariant(shop, (variant) => variant.inventoryItemId === id),
}
