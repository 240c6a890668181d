import { type Resource } from '~/contracts/resource'

/** Where a value stands in a payload: the names around it (array places have none), and what the payload is about. */
export interface Place {
  key: string | null
  parentKey: string | null
  resource: Resource | null
}

/** Names of what tells who somebody is, where they are, or opens something of theirs: hidden with all that is under them. */
const PERSONAL = new Set(
  `pii email contact_email customer_email phone sms first_name last_name middle_name full_name display_name company company_name
   shop_owner user user_name username nickname note notes note_attributes message body comment customer_note properties
   meta_data attributes address address1 address2 address_1 address_2 street city zip postcode postal_code latitude longitude
   ip browser_ip customer_ip_address customer_user_agent user_agent client_details payment_details credit_card receipt
   authorization multipass_identifier token cart_token checkout_token order_key order_status_url landing_site
   landing_site_ref referring_site referrer tracking_number tracking_numbers tracking_url tracking_urls signature
   date_of_birth birthday passport tax_id vat_number cpf cnpj document guest_name guest_email guest_phone avatar_url`.split(
    /\s+/,
  ),
)

/** Names whose texts say nothing about a person. */
const HARMLESS = new Set(
  `title sku vendor tags product_type type kind gateway payment_gateway_names currency presentment_currency currency_code
   status financial_status fulfillment_status shipment_status display_status cancel_reason reason state locale
   customer_locale country_code province_code order_number code source source_name source_identifier processing_method
   fulfillment_service inventory_policy inventory_management variant_title variant_inventory_management allocation_method
   target_selection target_type value_type target handle published_scope opt_in_level marketing_opt_in_level
   consent_collected_from topic current previous error_code restock_type position plan_name iana_timezone timezone
   weight_unit payment_method_title payment_method payment_methods coupon_codes channel stock_status incomplete
   date_created_gmt date_modified_gmt`.split(/\s+/),
)

/** Names that are an order's own where nothing stands around them, and may be anything elsewhere. */
const NAMES_OF_ORDERS = new Set(['name', 'number'])

/** Under these a `name` is a thing's, not a person's. */
const NAMED_THINGS = new Set(['line_items', 'items', 'shipping_lines', 'variants', 'options'])

/** Shapes that no personal text has: a time, an amount, a gid of Shopify. */
const HARMLESS_SHAPES = [
  /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})?$/,
  /^-?\d+\.\d+$/,
  /^gid:\/\/shopify\/\w+\/\d+$/,
]

/** Whether everything under this name is hidden, whatever it is. */
export function isPersonal({ key }: Place): boolean {
  return key !== null && PERSONAL.has(key.toLowerCase())
}

/**
 * Whether a text may be shown. Products and collections are no persons: theirs are shown. Elsewhere a text is hidden
 * unless its name or its shape is known to be harmless.
 */
export function isHarmlessText(text: string, { key, parentKey, resource }: Place): boolean {
  if (text === '' || resource === 'product' || resource === 'category') return true
  if (HARMLESS_SHAPES.some((shape) => shape.test(text))) return true
  if (key === null) return false
  if (NAMES_OF_ORDERS.has(key) && parentKey === null) return resource === 'order'
  if (key === 'name') return parentKey !== null && NAMED_THINGS.has(parentKey)
  return HARMLESS.has(key) || key === 'id' || key.endsWith('_id')
}
