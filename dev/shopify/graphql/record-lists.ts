import { GraphQLError } from 'graphql'
import {
  type Collection,
  type Customer,
  type Id,
  type Order,
  type Product,
  type StoreResource,
} from '../store/model'
import { type Arguments, type GraphqlContext, WHOLE } from './fields'
import { keptList } from './kept-list'
import { inOrder, pageOf, placed, type Placed } from './page'
import { searchFilter, type Searchable } from './search'

interface RecordOf {
  products: Product
  customers: Customer
  orders: Order
  collections: Collection
}

const timesAndId = {
  id: (item: { id: Id }) => item.id,
  updated_at: (item: { updatedAt: string }) => item.updatedAt,
}

const SEARCHABLE: { [R in StoreResource]: Searchable<RecordOf[R]> } = {
  products: {
    ...timesAndId,
    created_at: (product) => product.createdAt,
    status: (product) => product.status,
    vendor: (product) => product.vendor,
    product_type: (product) => product.productType,
    title: (product) => product.title,
    handle: (product) => product.handle,
    tag: (product) => product.tags,
    sku: (product) => product.variants.flatMap((variant) => variant.sku ?? []),
  },
  customers: {
    ...timesAndId,
    customer_date: (customer) => customer.createdAt,
    created_at: (customer) => customer.createdAt,
    email: (customer) => customer.email,
    phone: (customer) => customer.phone,
    state: (customer) => customer.state,
    tag: (customer) => customer.tags,
  },
  orders: {
    ...timesAndId,
    created_at: (order) => order.createdAt,
    processed_at: (order) => order.processedAt,
    name: (order) => `#${order.orderNumber}`,
    customer_id: (order) => order.customerId,
    financial_status: (order) => order.financialStatus,
    status: (order) => (order.cancelledAt ? 'cancelled' : order.closedAt ? 'closed' : 'open'),
    test: (order) => String(order.test),
    tag: (order) => order.tags,
  },
  collections: {
    ...timesAndId,
    title: (collection) => collection.title,
    handle: (collection) => collection.handle,
  },
}

type SortKeys<T> = Record<string, ((item: T) => string) | undefined>

/** `undefined` orders by id. */
const SORT_KEYS: { [R in StoreResource]: SortKeys<RecordOf[R]> } = {
  products: {
    ID: undefined,
    UPDATED_AT: (product) => product.updatedAt,
    CREATED_AT: (product) => product.createdAt,
    TITLE: (product) => product.title,
    VENDOR: (product) => product.vendor,
  },
  customers: {
    ID: undefined,
    UPDATED_AT: (customer) => customer.updatedAt,
    CREATED_AT: (customer) => customer.createdAt,
    NAME: (customer) => `${customer.lastName}, ${customer.firstName}`,
  },
  orders: {
    ID: undefined,
    UPDATED_AT: (order) => order.updatedAt,
    CREATED_AT: (order) => order.createdAt,
    PROCESSED_AT: (order) => order.processedAt,
    ORDER_NUMBER: (order) => String(order.orderNumber).padStart(12, '0'),
  },
  collections: {
    ID: undefined,
    UPDATED_AT: (collection) => collection.updatedAt,
    TITLE: (collection) => collection.title,
  },
}

/** A connection over all records of a kind, or those `among`. @throws GraphQLError for what is not played */
export function recordConnection<R extends StoreResource>(
  context: GraphqlContext,
  resource: R,
  args: Arguments,
  among?: readonly RecordOf[R][],
) {
  const { shop } = context
  const make = () => sorted(among ?? ([...shop[resource].values()] as RecordOf[R][]), resource, args)
  const name = [resource, args['sortKey'], args['query']].join(' ')
  return pageOf(among ? make() : keptList(shop, name, make), args, reachOf(context, resource))
}

/** A `Count` of what matches and is in reach. */
export function recordCount(context: GraphqlContext, resource: StoreResource, args: Arguments) {
  return countOf(recordConnection(context, resource, { query: args['query'], [WHOLE]: true }).nodes.length)
}

export function countOf(count: number) {
  return { count, precision: 'EXACT' }
}

/** Whether the app may see an order, by when it was created. */
export function isInReach({ ordersSince }: GraphqlContext, { createdAt }: Order): boolean {
  return createdAt >= ordersSince
}

function reachOf<R extends StoreResource>(context: GraphqlContext, resource: R) {
  return resource === 'orders' ? (record: RecordOf[R]) => isInReach(context, record as Order) : () => true
}

function sorted<R extends StoreResource>(
  records: readonly RecordOf[R][],
  resource: R,
  args: Arguments,
): Placed<RecordOf[R]>[] {
  const sortKey = typeof args['sortKey'] === 'string' ? args['sortKey'] : 'ID'
  if (!(sortKey in SORT_KEYS[resource])) throw new GraphQLError(`The stand-in cannot sort by ${sortKey}`)
  const keyOf = SORT_KEYS[resource][sortKey]
  const matches = searchFilter<RecordOf[R]>(args['query'], SEARCHABLE[resource])
  return inOrder(
    records.filter(matches).map((record) => placed<RecordOf[R]>(record, record.id, keyOf?.(record))),
  )
}
