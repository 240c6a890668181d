import { type z } from 'zod'
import {
  Amount,
  Currency,
  Flag,
  Id,
  IDS,
  list,
  MoneySet,
  object,
  Tags,
  Text,
  Time,
  Title,
  Whole,
  Word,
} from './payload'
import { PostalAddress } from './person'

const Allocation = object({ amount: Amount, amount_set: MoneySet })
const TaxLine = object({ price: Amount, price_set: MoneySet })

export const LineItem = object({
  ...IDS,
  product_id: Id,
  variant_id: Id,
  name: Title,
  title: Title,
  variant_title: Text,
  sku: Text,
  quantity: Whole,
  current_quantity: Whole,
  price: Amount,
  price_set: MoneySet,
  discount_allocations: list(Allocation),
  tax_lines: list(TaxLine),
  gift_card: Flag,
})
export type LineItem = z.output<typeof LineItem>

export const Refund = object({
  ...IDS,
  created_at: Time,
  refund_line_items: list(object({ line_item_id: Id, line_item: object(IDS).nullable(), quantity: Whole })),
  transactions: list(object({ kind: Word, status: Word, amount: Amount, currency: Currency })),
})
export type Refund = z.output<typeof Refund>

export const Fulfillment = object({
  created_at: Time,
  status: Word,
  shipment_status: Word,
  tracking_company: Text,
  tracking_number: Text,
  tracking_numbers: list(Text),
  tracking_url: Text,
  tracking_urls: list(Text),
})
export type Fulfillment = z.output<typeof Fulfillment>

const Customer = object({ ...IDS, first_name: Text, last_name: Text })

/** The fields of an order that Parity reads, the same in all `orders/*` topics that carry a whole order. */
export const Order = object({
  ...IDS,
  name: Text,
  created_at: Time,
  updated_at: Time,
  processed_at: Time,
  cancelled_at: Time,
  closed_at: Time,
  cancel_reason: Word,
  financial_status: Word,
  fulfillment_status: Word,
  test: Flag,
  source_name: Text,
  taxes_included: Flag,
  tags: Tags,
  currency: Currency,
  presentment_currency: Currency,
  total_price: Amount,
  total_price_set: MoneySet,
  current_total_price: Amount,
  current_total_price_set: MoneySet,
  total_outstanding: Amount,
  subtotal_price: Amount,
  subtotal_price_set: MoneySet,
  total_tax: Amount,
  total_tax_set: MoneySet,
  total_shipping_price_set: MoneySet,
  total_discounts: Amount,
  total_discounts_set: MoneySet,
  total_tip_received: Amount,
  original_total_duties_set: MoneySet,
  current_total_duties_set: MoneySet,
  shipping_lines: list(object({ price: Amount, price_set: MoneySet })),
  discount_codes: list(object({ code: Text })),
  payment_gateway_names: list(Text),
  location_id: Id,
  company: object(IDS).nullable(),
  customer: Customer.nullable(),
  email: Text,
  contact_email: Text,
  phone: Text,
  note: Text,
  billing_address: PostalAddress.nullable(),
  shipping_address: PostalAddress.nullable(),
  line_items: list(LineItem),
  refunds: list(Refund),
  fulfillments: list(Fulfillment),
})
export type Order = z.output<typeof Order>
