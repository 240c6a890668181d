import { gid } from '../../bodies/body-parts'
import { variantExists } from '../../bodies/line-item-body'
import { type Fulfillment, type LineItem, type Order, type Refund, type Transaction } from '../../store/model'
import { moneyIn } from '../../store/money'
import { shareOf } from '../../store/order-totals'
import { listConnection } from '../connection'
import { fieldsOf, typed, type Fields } from '../fields'
import { moneyBag, moneyV2 } from '../money'

interface LineSource {
  order: Order
  line: LineItem
}
interface RefundLineSource {
  order: Order
  refunded: Refund['lines'][number]
}
interface ParcelLineSource {
  order: Order
  sent: Fulfillment['lines'][number]
}

/** What an order is made of: lines, shipping, refunds, parcels, payments. */
export const orderPartTypes: Record<string, Fields> = {
  LineItem: fieldsOf<LineSource>({
    id: ({ line }) => gid('LineItem', line.id),
    title: ({ line }) => line.title,
    variantTitle: ({ line }) => line.variantTitle,
    name: ({ line }) => (line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title),
    sku: ({ line }) => line.sku,
    vendor: ({ line }) => line.vendor,
    quantity: ({ line }) => line.quantity,
    currentQuantity: ({ line }) => line.currentQuantity,
    refundableQuantity: ({ line }) => line.currentQuantity,
    unfulfilledQuantity: ({ line }) => Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    isGiftCard: ({ line }) => line.giftCard,
    taxable: ({ line }) => line.taxable,
    requiresShipping: ({ line }) => line.requiresShipping,
    customAttributes: () => [],
    product: ({ line }, _args, { shop }) => shop.products.get(line.productId ?? '') ?? null,
    variant: ({ line }, _args, { shop }) => {
      const product = shop.products.get(line.productId ?? '')
      const variant = product?.variants.find(({ id }) => id === line.variantId)
      return product && variant && variantExists(shop, line) ? { product, variant } : null
    },
    originalUnitPriceSet: ({ order, line }) => moneyBag(order, line.price),
    discountedUnitPriceSet: ({ order, line }) => moneyBag(order, line.price),
    originalTotalSet: ({ order, line }) => moneyBag(order, gross(order, line)),
    // Without a discount code's share, as `total_discount` of the webhook is.
    totalDiscountSet: ({ order }) => moneyBag(order, moneyIn(order.currency).zero),
    discountedTotalSet: ({ order, line }, { withCodeDiscounts }) =>
      moneyBag(
        order,
        withCodeDiscounts === true
          ? moneyIn(order.currency).minus(gross(order, line), line.discount)
          : gross(order, line),
      ),
    discountAllocations: (source) => (Number(source.line.discount) > 0 ? [source] : []),
    duties: () => [],
    taxLines: ({ order, line }) => line.taxLines.map((tax) => ({ order, tax })),
  }),
  DiscountAllocation: fieldsOf<LineSource>({
    allocatedAmount: ({ order, line }) => moneyV2(line.discount, order.currency),
    allocatedAmountSet: ({ order, line }) => moneyBag(order, line.discount),
    discountApplication: ({ order }) =>
      typed('DiscountCodeApplication', { ...order.discountCodes[0], index: 0 }),
  }),
  ShippingLine: fieldsOf<Order>({
    id: ({ shipping }) => gid('ShippingLine', shipping?.id ?? ''),
    title: ({ shipping }) => shipping?.title,
    code: ({ shipping }) => shipping?.code,
    source: () => 'shopify',
    isRemoved: () => false,
    custom: () => false,
    originalPriceSet: (order) => moneyBag(order, order.shipping?.price ?? '0'),
    discountedPriceSet: (order) => moneyBag(order, order.shipping?.price ?? '0'),
    currentDiscountedPriceSet: (order) => moneyBag(order, order.shipping?.price ?? '0'),
    taxLines: () => [],
    discountAllocations: () => [],
  }),
  Refund: fieldsOf<{ order: Order; refund: Refund }>({
    id: ({ refund }) => gid('Refund', refund.id),
    legacyResourceId: ({ refund }) => refund.id,
    note: ({ refund }) => refund.note,
    createdAt: ({ refund }) => refund.createdAt,
    processedAt: ({ refund }) => refund.createdAt,
    updatedAt: ({ refund }) => refund.createdAt,
    order: ({ order }) => order,
    totalRefundedSet: ({ order, refund }) => moneyBag(order, refund.amount),
    refundLineItems: ({ order, refund }, args) =>
      listConnection(
        refund.lines.map((refunded) => ({ order, refunded })),
        args,
        ({ refunded }) => refunded.id,
      ),
    transactions: ({ order, refund }, args) =>
      listConnection(
        order.transactions
          .filter(({ id }) => id === refund.transactionId)
          .map((transaction) => ({ order, transaction })),
        args,
        ({ transaction }) => transaction.id,
      ),
    orderAdjustments: (_source, args) => listConnection<never>([], args, () => ''),
    refundShippingLines: (_source, args) => listConnection<never>([], args, () => ''),
    duties: () => [],
  }),
  RefundLineItem: fieldsOf<RefundLineSource>({
    id: ({ refunded }) => gid('RefundLineItem', refunded.id),
    quantity: ({ refunded }) => refunded.quantity,
    restockType: ({ refunded }) => (refunded.restocked ? 'RETURN' : 'NO_RESTOCK'),
    restocked: ({ refunded }) => refunded.restocked,
    location: () => null,
    lineItem: ({ order, refunded }) => lineOf(order, refunded.lineItemId),
    subtotalSet: ({ order, refunded }) => moneyBag(order, refunded.subtotal),
    totalTaxSet: ({ order, refunded }) => moneyBag(order, refunded.totalTax),
  }),
  Fulfillment: fieldsOf<{ order: Order; fulfillment: Fulfillment }>({
    id: ({ fulfillment }) => gid('Fulfillment', fulfillment.id),
    legacyResourceId: ({ fulfillment }) => fulfillment.id,
    name: ({ fulfillment }) => fulfillment.name,
    status: ({ fulfillment }) => fulfillment.status.toUpperCase(),
    displayStatus: ({ fulfillment }) => fulfillment.shipmentStatus?.toUpperCase() ?? 'FULFILLED',
    createdAt: ({ fulfillment }) => fulfillment.createdAt,
    updatedAt: ({ fulfillment }) => fulfillment.updatedAt,
    deliveredAt: ({ fulfillment }) =>
      fulfillment.shipmentStatus === 'delivered' ? fulfillment.updatedAt : null,
    inTransitAt: ({ fulfillment }) => (fulfillment.shipmentStatus ? fulfillment.updatedAt : null),
    estimatedDeliveryAt: () => null,
    requiresShipping: () => true,
    totalQuantity: ({ fulfillment }) => fulfillment.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    trackingInfo: ({ fulfillment }) => (fulfillment.trackingNumber === null ? [] : [fulfillment]),
    order: ({ order }) => order,
    location: (_source, _args, { shop }) => shop,
    fulfillmentLineItems: ({ order, fulfillment }, args) =>
      listConnection(
        fulfillment.lines.map((sent) => ({ order, sent })),
        args,
        ({ sent }) => sent.id,
      ),
    events: (_source, args) => listConnection<never>([], args, () => ''),
  }),
  FulfillmentTrackingInfo: fieldsOf<Fulfillment>({
    company: ({ trackingCompany }) => trackingCompany,
    number: ({ trackingNumber }) => trackingNumber,
    url: ({ trackingUrl }) => trackingUrl,
  }),
  FulfillmentLineItem: fieldsOf<ParcelLineSource>({
    id: ({ sent }) => gid('FulfillmentLineItem', sent.id),
    quantity: ({ sent }) => sent.quantity,
    lineItem: ({ order, sent }) => lineOf(order, sent.lineItemId),
  }),
  OrderTransaction: fieldsOf<{ order: Order; transaction: Transaction }>({
    id: ({ transaction }) => gid('OrderTransaction', transaction.id),
    kind: ({ transaction }) => transaction.kind.toUpperCase(),
    status: ({ transaction }) => transaction.status.toUpperCase(),
    gateway: ({ transaction }) => transaction.gateway,
    formattedGateway: ({ transaction }) => transaction.gateway.replace('_', ' '),
    amountSet: ({ order, transaction }) => moneyBag(order, transaction.amount),
    test: ({ order }) => order.test,
    createdAt: ({ transaction }) => transaction.createdAt,
    processedAt: ({ transaction }) => transaction.createdAt,
    errorCode: () => null,
    order: ({ order }) => order,
    parentTransaction: ({ order, transaction }) => {
      const parent = order.transactions.find(({ id }) => id === transaction.parentId)
      return parent ? { order, transaction: parent } : null
    },
  }),
}

function gross(order: Order, line: LineItem): string {
  return shareOf(moneyIn(order.currency), line, line.quantity).gross
}

function lineOf(order: Order, id: string): LineSource | null {
  const line = order.lineItems.find((each) => each.id === id)
  return line ? { order, line } : null
}
