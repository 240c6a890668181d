import { gid } from '../../bodies/body-parts'
import { confirmationNumber, fulfillmentStatusOf } from '../../bodies/order-body'
import { type Order, type TaxLine } from '../../store/model'
import { type OrderTotals } from '../../store/order-totals'
import { listConnection } from '../connection'
import { fieldsOf, typed, type Arguments, type Fields, type GraphqlContext } from '../fields'
import { moneyBag, moneyV2 } from '../money'
import { countOf } from '../record-lists'

const NOTHING = '0'

/** What an order says of itself; its lines, refunds and parcels are types of their own. */
export const orderTypes: Record<string, Fields> = {
  Order: fieldsOf<Order>({
    id: (order) => gid('Order', order.id),
    legacyResourceId: (order) => order.id,
    name: (order) => `#${order.orderNumber}`,
    number: (order) => order.orderNumber,
    confirmationNumber: (order) => confirmationNumber(order),
    confirmed: () => true,
    email: (order) => order.email,
    phone: (order) => order.phone,
    note: (order) => order.note,
    poNumber: () => null,
    tags: (order) => order.tags,
    test: (order) => order.test,
    edited: (order) => order.lineItems.some(({ added }) => added),
    sourceName: (order) => order.sourceName,
    sourceIdentifier: () => null,
    app: (order) => ({ name: order.sourceName === 'pos' ? 'Point of Sale' : 'Online Store' }),
    channelInformation: () => null,
    customAttributes: () => [],
    customerLocale: () => 'en',
    customer: (order, _args, { shop }) => shop.customers.get(order.customerId ?? '') ?? null,
    purchasingEntity: (order, _args, { shop }) => {
      const customer = shop.customers.get(order.customerId ?? '')
      return customer ? typed('Customer', customer) : null
    },
    billingAddress: (order) => order.billingAddress,
    shippingAddress: (order) => order.shippingAddress,
    displayAddress: (order) => order.shippingAddress ?? order.billingAddress,
    retailLocation: (order, _args, { shop }) => (order.sourceName === 'pos' ? shop : null),
    physicalLocation: (order, _args, { shop }) => (order.sourceName === 'pos' ? shop : null),
    currencyCode: (order) => order.currency,
    presentmentCurrencyCode: (order) => order.presentment.currency,
    taxesIncluded: (order) => order.taxesIncluded,
    taxExempt: () => false,
    dutiesIncluded: () => false,
    estimatedTaxes: () => false,
    displayFinancialStatus: (order) => order.financialStatus.toUpperCase(),
    displayFulfillmentStatus: (order) => FULFILLMENT[fulfillmentStatusOf(order) ?? 'none'],
    returnStatus: () => 'NO_RETURN',
    fullyPaid: (order, _args, { lookup }) => Number(lookup.totalsOf(order).outstanding) === 0,
    unpaid: (order, _args, { lookup }) => Number(lookup.totalsOf(order).received) === 0,
    paymentGatewayNames: (order) => order.gateways,
    discountCode: (order) => order.discountCodes[0]?.code ?? null,
    discountCodes: (order) => order.discountCodes.map(({ code }) => code),
    cancelReason: (order) => order.cancelReason?.toUpperCase() ?? null,
    cancelledAt: (order) => order.cancelledAt,
    closed: (order) => order.closedAt !== null,
    closedAt: (order) => order.closedAt,
    processedAt: (order) => order.processedAt,
    createdAt: (order) => order.createdAt,
    updatedAt: (order) => order.updatedAt,
    ...sums(),
    taxLines: (order, _args, { lookup }) => lookup.totalsOf(order).taxLines.map((tax) => ({ order, tax })),
    currentTaxLines: (order, _args, { lookup }) =>
      lookup.totalsOf(order).taxLines.map((tax) => ({ order, tax })),
    totalWeight: (order, _args, { lookup }) => String(lookup.totalsOf(order).weight),
    discountApplications: (order, args) =>
      listConnection(
        order.discountCodes.map((discount, index) =>
          typed('DiscountCodeApplication', { ...discount, index }),
        ),
        args,
        ({ index }) => String(index),
      ),
    lineItems: (order, args) =>
      listConnection(
        order.lineItems.map((line) => ({ order, line })),
        args,
        ({ line }) => line.id,
      ),
    shippingLine: (order) => (order.shipping ? order : null),
    shippingLines: (order, args) => listConnection(order.shipping ? [order] : [], args, ({ id }) => id),
    refunds: (order, { first }) => order.refunds.slice(0, atMost(first)).map((refund) => ({ order, refund })),
    fulfillments: (order, { first }) =>
      order.fulfillments.slice(0, atMost(first)).map((fulfillment) => ({ order, fulfillment })),
    fulfillmentsCount: (order) => countOf(order.fulfillments.length),
    transactions: (order, { first }) =>
      order.transactions.slice(0, atMost(first)).map((transaction) => ({ order, transaction })),
    transactionsCount: (order) => countOf(order.transactions.length),
  }),
  OrderApp: fieldsOf<{ name: string }>({ name: ({ name }) => name, id: () => gid('App', '580111') }),
  TaxLine: fieldsOf<{ order: Order; tax: TaxLine }>({
    title: ({ tax }) => tax.title,
    rate: ({ tax }) => tax.rate,
    ratePercentage: ({ tax }) => tax.rate * 100,
    price: ({ tax }) => tax.price,
    priceSet: ({ order, tax }) => moneyBag(order, tax.price),
    channelLiable: () => false,
  }),
  DiscountCodeApplication: fieldsOf<Order['discountCodes'][number] & { index: number }>({
    code: ({ code }) => code,
    index: ({ index }) => index,
    allocationMethod: () => 'ACROSS',
    targetSelection: () => 'ALL',
    targetType: () => 'LINE_ITEM',
    value: ({ percentage }) => typed('PricingPercentageValue', { percentage }),
  }),
  PricingPercentageValue: fieldsOf<{ percentage: number }>({ percentage: ({ percentage }) => percentage }),
}

const FULFILLMENT: Record<'fulfilled' | 'partial' | 'none', string> = {
  fulfilled: 'FULFILLED',
  partial: 'PARTIALLY_FULFILLED',
  none: 'UNFULFILLED',
}

/** Every sum of an order that is a `MoneyBag`. */
function sums() {
  const bag =
    (amountIn: (totals: OrderTotals, order: Order) => string) =>
    (order: Order, _args: Arguments, { lookup }: GraphqlContext) =>
      moneyBag(order, amountIn(lookup.totalsOf(order), order))
  return {
    totalPriceSet: bag(({ total }) => total),
    originalTotalPriceSet: bag(({ total }) => total),
    currentTotalPriceSet: bag(({ currentTotal }) => currentTotal),
    subtotalPriceSet: bag(({ subtotal }) => subtotal),
    currentSubtotalPriceSet: bag(({ currentSubtotal }) => currentSubtotal),
    totalTaxSet: bag(({ tax }) => tax),
    currentTotalTaxSet: bag(({ currentTax }) => currentTax),
    totalDiscountsSet: bag(({ discounts }) => discounts),
    currentTotalDiscountsSet: bag(({ currentDiscounts }) => currentDiscounts),
    totalShippingPriceSet: bag(({ shipping }) => shipping),
    currentShippingPriceSet: bag(({ currentShipping }) => currentShipping),
    totalOutstandingSet: bag(({ outstanding }) => outstanding),
    totalReceivedSet: bag(({ received }) => received),
    totalRefundedSet: bag(({ refunded }) => refunded),
    totalRefundedShippingSet: bag(() => NOTHING),
    totalTipReceivedSet: bag((_totals, { tip }) => tip),
    totalTipReceived: (order: Order) => moneyV2(order.tip, order.currency),
    netPaymentSet: bag(({ received, refunded }) => (Number(received) - Number(refunded)).toFixed(2)),
    originalTotalDutiesSet: () => null,
    currentTotalDutiesSet: () => null,
    originalTotalAdditionalFeesSet: () => null,
    currentTotalAdditionalFeesSet: () => null,
  }
}

function atMost(first: unknown): number {
  return typeof first === 'number' ? first : 250
}
