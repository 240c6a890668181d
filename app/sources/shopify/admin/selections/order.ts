import { type Field, leaves, object, on, pages, select } from '../selection'
import { ADDRESS, BOTH_MONEYS, NAMED_SHOP_MONEY, SHOP_MONEY } from './common'

const ID_OF = (type: string) => select(type, leaves('id'))

const LINE = select(
  'LineItem',
  leaves('id', 'name', 'title', 'variantTitle', 'sku', 'quantity', 'currentQuantity', 'isGiftCard'),
  {
    product: object('product', ID_OF('Product')),
    variant: object('variant', ID_OF('ProductVariant')),
    originalUnitPriceSet: object('originalUnitPriceSet', SHOP_MONEY),
    discountAllocations: object(
      'discountAllocations',
      select('DiscountAllocation', { allocatedAmountSet: object('allocatedAmountSet', SHOP_MONEY) }),
    ),
    taxLines: object('taxLines', select('TaxLine', { priceSet: object('priceSet', SHOP_MONEY) })),
  },
)

const FULFILLMENT = select('Fulfillment', leaves('createdAt', 'status', 'displayStatus'), {
  trackingInfo: object('trackingInfo', select('FulfillmentTrackingInfo', leaves('company', 'number', 'url'))),
})

const REFUND = select('Refund', leaves('id', 'createdAt'), {
  refundLineItems: pages(
    'refundLineItems',
    25,
    select('RefundLineItem', leaves('quantity'), { lineItem: object('lineItem', ID_OF('LineItem')) }),
  ),
  transactions: pages(
    'transactions',
    10,
    select('OrderTransaction', leaves('kind', 'status'), {
      amountSet: object('amountSet', NAMED_SHOP_MONEY),
    }),
  ),
})

const PURCHASER = select('PurchasingEntity', leaves('__typename'), {
  onCompany: on(select('PurchasingCompany', { company: object('company', ID_OF('Company')) })),
})

const SUMS = [
  'currentTotalPriceSet',
  'totalOutstandingSet',
  'subtotalPriceSet',
  'totalTaxSet',
  'totalShippingPriceSet',
  'totalDiscountsSet',
  'totalTipReceivedSet',
  'originalTotalDutiesSet',
  'currentTotalDutiesSet',
]

const BASE: Record<string, Field> = {
  ...leaves(
    'id',
    'name',
    'createdAt',
    'updatedAt',
    'processedAt',
    'cancelledAt',
    'closedAt',
    'cancelReason',
    'displayFinancialStatus',
    'displayFulfillmentStatus',
    'test',
    'sourceName',
    'taxesIncluded',
    'tags',
    'currencyCode',
    'presentmentCurrencyCode',
    'discountCodes',
    'paymentGatewayNames',
    'email',
    'phone',
    'note',
  ),
  totalPriceSet: object('totalPriceSet', BOTH_MONEYS),
  ...Object.fromEntries(SUMS.map((name) => [name, object(name, SHOP_MONEY)])),
  customer: object('customer', select('Customer', leaves('id', 'firstName', 'lastName'))),
  purchasingEntity: object('purchasingEntity', PURCHASER),
  retailLocation: object('retailLocation', ID_OF('Location')),
  billingAddress: object('billingAddress', ADDRESS),
  shippingAddress: object('shippingAddress', ADDRESS),
  fulfillments: object('fulfillments', FULFILLMENT),
  lineItems: pages('lineItems', 25, LINE),
}

/** What is asked of an order by its id. */
export const ORDER = select('Order', BASE, { refunds: object('refunds', REFUND) })

/** What an export carries of an order: of its refunds only that there are some, as a bulk operation refuses a connection inside a list. */
export const EXPORTED_ORDER = select('Order', BASE, { refunds: object('refunds', ID_OF('Refund')) })
