import { z } from 'zod'

const Amount = z.string().regex(/^\d+(\.\d{1,2})?$/, 'must be an amount such as "12.50"')
const Text = z.string().trim().min(1).max(255)
const Tags = z.array(Text)

/** What may be said about a product; what is left out is made up, or stays as it is. */
export const ProductInput = z
  .strictObject({
    title: Text,
    bodyHtml: z.string().nullable(),
    vendor: Text,
    productType: z.string(),
    status: z.enum(['active', 'draft', 'archived']),
    tags: Tags,
    /** Of all variants. */
    price: Amount,
    /** Makes that many variants, up to Shopify's 2048. Only when a product is created. */
    variantCount: z.number().int().min(1).max(2048),
  })
  .partial()
export type ProductInput = z.infer<typeof ProductInput>

export const CustomerInput = z
  .strictObject({
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    email: z.email().nullable(),
    phone: z.string().nullable(),
    note: z.string().nullable(),
    taxExempt: z.boolean(),
    state: z.enum(['disabled', 'invited', 'enabled', 'declined']),
    tags: Tags,
  })
  .partial()
export type CustomerInput = z.infer<typeof CustomerInput>

export const OrderInput = z
  .strictObject({
    /** Null for a guest. */
    customerId: z.string().nullable(),
    note: z.string().nullable(),
    tags: Tags,
    test: z.boolean(),
  })
  .partial()
export type OrderInput = z.infer<typeof OrderInput>

export const OrderChange = OrderInput.pick({ note: true, tags: true })
export type OrderChange = z.infer<typeof OrderChange>

export const CollectionInput = z
  .strictObject({
    title: Text,
    bodyHtml: z.string().nullable(),
    productIds: z.array(z.string()),
  })
  .partial()
export type CollectionInput = z.infer<typeof CollectionInput>

export const ConsentInput = z.strictObject({
  channel: z.enum(['email', 'sms']),
  state: z.enum(['subscribed', 'not_subscribed', 'pending', 'unsubscribed']),
})
export type ConsentInput = z.infer<typeof ConsentInput>

export const StockInput = z
  .strictObject({ variantId: z.string(), quantity: z.number().int().min(-1_000_000).max(1_000_000) })
  .partial()
export type StockInput = z.infer<typeof StockInput>

export const BurstInput = z.strictObject({
  changes: z.number().int().min(1).max(100_000),
  seed: z.number().int().default(1),
  /** At most so many changes a second; absent: as fast as they can be made. */
  perSecond: z.number().positive().optional(),
})
export type BurstInput = z.input<typeof BurstInput>
