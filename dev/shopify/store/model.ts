/**
 * The store's own truth, from which webhook bodies and Admin API answers are both drawn.
 *
 * Ids are strings of digits, money is decimal strings in the shop currency, times are ISO 8601 in UTC at second
 * precision; all of it is plain JSON, so that a snapshot can be compared and sent.
 */
export type Id = string
export type Time = string
export type Amount = string

export const RESOURCES = ['products', 'customers', 'orders', 'collections'] as const
export type StoreResource = (typeof RESOURCES)[number]

export interface Image {
  id: Id
  src: string
  alt: string | null
  width: number
  height: number
  createdAt: Time
}

export interface Variant {
  id: Id
  inventoryItemId: Id
  title: string
  price: Amount
  compareAtPrice: Amount | null
  sku: string | null
  barcode: string | null
  inventoryPolicy: 'deny' | 'continue'
  /** Values of the product's options, in their order. */
  options: string[]
  taxable: boolean
  tracked: boolean
  inventoryQuantity: number
  requiresShipping: boolean
  grams: number
  createdAt: Time
  updatedAt: Time
}

export interface Product {
  id: Id
  title: string
  bodyHtml: string | null
  vendor: string
  productType: string
  handle: string
  status: 'active' | 'draft' | 'archived'
  tags: string[]
  options: { id: Id; name: string }[]
  variants: Variant[]
  images: Image[]
  giftCard: boolean
  createdAt: Time
  updatedAt: Time
  publishedAt: Time | null
}

export interface Collection {
  id: Id
  title: string
  handle: string
  bodyHtml: string | null
  sortOrder: 'manual' | 'best-selling' | 'alpha-asc' | 'created-desc'
  /** The members, in their order. */
  productIds: Id[]
  updatedAt: Time
  publishedAt: Time | null
}

export interface Address {
  firstName: string | null
  lastName: string | null
  company: string | null
  address1: string | null
  address2: string | null
  city: string | null
  province: string | null
  provinceCode: string | null
  country: string
  countryCode: string
  zip: string | null
  phone: string | null
}

export interface CustomerAddress extends Address {
  id: Id
}

export interface Consent {
  state: 'subscribed' | 'not_subscribed' | 'pending' | 'unsubscribed'
  optInLevel: 'single_opt_in' | 'confirmed_opt_in' | null
  updatedAt: Time | null
}

export interface Customer {
  id: Id
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  state: 'disabled' | 'invited' | 'enabled' | 'declined'
  note: string | null
  verifiedEmail: boolean
  taxExempt: boolean
  locale: string
  tags: string[]
  addresses: CustomerAddress[]
  defaultAddressId: Id | null
  emailConsent: Consent | null
  smsConsent: Consent | null
  createdAt: Time
  updatedAt: Time
}

export interface TaxLine {
  title: string
  rate: number
  price: Amount
}

export interface LineItem {
  id: Id
  productId: Id | null
  variantId: Id | null
  title: string
  variantTitle: string | null
  sku: string | null
  vendor: string | null
  quantity: number
  /** What is left after edits and refunds. */
  currentQuantity: number
  fulfilledQuantity: number
  price: Amount
  /** What discounts take off the whole line. */
  discount: Amount
  taxLines: TaxLine[]
  taxable: boolean
  requiresShipping: boolean
  giftCard: boolean
  grams: number
  /** Came by an edit, after the order was placed. */
  added: boolean
}

export interface Transaction {
  id: Id
  kind: 'authorization' | 'sale' | 'capture' | 'refund' | 'void'
  status: 'success' | 'pending' | 'failure'
  gateway: string
  amount: Amount
  parentId: Id | null
  createdAt: Time
}

export interface Refund {
  id: Id
  createdAt: Time
  note: string | null
  lines: {
    id: Id
    lineItemId: Id
    quantity: number
    subtotal: Amount
    totalTax: Amount
    restocked: boolean
  }[]
  transactionId: Id | null
  amount: Amount
}

export interface Fulfillment {
  id: Id
  name: string
  status: 'success' | 'cancelled'
  shipmentStatus: 'in_transit' | 'out_for_delivery' | 'delivered' | null
  trackingCompany: string | null
  trackingNumber: string | null
  trackingUrl: string | null
  lines: { id: Id; lineItemId: Id; quantity: number }[]
  createdAt: Time
  updatedAt: Time
}

export interface Order {
  id: Id
  /** Counts the shop's orders from 1; people see `orderNumber`, which starts at 1001. */
  number: number
  orderNumber: number
  email: string | null
  phone: string | null
  customerId: Id | null
  currency: string
  presentment: { currency: string; rate: number }
  taxesIncluded: boolean
  financialStatus:
    'pending' | 'authorized' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'voided'
  sourceName: 'web' | 'pos' | 'shopify_draft_order'
  gateways: string[]
  discountCodes: { code: string; amount: Amount; percentage: number }[]
  lineItems: LineItem[]
  shipping: { id: Id; title: string; code: string; price: Amount } | null
  billingAddress: Address | null
  shippingAddress: Address | null
  transactions: Transaction[]
  refunds: Refund[]
  fulfillments: Fulfillment[]
  tags: string[]
  note: string | null
  test: boolean
  tip: Amount
  cancelReason: 'customer' | 'inventory' | 'fraud' | 'declined' | 'other' | null
  cancelledAt: Time | null
  closedAt: Time | null
  processedAt: Time
  createdAt: Time
  updatedAt: Time
}

export interface StoreSnapshot {
  domain: string
  currency: string
  takenAt: Time
  products: Product[]
  customers: Customer[]
  orders: Order[]
  collections: Collection[]
}
