import { type Json } from '../json'
import { type Order } from '../store/model'
import { totalsOf } from '../store/order-totals'
import { type ShopState } from '../store/shop-state'
import { addressBody, gid, idNumber, moneySet, presented, time } from './body-parts'
import { customerInOrder } from './customer-body'
import { fulfillmentInOrder } from './fulfillment-body'
import { lineItemBody, taxLineBody } from './line-item-body'
import { orderMoney } from './order-money'
import { refundBody } from './refund-body'

/** The body that `orders/create`, `updated`, `paid`, `cancelled` and `fulfilled` share. */
export function orderBody(shop: ShopState, order: Order): Json {
  const customer = order.customerId === null ? undefined : shop.customers.get(order.customerId)
  const token = tokenOf(order)
  return {
    ...identity(shop, order, token),
    ...orderMoney(order),
    ...channel(shop, order),
    billing_address: addressBody(order.billingAddress),
    // A guest's order says so with null; an order of a point of sale likewise.
    customer: customer ? customerInOrder(shop, customer) : null,
    discount_applications: order.discountCodes.map((discount) => ({
      target_type: 'line_item',
      type: 'discount_code',
      value: discount.percentage.toFixed(1),
      value_type: 'percentage',
      allocation_method: 'across',
      target_selection: 'all',
      code: discount.code,
    })),
    fulfillments: order.fulfillments.map((each) => fulfillmentInOrder(shop, order, each)),
    line_items: order.lineItems.map((line) => lineItemBody(shop, order, line)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundBody(shop, order, refund)),
    shipping_address: addressBody(order.shippingAddress),
    shipping_lines: shippingLines(order),
    returns: [],
    line_item_groups: [],
  }
}

/** The body of `orders/delete`: an id and nothing else. */
export function orderDeletedBody(order: Order): Json {
  return { id: idNumber(order.id) }
}

/** What people see: `null`, `partial` or `fulfilled`. */
export function fulfillmentStatusOf(order: Order): 'fulfilled' | 'partial' | null {
  const open = order.lineItems.filter((line) => line.currentQuantity > line.fulfilledQuantity)
  const sent = order.lineItems.some((line) => line.fulfilledQuantity > 0)
  if (!sent) return null
  return open.length === 0 ? 'fulfilled' : 'partial'
}

/** What a customer quotes. */
export function confirmationNumber(order: Order): string {
  return tokenOf(order).slice(-9).toUpperCase()
}

function tokenOf(order: Order): string {
  return BigInt(order.id).toString(16).padStart(32, '0')
}

function identity(shop: ShopState, order: Order, token: string): { [key: string]: Json } {
  return {
    id: idNumber(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    app_id: order.sourceName === 'pos' ? 129_785 : 580_111,
    browser_ip: null,
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason,
    cancelled_at: time(shop, order.cancelledAt),
    cart_token: null,
    checkout_id: null,
    checkout_token: order.sourceName === 'web' ? token : null,
    client_details: null,
    closed_at: time(shop, order.closedAt),
    company: null,
    confirmation_number: confirmationNumber(order),
    confirmed: true,
    contact_email: order.email,
    created_at: time(shop, order.createdAt),
    currency: order.currency,
    customer_locale: 'en',
    discount_codes: order.discountCodes.map(({ code, amount }) => ({ code, amount, type: 'percentage' })),
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: order.financialStatus,
    fulfillment_status: fulfillmentStatusOf(order),
    name: `#${order.orderNumber}`,
    note: order.note,
    note_attributes: [],
    number: order.number,
    order_number: order.orderNumber,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${token}/authenticate?key=${token.slice(0, 8)}&locale=en`,
    payment_gateway_names: order.gateways,
    phone: order.phone,
    presentment_currency: order.presentment.currency,
    processed_at: time(shop, order.processedAt),
    tags: order.tags.join(', '),
    test: order.test,
    token,
    updated_at: time(shop, order.updatedAt),
  }
}

function channel(shop: ShopState, order: Order): { [key: string]: Json } {
  return {
    device_id: null,
    landing_site: order.sourceName === 'web' ? '/' : null,
    landing_site_ref: null,
    location_id: order.sourceName === 'pos' ? idNumber(shop.locationId) : null,
    merchant_business_entity_id: 'MTU0ODM4MDAwOQ',
    merchant_of_record_app_id: null,
    po_number: null,
    reference: null,
    referring_site: null,
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    tax_exempt: false,
    tax_lines: totalsOf(order).taxLines.map((tax) => taxLineBody(order, tax)),
    taxes_included: order.taxesIncluded,
    user_id: null,
  }
}

function shippingLines(order: Order): Json {
  if (!order.shipping) return []
  const { id, title, code, price } = order.shipping
  const set = moneySet(order, price)
  return [
    {
      id: idNumber(id),
      carrier_identifier: null,
      code,
      current_discounted_price_set: moneySet(order, totalsOf(order).currentShipping),
      discounted_price: price,
      discounted_price_set: set,
      is_removed: false,
      phone: null,
      price,
      price_set: set,
      requested_fulfillment_service_id: null,
      source: 'shopify',
      title,
      tax_lines: [],
      discount_allocations: [],
    },
  ]
}

/** What the customer saw as the total, in the currency they saw it in. */
export function presentedTotal(order: Order): { amount: string; currency: string } {
  return { amount: presented(order, totalsOf(order).total), currency: order.presentment.currency }
}
