/** The ids of the bench's orders begin here; the n-th has this much more. */
const FIRST_ORDER_ID = 6_500_000_000_000

/** The id of the n-th order, as text. */
export function orderId(n: number): string {
  return String(FIRST_ORDER_ID + n)
}

const CURRENCY = 'EUR'
const both = (amount: string) => ({
  shop_money: { amount, currency_code: CURRENCY },
  presentment_money: { amount, currency_code: CURRENCY },
})
const ADDRESS = {
  first_name: 'Maja',
  last_name: 'Ek',
  name: 'Maja Ek',
  address1: 'Hamngatan 3',
  city: 'Visby',
  zip: '621 57',
  province: null,
  country: 'Sweden',
  country_code: 'SE',
}

/** The body of `orders/create` for the n-th order: about 3 KB, and complete, so that nothing is asked of Shopify. */
export function orderBody(n: number): string {
  const id = FIRST_ORDER_ID + n
  return JSON.stringify({
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${n}`,
    created_at: '2026-11-02T20:11:05+01:00',
    updated_at: '2026-11-02T20:11:06+01:00',
    processed_at: '2026-11-02T20:11:04+01:00',
    cancelled_at: null,
    closed_at: null,
    cancel_reason: null,
    financial_status: 'paid',
    fulfillment_status: null,
    test: false,
    source_name: 'web',
    taxes_included: true,
    tags: 'autumn, gift',
    currency: CURRENCY,
    presentment_currency: CURRENCY,
    ...money(),
    discount_codes: [],
    payment_gateway_names: ['shopify_payments'],
    email: 'maja.ek@example.com',
    phone: null,
    note: 'Leave it with the neighbour.',
    customer: { id: 7_200_000_000_000 + n, first_name: 'Maja', last_name: 'Ek' },
    billing_address: ADDRESS,
    shipping_address: ADDRESS,
    shipping_lines: [{ id: 55, price: '4.50', price_set: both('4.50'), title: 'PostNord' }],
    line_items: [lineItem(1, 'Glazed bowl'), lineItem(2, 'Oak spoon')],
    refunds: [],
    fulfillments: [],
  })
}

function money(): Record<string, unknown> {
  return {
    total_price: '61.50',
    total_price_set: both('61.50'),
    current_total_price: '61.50',
    current_total_price_set: both('61.50'),
    total_outstanding: '0.00',
    subtotal_price: '57.00',
    subtotal_price_set: both('57.00'),
    total_tax: '11.40',
    total_tax_set: both('11.40'),
    total_shipping_price_set: both('4.50'),
    total_discounts: '0.00',
    total_discounts_set: both('0.00'),
    total_tip_received: '0.00',
  }
}

function lineItem(position: number, title: string): Record<string, unknown> {
  return {
    id: 3_000_000_000 + position,
    product_id: 5_100_000_000 + position,
    variant_id: 9_100_000_000 + position,
    name: title,
    title,
    variant_title: null,
    sku: `SKU-${position}`,
    quantity: 1,
    current_quantity: 1,
    price: '28.50',
    price_set: both('28.50'),
    discount_allocations: [],
    tax_lines: [{ price: '5.70', price_set: both('5.70'), rate: 0.25, title: 'Moms' }],
    gift_card: false,
  }
}
