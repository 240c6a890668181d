import { z } from 'zod'
import { Platform, Resource } from './resource'

/**
 * The shared sync schema, version 1: the one vocabulary of every source and every SaaS.
 *
 * snake_case because it is a wire format. An absent key means unknown, null means known to be empty. Every
 * enumeration is open: a receiver accepts values that it does not know, so that both sides can grow.
 */
export const SCHEMA_VERSION = 1

/** An enumeration that documents its known values and lets others pass. */
const open = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.union([z.enum(values), z.string().min(1)])

const Id = z.string().min(1)
const Money = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal string')
const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
/** ISO 8601 in UTC with `Z`, any number of decimals. */
const Time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/, 'must be an ISO 8601 time in UTC')
const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')

export const Address = z
  .object({
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    company: z.string().nullable(),
    address1: z.string().nullable(),
    address2: z.string().nullable(),
    city: z.string().nullable(),
    province: z.string().nullable(),
    country: z.string().nullable(),
    zip: z.string().nullable(),
    phone: z.string().nullable(),
    is_default: z.boolean(),
  })
  .partial()
export type Address = z.infer<typeof Address>

const ERASED = 'Null: nothing of it may be kept any more; forget what you hold.'

/** The only place for personal data besides `display_name` and `email_hash`, so that a redaction knows where to look. */
export const Pii = z
  .object({
    email: z.string().nullable(),
    phone: z.string().nullable(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    note: z.string().nullable(),
    addresses: z.array(Address),
  })
  .partial()
export type Pii = z.infer<typeof Pii>

export const OrderItem = z
  .object({
    external_id: Id,
    product_external_id: Id.nullable(),
    variant_external_id: Id.nullable(),
    name: z.string(),
    sku: z.string().nullable(),
    quantity: z.number().int(),
    current_quantity: z.number().int(),
    unit_price: Money,
    discount_total: Money.describe('The sum of the discounts allocated to this item.'),
    tax_total: Money,
    total: Money,
    gift_card: z.boolean(),
  })
  .partial()
  .required({ external_id: true })
export type OrderItem = z.infer<typeof OrderItem>

export const Refund = z
  .object({
    external_id: Id,
    created_at: Time.nullable(),
    total: Money,
    items: z.array(z.object({ external_id: Id, quantity: z.number().int() })),
  })
  .partial()
  .required({ external_id: true })
export type Refund = z.infer<typeof Refund>

export const Tracking = z
  .object({
    number: z.string().nullable(),
    url: z.string().nullable(),
    company: z.string().nullable(),
    status: open(['shipped', 'in_transit', 'out_for_delivery', 'delivered', 'failed']).nullable(),
    shipped_at: Time.nullable(),
    delivered_at: Time.nullable(),
  })
  .partial()
export type Tracking = z.infer<typeof Tracking>

export const OrderFields = z
  .object({
    created_at: Time.nullable(),
    number: z.string().describe('The number that people use, such as "#1001".'),
    status: open(['open', 'closed', 'cancelled']),
    cancel_reason: z.string().nullable(),
    financial_status: open([
      'pending',
      'authorized',
      'partially_paid',
      'paid',
      'partially_refunded',
      'refunded',
      'voided',
      'expired',
    ]).nullable(),
    fulfillment_status: open([
      'unfulfilled',
      'scheduled',
      'on_hold',
      'in_progress',
      'partial',
      'fulfilled',
      'restocked',
    ]),
    test: z.boolean(),
    channel: z.string().nullable(),
    currency: Currency,
    taxes_included: z.boolean(),
    total: Money.describe('As ordered.'),
    current_total: Money.describe('After edits and refunds.'),
    outstanding_total: Money,
    subtotal: Money,
    tax_total: Money,
    shipping_total: Money,
    discount_total: Money,
    tip_total: Money,
    duties_total: Money,
    refunded_total: Money,
    presentment: z
      .object({ currency: Currency, total: Money })
      .nullable()
      .describe("What the customer saw; null when it equals the shop's currency."),
    customer_external_id: Id.nullable().describe('Null for a guest.'),
    company_external_id: Id.nullable(),
    location_external_id: Id.nullable(),
    email_hash: Hash.nullable(),
    payment_methods: z.array(z.string()),
    coupon_codes: z.array(z.string()),
    tags: z.array(z.string()),
    processed_at: Time.nullable(),
    cancelled_at: Time.nullable(),
    ship_to: z
      .object({ country_code: z.string().nullable(), province_code: z.string().nullable() })
      .nullable(),
    items: z.array(OrderItem),
    refunds: z.array(Refund),
    tracking: z.array(Tracking),
    stay: z
      .object({
        listing_external_id: Id,
        check_in: z.string(),
        check_out: z.string(),
        nights: z.number().int(),
        guests: z.number().int(),
      })
      .partial()
      .nullable()
      .describe('Reservations only.'),
    pii: Pii.nullable().describe(ERASED),
  })
  .partial()
export type OrderFields = z.infer<typeof OrderFields>

export const ProductVariant = z
  .object({
    external_id: Id,
    name: z.string(),
    sku: z.string().nullable(),
    barcode: z.string().nullable(),
    price: Money,
    compare_at_price: Money.nullable(),
    tracked: z.boolean(),
    stock_quantity: z.number().int().nullable(),
    options: z.record(z.string(), z.string()),
  })
  .partial()
  .required({ external_id: true })
export type ProductVariant = z.infer<typeof ProductVariant>

export const StockStatus = z.enum(['in_stock', 'out_of_stock', 'on_backorder'])
export type StockStatus = z.infer<typeof StockStatus>

export const ProductFields = z
  .object({
    created_at: Time.nullable(),
    name: z.string(),
    handle: z.string().nullable(),
    description: z.string().nullable(),
    vendor: z.string().nullable(),
    type: z.string().nullable(),
    status: open(['active', 'draft', 'archived', 'unlisted']),
    published_at: Time.nullable(),
    tags: z.array(z.string()),
    category_external_ids: z.array(Id),
    currency: Currency,
    price: Money.nullable().describe('Of the cheapest variant.'),
    regular_price: Money.nullable().describe("The cheapest variant's compare-at price."),
    sku: z.string().nullable().describe('Of the first variant.'),
    stock_quantity: z
      .number()
      .int()
      .nullable()
      .describe('The sum over the tracked variants; null when none is tracked.'),
    stock_status: open(['in_stock', 'out_of_stock', 'on_backorder']),
    images: z.array(z.object({ url: z.string(), alt: z.string().nullable() })),
    variants: z.array(ProductVariant),
  })
  .partial()
export type ProductFields = z.infer<typeof ProductFields>

const Consent = z.object({ state: z.string().nullable(), updated_at: Time.nullable() }).nullable()

export const CustomerFields = z
  .object({
    created_at: Time.nullable(),
    display_name: z.string().nullable().describe('From first and last name only.'),
    email_hash: Hash.nullable().describe(
      'SHA-256 of the trimmed, lower-cased address; null if there is none.',
    ),
    state: z.string().nullable(),
    locale: z.string().nullable(),
    tax_exempt: z.boolean(),
    total_spent: Money,
    currency: Currency,
    order_count: z.number().int(),
    last_order_at: Time.nullable(),
    tags: z.array(z.string()),
    email_consent: Consent,
    sms_consent: Consent,
    verified_email: z.boolean(),
    pii: Pii.nullable().describe(ERASED),
  })
  .partial()
export type CustomerFields = z.infer<typeof CustomerFields>

export const CategoryFields = z
  .object({
    created_at: Time.nullable(),
    name: z.string(),
    handle: z.string().nullable(),
    parent_external_id: Id.nullable(),
    product_count: z.number().int().nullable(),
  })
  .partial()
export type CategoryFields = z.infer<typeof CategoryFields>

export const MessageFields = z
  .object({
    created_at: Time.nullable(),
    thread_external_id: Id,
    order_external_id: Id.nullable(),
    direction: open(['incoming', 'outgoing']),
    sent_at: Time.nullable(),
    channel: z.string().nullable(),
    pii: z.object({ body: z.string().nullable() }).partial().nullable().describe(ERASED),
  })
  .partial()
export type MessageFields = z.infer<typeof MessageFields>

/** What every record carries, whatever its resource. */
export const RecordBase = z.object({
  schema_version: z.literal(SCHEMA_VERSION),
  source: z.union([Platform, z.string().min(1)]).describe('Where the record lives.'),
  store: z.string().min(1).describe("The shop domain, or the source connection's account."),
  external_id: Id.describe("The record's id in its source."),
  version: Time.describe("The source's own update time of this state; for people and for comparison."),
  revision: z
    .number()
    .int()
    .nonnegative()
    .describe('Strictly increasing for each record; a lower one than is held is refused.'),
  incomplete: z
    .array(z.string())
    .optional()
    .describe('The parts that are not known yet; absent when all is known.'),
  created_at: Time.nullable().optional(),
  updated_at: Time.nullable().optional(),
})
export type RecordBase = z.infer<typeof RecordBase>

/** What a deletion carries besides the base. */
export const DeletedData = RecordBase.extend({
  deleted_at: Time,
  merged_into_external_id: Id.optional().describe('Where a customer was merged into another.'),
})
export type DeletedData = z.infer<typeof DeletedData>

/** The `data` of an upsert, by resource. */
export const DATA = {
  order: RecordBase.extend(OrderFields.shape),
  product: RecordBase.extend(ProductFields.shape),
  customer: RecordBase.extend(CustomerFields.shape),
  category: RecordBase.extend(CategoryFields.shape),
  message: RecordBase.extend(MessageFields.shape),
} as const satisfies Record<Resource, z.ZodObject>

type SharedData = { [R in Resource]: z.infer<(typeof DATA)[R]> }

/** A whole record as it is handed to a dialect: the envelope of the shared sync schema. */
export type Envelope =
  | { [R in Resource]: { resource: R; action: 'created' | 'updated'; data: SharedData[R] } }[Resource]
  | { resource: Resource; action: 'deleted'; data: DeletedData }

const upsert = <R extends Resource>(resource: R) =>
  z.object({ resource: z.literal(resource), action: z.enum(['created', 'updated']), data: DATA[resource] })

/** Parses an envelope. Unknown keys are dropped; a wrong type or a missing required field is an error that names it. */
export const Envelope = z.union([
  z.object({ resource: Resource, action: z.literal('deleted'), data: DeletedData }),
  upsert('order'),
  upsert('product'),
  upsert('customer'),
  upsert('category'),
  upsert('message'),
])
