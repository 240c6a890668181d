import { GraphQLError } from 'graphql'
import { type Order } from '../../store/model'
import { typeRefusalOf } from '../access'
import { connectionOf, listConnection } from '../connection'
import { fieldsOf, idIn, typed, type Fields, type GraphqlContext } from '../fields'
import { variantsIn } from '../lookup'
import { isInReach, recordConnection, recordCount } from '../record-lists'

/** Where a query begins. */
export const queryTypes: Record<string, Fields> = {
  QueryRoot: fieldsOf<undefined>({
    shop: (_root, _args, { shop }) => shop,
    node: (_root, { id }, context) => nodeOf(context, String(id), 'node'),
    nodes: (_root, { ids }, context) => nodesOf(context, ids as string[]),
    product: (_root, { id }, context) => NODES.Product(context, idIn(id, 'Product') ?? ''),
    products: (_root, args, context) => recordConnection(context, 'products', args),
    productsCount: (_root, args, context) => recordCount(context, 'products', args),
    productVariant: (_root, { id }, context) =>
      NODES.ProductVariant(context, idIn(id, 'ProductVariant') ?? ''),
    productVariants: (_root, args, { shop }) =>
      connectionOf(variantsIn(shop), args, { idOf: ({ variant }) => variant.id }),
    inventoryItem: (_root, { id }, context) => NODES.InventoryItem(context, idIn(id, 'InventoryItem') ?? ''),
    customer: (_root, { id }, context) => NODES.Customer(context, idIn(id, 'Customer') ?? ''),
    customers: (_root, args, context) => recordConnection(context, 'customers', args),
    customersCount: (_root, args, context) => recordCount(context, 'customers', args),
    order: (_root, { id }, context) => NODES.Order(context, idIn(id, 'Order') ?? ''),
    orders: (_root, args, context) => recordConnection(context, 'orders', args),
    ordersCount: (_root, args, context) => recordCount(context, 'orders', args),
    collection: (_root, { id }, context) => NODES.Collection(context, idIn(id, 'Collection') ?? ''),
    collections: (_root, args, context) => recordConnection(context, 'collections', args),
    collectionsCount: (_root, args, context) => recordCount(context, 'collections', args),
    locations: (_root, args, { shop }) => listConnection([shop], args, ({ locationId }) => locationId),
    currentAppInstallation: (_root, _args, context) => context,
    bulkOperation: (_root, { id }, { bulk }) => bulk.find(idIn(id, 'BulkOperation') ?? ''),
    bulkOperations: (_root, args, { bulk }) =>
      connectionOf(bulk.list(), args, { idOf: ({ id }) => id, keyOf: ({ createdAt }) => createdAt }),
    currentBulkOperation: (_root, { type }, { bulk }) => (type === 'QUERY' ? (bulk.list()[0] ?? null) : null),
  }),
}

function nodesOf(context: GraphqlContext, ids: string[]): unknown[] {
  if (ids.length > 250)
    throw new GraphQLError(
      `The input array size of ${ids.length} is greater than the maximum allowed of 250.`,
    )
  return ids.map((id) => nodeOf(context, id, 'nodes'))
}

/**
 * Any record by its gid; null when it is gone, an error when its type is closed to the app.
 *
 * @throws GraphQLError when it is no gid, or of a type not played
 */
function nodeOf(context: GraphqlContext, gid: string, field: string): object | null {
  const [, type, id = ''] = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)/.exec(gid) ?? []
  if (type === undefined || !isNode(type)) throw new GraphQLError(`Invalid global id '${gid}'`)
  const found = NODES[type](context, id)
  return typeRefusalOf(context.access, type, field) ?? (found ? typed(type, found) : null)
}

type Find = (context: GraphqlContext, id: string) => object | null

const NODES = {
  Product: ({ shop }, id) => shop.products.get(id) ?? null,
  Customer: ({ shop }, id) => shop.customers.get(id) ?? null,
  Order: (context, id) => {
    const order = context.shop.orders.get(id)
    return order && isInReach(context, order) ? order : null
  },
  Collection: ({ shop }, id) => shop.collections.get(id) ?? null,
  ProductVariant: ({ lookup }, id) => lookup.variant(id),
  InventoryItem: ({ lookup }, id) => lookup.variantOfItem(id),
  BulkOperation: ({ bulk }, id) => bulk.find(id),
  Refund: ({ shop }, id) => findRefund([...shop.orders.values()], id),
} satisfies Record<string, Find>

function findRefund(orders: Order[], id: string) {
  const order = orders.find(({ refunds }) => refunds.some((refund) => refund.id === id))
  const refund = order?.refunds.find((each) => each.id === id)
  return order && refund ? { order, refund } : null
}

function isNode(type: string): type is keyof typeof NODES {
  return type in NODES
}
