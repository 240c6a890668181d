import { createHash } from 'node:crypto'
import {
  type Collection,
  type Consent,
  type Customer,
  type Fulfillment,
  type LineItem,
  type Order,
  type Product,
  type Refund,
  type StoreSnapshot,
  type Variant,
} from './shopify'
import { totalsOfOrders } from './shopify/store/customer-totals'
import { moneyIn } from './shopify/store/money'
import { totalsOf } from './shopify/store/order-totals'
import { presentedTotal } from './shopify/bodies/order-body'

/** A record as the mirror should have it: the shared schema's data without revision and store. */
export interface ExpectedRecord {
  resource: 'product' | 'customer' | 'order' | 'category'
  externalId: string
  data: Record<string, unknown>
}

/**
 * What the mirror should hold of a store, drawn from the store's own truth and not from any payload or answer: a second, independent
 * reading of the shared sync schema. Nothing is incomplete: what webhooks leave out was asked for.
 *
 * @param locationId where the shop sells over the counter
 */
export function expectedRecords(store: StoreSnapshot, locationId: string): ExpectedRecord[] {
  const orders = Map.groupBy(store.orders, ({ customerId }) => customerId)
  return [
    ...store.products.map((product) => expectedProduct(product, store)),
    ...store.customers.map((customer) =>
      expectedCustomer(customer, store.currency, orders.get(customer.id) ?? []),
    ),
    ...store.orders.map((order) => expectedOrder(order, locationId)),
    ...store.collections.map(expectedCategory),
  ]
}

function expectedProduct(product: Product, { currency, collections }: StoreSnapshot): ExpectedRecord {
  const { variants } = product
  const cheapest = variants.toSorted((a, b) => Number(a.price) - Number(b.price))[0]
  return {
    resource: 'product',
    externalId: product.id,
    data: {
      ...times(product),
      name: product.title,
      handle: product.handle,
      description: product.bodyHtml || null,
      vendor: product.vendor,
      type: product.productType || null,
      status: product.status,
      published_at: product.publishedAt,
      tags: product.tags.toSorted(),
      category_external_ids: collections
        .filter(({ productIds }) => productIds.includes(product.id))
        .map(({ id }) => id)
        .toSorted(),
      currency,
      price: cheapest?.price ?? null,
      regular_price: cheapest?.compareAtPrice ?? null,
      sku: variants[0]?.sku ?? null,
      ...expectedStock(variants),
      images: product.images.map(({ src, alt }) => ({ url: src, alt })),
      variants: variants.map((variant) => expectedVariant(variant, product)),
    },
  }
}

function expectedStock(variants: Variant[]): Record<string, unknown> {
  const tracked = variants.filter((variant) => variant.tracked)
  const canBeHad = variants.some((variant) => !variant.tracked || variant.inventoryQuantity > 0)
  const canBeOrdered = variants.some(({ inventoryPolicy }) => inventoryPolicy === 'continue')
  return {
    stock_quantity:
      tracked.length === 0
        ? null
        : tracked.reduce((sum, { inventoryQuantity }) => sum + inventoryQuantity, 0),
    stock_status: canBeHad ? 'in_stock' : canBeOrdered ? 'on_backorder' : 'out_of_stock',
  }
}

function expectedVariant(variant: Variant, product: Product): Record<string, unknown> {
  return {
    external_id: variant.id,
    name: variant.title,
    sku: variant.sku,
    barcode: variant.barcode,
    price: variant.price,
    compare_at_price: variant.compareAtPrice,
    tracked: variant.tracked,
    stock_quantity: variant.inventoryQuantity,
    options: Object.fromEntries(product.options.map(({ name }, index) => [name, variant.options[index]])),
  }
}

function expectedCustomer(customer: Customer, currency: string, orders: Order[]): ExpectedRecord {
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ')
  const totals = totalsOfOrders(moneyIn(currency), orders)
  return {
    resource: 'customer',
    externalId: customer.id,
    data: {
      ...times(customer),
      display_name: name || null,
      email_hash: hashOf(customer.email),
      state: customer.state,
      tax_exempt: customer.taxExempt,
      verified_email: customer.verifiedEmail,
      currency,
      tags: customer.tags.toSorted(),
      total_spent: totals.amountSpent,
      order_count: totals.numberOfOrders,
      last_order_at: totals.lastOrder?.createdAt ?? null,
      email_consent: customer.email === null ? null : expectedConsent(customer.emailConsent),
      sms_consent: customer.phone === null ? null : expectedConsent(customer.smsConsent),
    },
  }
}

function expectedConsent(consent: Consent | null): Record<string, unknown> {
  return { state: consent?.state ?? 'not_subscribed', updated_at: consent?.updatedAt ?? null }
}

function expectedCategory(collection: Collection): ExpectedRecord {
  return {
    resource: 'category',
    externalId: collection.id,
    data: {
      version: collection.updatedAt,
      updated_at: collection.updatedAt,
      name: collection.title,
      handle: collection.handle,
      parent_external_id: null,
      product_count: collection.productIds.length,
    },
  }
}

function expectedOrder(order: Order, locationId: string): ExpectedRecord {
  const totals = totalsOf(order)
  const { zero } = moneyIn(order.currency)
  const presentment = presentedTotal(order)
  return {
    resource: 'order',
    externalId: order.id,
    data: {
      ...times(order),
      number: `#${order.orderNumber}`,
      status: order.cancelledAt ? 'cancelled' : order.closedAt ? 'closed' : 'open',
      cancel_reason: order.cancelReason,
      financial_status: order.financialStatus,
      fulfillment_status: fulfilmentStatus(order),
      test: order.test,
      channel: order.sourceName,
      currency: order.currency,
      taxes_included: order.taxesIncluded,
      total: totals.total,
      current_total: totals.currentTotal,
      outstanding_total: totals.outstanding,
      subtotal: totals.subtotal,
      tax_total: totals.tax,
      shipping_total: totals.shipping,
      discount_total: totals.discounts,
      tip_total: order.tip,
      duties_total: zero,
      refunded_total: totals.refunded,
      presentment:
        presentment.currency === order.currency
          ? null
          : { currency: presentment.currency, total: presentment.amount },
      customer_external_id: order.customerId,
      company_external_id: null,
      location_external_id: order.sourceName === 'pos' ? locationId : null,
      email_hash: hashOf(order.email),
      payment_methods: order.gateways,
      coupon_codes: order.discountCodes.map(({ code }) => code),
      tags: order.tags.toSorted(),
      processed_at: order.processedAt,
      cancelled_at: order.cancelledAt,
      ship_to: order.shippingAddress && {
        country_code: order.shippingAddress.countryCode,
        province_code: order.shippingAddress.provinceCode,
      },
      items: order.lineItems.map((line) => expectedItem(line, order)),
      refunds: order.refunds.map(expectedRefund),
      tracking: order.fulfillments.filter(isTracked).map(expectedTracking),
    },
  }
}

function expectedItem(line: LineItem, order: Order): Record<string, unknown> {
  const money = moneyIn(order.currency)
  return {
    external_id: line.id,
    product_external_id: line.productId,
    variant_external_id: line.variantId,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    unit_price: line.price,
    discount_total: line.discount,
    tax_total: money.sum(line.taxLines.map(({ price }) => price)),
    total: money.minus(money.times(line.price, line.quantity), line.discount),
    gift_card: line.giftCard,
  }
}

function expectedRefund(refund: Refund): Record<string, unknown> {
  return {
    external_id: refund.id,
    created_at: refund.createdAt,
    total: refund.amount,
    items: refund.lines.map(({ lineItemId, quantity }) => ({ external_id: lineItemId, quantity })),
  }
}

function isTracked(fulfillment: Fulfillment): boolean {
  return Boolean(fulfillment.trackingNumber ?? fulfillment.trackingUrl ?? fulfillment.shipmentStatus)
}

function expectedTracking(fulfillment: Fulfillment): Record<string, unknown> {
  return {
    number: fulfillment.trackingNumber,
    url: fulfillment.trackingUrl,
    company: fulfillment.trackingCompany,
    status: fulfillment.status === 'cancelled' ? 'cancelled' : (fulfillment.shipmentStatus ?? 'shipped'),
    shipped_at: fulfillment.createdAt,
  }
}

function fulfilmentStatus(order: Order): string {
  const sent = order.lineItems.some((line) => line.fulfilledQuantity > 0)
  if (!sent) return 'unfulfilled'
  return order.lineItems.some((line) => line.currentQuantity > line.fulfilledQuantity)
    ? 'partial'
    : 'fulfilled'
}

function times(record: { createdAt: string; updatedAt: string }): Record<string, unknown> {
  return { created_at: record.createdAt, updated_at: record.updatedAt, version: record.updatedAt }
}

function hashOf(email: string | null): string | null {
  return email === null ? null : createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
}
