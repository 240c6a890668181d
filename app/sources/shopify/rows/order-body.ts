import { type LosslessJson } from '../../../lib/lossless-json'
import { addressBody } from './address-body'
import { fulfillmentBody, fulfillmentStatus } from './fulfillment-body'
import { moneySet, shopAmount } from './money-body'
import { from, fromChildren, fromList, fromRow, known, type Row, renamed } from './row'

const ORDER = {
  admin_graphql_api_id: 'id',
  name: 'name',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  processed_at: 'processedAt',
  cancelled_at: 'cancelledAt',
  closed_at: 'closedAt',
  cancel_reason: 'cancelReason',
  financial_status: 'displayFinancialStatus',
  test: 'test',
  source_name: 'sourceName',
  taxes_included: 'taxesIncluded',
  tags: 'tags',
  currency: 'currencyCode',
  presentment_currency: 'presentmentCurrencyCode',
  payment_gateway_names: 'paymentGatewayNames',
  email: 'email',
  phone: 'phone',
  note: 'note',
}
const SETS = {
  total_price_set: 'totalPriceSet',
  current_total_price_set: 'currentTotalPriceSet',
  subtotal_price_set: 'subtotalPriceSet',
  total_tax_set: 'totalTaxSet',
  total_shipping_price_set: 'totalShippingPriceSet',
  total_discounts_set: 'totalDiscountsSet',
  original_total_duties_set: 'originalTotalDutiesSet',
  current_total_duties_set: 'currentTotalDutiesSet',
}
const LINE = {
  admin_graphql_api_id: 'id',
  name: 'name',
  title: 'title',
  variant_title: 'variantTitle',
  sku: 'sku',
  quantity: 'quantity',
  current_quantity: 'currentQuantity',
  gift_card: 'isGiftCard',
}

/** An `Order` as its webhook would carry it. */
export function orderBody(row: Row): Row {
  return {
    ...renamed(row, ORDER),
    ...sums(row),
    ...people(row),
    ...known({
      fulfillment_status: from(row, 'displayFulfillmentStatus', (status) => fulfillmentStatus(status, row)),
      discount_codes: from(row, 'discountCodes', codes),
      location_id: fromRow(row, 'retailLocation', ({ id = null }) => id),
      line_items: fromChildren(row, 'lineItems', lineBody),
      refunds: fromList(row, 'refunds', refundBody),
      fulfillments: fromList(row, 'fulfillments', fulfillmentBody),
    }),
  }
}

function sums(row: Row): Row {
  const sets = Object.entries(SETS).map(([name, field]) => [name, fromRow(row, field, moneySet)] as const)
  return known({
    ...Object.fromEntries(sets),
    total_outstanding: fromRow(row, 'totalOutstandingSet', shopAmount),
    total_tip_received: fromRow(row, 'totalTipReceivedSet', shopAmount),
  })
}

function people(row: Row): Row {
  return known({
    customer: fromRow(row, 'customer', (customer) =>
      renamed(customer, { admin_graphql_api_id: 'id', first_name: 'firstName', last_name: 'lastName' }),
    ),
    company: from(row, 'purchasingEntity', () => companyOf(row)),
    billing_address: fromRow(row, 'billingAddress', addressBody),
    shipping_address: fromRow(row, 'shippingAddress', addressBody),
  })
}

/** The company that bought; null where a customer did, or a guest. */
function companyOf(row: Row): LosslessJson | undefined {
  return fromRow(row, 'purchasingEntity', (entity) => {
    if (entity['__typename'] !== 'PurchasingCompany') return null
    return fromRow(entity, 'company', (company) => renamed(company, { admin_graphql_api_id: 'id' }))
  })
}

function codes(list: LosslessJson): LosslessJson {
  return Array.isArray(list) ? list.map((code) => ({ code })) : list
}

function lineBody(line: Row): Row {
  return {
    ...renamed(line, LINE),
    ...known({
      product_id: fromRow(line, 'product', ({ id = null }) => id),
      variant_id: fromRow(line, 'variant', ({ id = null }) => id),
      price_set: fromRow(line, 'originalUnitPriceSet', moneySet),
      discount_allocations: fromList(line, 'discountAllocations', (allocation) =>
        known({ amount_set: fromRow(allocation, 'allocatedAmountSet', moneySet) }),
      ),
      tax_lines: fromList(line, 'taxLines', (tax) =>
        known({ price_set: fromRow(tax, 'priceSet', moneySet) }),
      ),
    }),
  }
}

/** A refund whose money is counted in the shop's currency, which webhooks tell only where the customer paid in it. */
function refundBody(refund: Row): Row {
  return {
    ...renamed(refund, { admin_graphql_api_id: 'id', created_at: 'createdAt' }),
    ...known({
      refund_line_items: fromChildren(refund, 'refundLineItems', (item) =>
        known({
          quantity: item['quantity'],
          line_item_id: fromRow(item, 'lineItem', ({ id = null }) => id),
        }),
      ),
      transactions: fromChildren(refund, 'transactions', transactionBody),
    }),
  }
}

function transactionBody(transaction: Row): Row {
  return {
    ...renamed(transaction, { kind: 'kind', status: 'status' }),
    ...known({
      amount: fromRow(transaction, 'amountSet', shopAmount),
      currency: fromRow(transaction, 'amountSet', shopCurrency),
    }),
  }
}

function shopCurrency(bag: Row) {
  return fromRow(bag, 'shopMoney', ({ currencyCode = null }) => currencyCode) ?? null
}
