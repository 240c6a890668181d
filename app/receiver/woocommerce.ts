import { z } from 'zod'
import { type Resource } from '~/contracts/resource'
import { sha256 } from '~/lib/sha256'
import { type Entry, type Origin } from './entry'
import { describeFaults } from './faults'
import { storable } from './storable'

const WooId = z.int({ error: 'must be an integer' })
const Filled = z.string({ error: 'must be a text' }).regex(/\S/, 'must not be blank')

/**
 * Records in WooCommerce's names, as the WordPress plugin sends them, with the checks of the backend it was written for:
 * ids are integers, an order's total is a number, its status and date are not empty, names are not blank. Everything
 * else may be there, and is kept.
 */
export const WOO_RECORDS = {
  order: z.looseObject({
    wc_order_id: WooId,
    date_created: Filled,
    date_modified: z.unknown().optional(),
    status: Filled,
    total: z.number({ error: 'must be a number' }),
  }),
  product: z.looseObject({ wc_product_id: WooId, name: Filled, updated_at: z.unknown().optional() }),
  customer: z.looseObject({ wc_customer_id: WooId }),
  category: z.looseObject({ wc_category_id: WooId, name: Filled }),
} as const satisfies Partial<Record<Resource, z.ZodObject>>

/** A resource that WooCommerce's vocabulary has. */
export type WooResource = keyof typeof WOO_RECORDS

/** Whether WooCommerce's vocabulary has that resource at all. */
export function isWooResource(resource: Resource): resource is WooResource {
  return resource in WOO_RECORDS
}

/** The names that only the shared schema uses for what every record carries. */
const SHARED_NAMES = ['schema_version', 'source', 'external_id', 'revision']

/** Whether a record is meant in WooCommerce's names: it says something, and nothing of what every shared record says. */
export function speaksWooCommerce(record: object): boolean {
  return Object.keys(record).length > 0 && !SHARED_NAMES.some((name) => Object.hasOwn(record, name))
}

/**
 * Reads a record in WooCommerce's names. The store is the tenant's own: this vocabulary names none.
 *
 * @param path where the record stood in the request, for the message
 * @returns the entry, or what is wrong with the record
 * @throws TooDeep
 */
export function readWooRecord(
  resource: WooResource,
  record: object,
  path: string,
  { tenantName, text }: Origin,
): Entry | string {
  const checked = WOO_RECORDS[resource].safeParse(record)
  if (!checked.success) return describeFaults(checked.error, record, path)

  const { [`wc_${resource}_id`]: id, date_modified, updated_at } = checked.data as Record<string, unknown>
  const version = date_modified ?? updated_at
  return {
    resource,
    source: 'woocommerce',
    store: tenantName,
    externalId: String(id),
    revision: null,
    version: typeof version === 'string' ? version : null,
    body: storable(record),
    bodyHash: sha256(text),
    deletedAt: null,
  }
}
