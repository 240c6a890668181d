import { z } from 'zod'
import { type Resource } from './resource'
import {
  CategoryFields,
  CustomerFields,
  MessageFields,
  OrderFields,
  ProductFields,
  ProductVariant,
} from './shared-schema'

/**
 * A record's known state is kept in parts, each with a version of its own, because no payload carries everything:
 * `customers/*` has had no tags, totals or consent since API version 2025-01, and `products/*` carries a hundred variants.
 */
export const PARTS = {
  order: { core: OrderFields },
  product: {
    /** Currency, price and SKU are in no part: they follow from the store and from the variants when the record is composed. */
    core: ProductFields.omit({
      category_external_ids: true,
      stock_quantity: true,
      stock_status: true,
      currency: true,
      price: true,
      regular_price: true,
      sku: true,
    }),
    /** The variants beyond the hundred that a webhook carries; empty when there are none. */
    variants: z.object({ variants: z.array(ProductVariant) }),
    /** Which variants are tracked, and what follows from it. */
    stock: ProductFields.pick({ stock_quantity: true, stock_status: true }).extend({
      tracked: z.record(z.string(), z.boolean()).describe('By variant id.'),
    }),
    collections: ProductFields.pick({ category_external_ids: true }),
  },
  customer: {
    core: CustomerFields.omit({
      tags: true,
      total_spent: true,
      order_count: true,
      last_order_at: true,
      email_consent: true,
      sms_consent: true,
    }),
    tags: CustomerFields.pick({ tags: true }),
    totals: CustomerFields.pick({ total_spent: true, order_count: true, last_order_at: true }),
    consent: CustomerFields.pick({ email_consent: true, sms_consent: true }),
  },
  category: {
    core: CategoryFields.omit({ product_count: true }),
    count: CategoryFields.pick({ product_count: true }),
  },
  message: { core: MessageFields },
} as const satisfies Record<Resource, Record<string, z.ZodObject>>

export type PartName<R extends Resource = Resource> = R extends Resource
  ? keyof (typeof PARTS)[R] & string
  : never

/** What a payload says of a record: the parts that it carries, and no others. */
export type PartsOf<R extends Resource> = { [P in keyof (typeof PARTS)[R]]?: z.infer<(typeof PARTS)[R][P]> }

/** The names of a resource's parts, `core` first. */
export function partNames<R extends Resource>(resource: R): PartName<R>[] {
  return Object.keys(PARTS[resource]) as PartName<R>[]
}
