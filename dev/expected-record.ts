import { createHash } from 'node:crypto'
import {
  type Collection,
  type Customer,
  type Fulfillment,
  type LineItem,
  type Order,
  type Product,
  type Refund,
  type StoreSnapshot,
  type Variant,
} from './shopify'
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
 * What the mirror should hold of a store after its webhooks, drawn from the store's own truth and not from any payload: a
 * second, independent reading of the shared sync schema. Webhooks leave some parts unknown; those are named in `incomplete`.
 *
 * @param locationId where the shop sells over the counter
 */
export function expectedRecords(store: StoreSnapshot, locationId: string): ExpectedRecord[] {
  return [
    ...store.products.map((product) => expectedProduct(product, store.currency)),
    ...store.customers.map((customer) => expectedCustomer(customer, store.currency)),
    ...store.orders.map((order) => expectedOrder(order, locationId)),
    ...store.collections.map(expectedCategory),
  ]
}

function expectedProduct(product: Product, currency: string): ExpectedRecord {
  const variants = product.variants.slice(0, 100)
  const cheapest = variants.toSorted((a, b) => Number(a.price) - Number(b.price))[0]
  const isWhole = product.variants.length <= 100
  return {
    resource: 'product',
    externalId: product.id,
    data: {
      ...times(product),
      incomplete: isWhole ? ['stock', 'collections'] : ['variants', 'stock', 'collections'],
      name: product.title,
      handle: product.handle,
      description: product.bodyHtml || null,
      vendor: product.vendor,
      type: product.productType || null,
      status: product.status,
      published_at: product.publishedAt,
      tags: product.tags.toSorted(),
      currency,
      price: cheapest?.price ?? null,
      regular_price: cheapest?.compareAtPrice ?? null,
      sku: variants[0]?.sku ?? null,
      images: product.images.map(({ src, alt }) => ({ url: src, alt })),
      variants: variants.map((variant) => expectedVariant(variant, product)),
    },
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
    stock_quantity: variant.inventoryQuantity,
    options: Object.fromEntries(product.options.map(({ name }, index) => [name, variant.options[index]])),
  }
}

function expectedCustomer(customer: Customer, currency: string): ExpectedRecord {
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ')
  return {
    resource: 'customer',
    externalId: customer.id,
    data: {
      ...times(customer),
      incomplete: ['tags', 'totals', 'consent'],
      display_name: name || null,
      email_hash: hashOf(customer.email),
      state: customer.state,
      tax_exempt: customer.taxExempt,
      verified_email: customer.verifiedEmail,
      currency,
    },
  }
}

function expectedCategory(collection: Collection): ExpectedRecord {
  return {
    resource: 'category',
    externalId: collection.id,
    data: {
      version: collection.updatedAt,
      updated_at: collection.updatedAt,
      incomplete: ['count'],
      name: collection.title,
      handle: collection.handle,
      parent_external_id: null,
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
