import { z } from 'zod'

/** The kinds of record that Parity mirrors. A Shopify collection is a `category`. */
export const Resource = z.enum(['order', 'product', 'customer', 'category', 'message'])
export type Resource = z.infer<typeof Resource>

/** The platforms that records come from. */
export const Platform = z.enum(['shopify', 'woocommerce', 'evershop', 'hostaway', 'superfrete'])
export type Platform = z.infer<typeof Platform>

/** What happened to a record. `created` and `updated` are both upserts at the SaaS. */
export const Action = z.enum(['created', 'updated', 'deleted'])
export type Action = z.infer<typeof Action>

/** What personal data may leave for the SaaS: `none` but the e-mail hash, `minimal` also the display name, `full` also `pii`. */
export const PiiPolicy = z.enum(['none', 'minimal', 'full'])
export type PiiPolicy = z.infer<typeof PiiPolicy>

/** The fields with personal data that each policy lets out; all are in the shared schema. */
export const PERSONAL_FIELDS: Record<PiiPolicy, readonly string[]> = {
  none: [],
  minimal: ['display_name'],
  full: ['display_name', 'pii'],
}

/** The ways of speaking to a SaaS (wire format of requests and answers). */
export const DialectName = z.enum(['unified'])
export type DialectName = z.infer<typeof DialectName>
