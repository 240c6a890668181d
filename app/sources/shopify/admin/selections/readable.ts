import { type ReadableResource } from '~/contracts/store-reader'
import { type Selection } from '../selection'
import { COLLECTION } from './collection'
import { CUSTOMER } from './customer'
import { EXPORTED_ORDER, ORDER } from './order'
import { PRODUCT } from './product'

/** How a resource is asked for. */
export interface Readable {
  /** The type of its records, which is also in their gids. */
  type: string
  /** The field of the query's root that lists them. */
  list: string
  /** What is asked of one by its id. */
  selection: Selection
  /** What an export carries of it. */
  exported: Selection
  /** How many are asked for in one question, so that it costs far less than the 1 000 points that one may. */
  atOnce: number
  /** The search field of the time at which it was created; null where Shopify cannot search by it. */
  createdAt: string | null
  /** The types of the children in an export, each with the connection that it belongs to. */
  children: Readonly<Record<string, string>>
}

/** How each resource is asked for. The search fields are those of the arguments `query` in the schema. */
export const READABLE: Record<ReadableResource, Readable> = {
  category: {
    type: 'Collection',
    list: 'collections',
    selection: COLLECTION,
    exported: COLLECTION,
    atOnce: 50,
    createdAt: null,
    children: {},
  },
  product: {
    type: 'Product',
    list: 'products',
    selection: PRODUCT,
    exported: PRODUCT,
    atOnce: 25,
    createdAt: 'created_at',
    children: {
      ProductVariant: 'variants',
      Collection: 'collections',
      MediaImage: 'media',
      Video: 'media',
      ExternalVideo: 'media',
      Model3d: 'media',
    },
  },
  customer: {
    type: 'Customer',
    list: 'customers',
    selection: CUSTOMER,
    exported: CUSTOMER,
    atOnce: 50,
    createdAt: 'customer_date',
    children: { MailingAddress: 'addressesV2' },
  },
  order: {
    type: 'Order',
    list: 'orders',
    selection: ORDER,
    exported: EXPORTED_ORDER,
    atOnce: 10,
    createdAt: 'created_at',
    children: { LineItem: 'lineItems' },
  },
}

/** The gid of a record. */
export function gidOf(resource: ReadableResource, externalId: string): string {
  return `gid://shopify/${READABLE[resource].type}/${externalId}`
}
