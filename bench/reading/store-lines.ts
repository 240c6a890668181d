import { type ReadableResource } from '../../app/contracts/store-reader'

/** What the bench's exports hold. */
export const EXPORTED = ['product', 'order'] as const satisfies readonly ReadableResource[]
export type Exported = (typeof EXPORTED)[number]

/** How many lines one record has: a product with its variants, an image and a collection; an order with its lines. */
export const LINES: Record<Exported, number> = { product: 6, order: 3 }

const FIRST_ID: Record<Exported, number> = { product: 8_300_000_000_000, order: 6_700_000_000_000 }
const VARIANTS = ['Small', 'Middle', 'Large']
const CURRENCY = 'EUR'

/** The n-th record as a bulk operation writes it, its children after it: about 3 KB. */
export function linesOf(resource: Exported, n: number): string {
  const rows = resource === 'product' ? productRows(n) : orderRows(n)
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

function productRows(n: number): object[] {
  const id = `gid://shopify/Product/${FIRST_ID.product + n}`
  return [
    {
      id,
      createdAt: '2026-10-02T09:00:00Z',
      updatedAt: '2026-11-02T19:00:00Z',
      publishedAt: '2026-10-02T09:30:00Z',
      title: `Stoneware bowl ${n}`,
      handle: `stoneware-bowl-${n}`,
      descriptionHtml: '<p>Thrown and glazed by hand on the island of Gotland.</p>'.repeat(8),
      vendor: 'Fårö Keramik',
      productType: 'Bowls',
      status: 'ACTIVE',
      tags: ['ceramic', 'gift', `edition ${n % 7}`],
      options: [{ name: 'Size', position: 1 }],
      variantsCount: { count: VARIANTS.length, precision: 'EXACT' },
      has_variants: 'Product',
      has_media: 'Product',
      has_collections: 'Product',
    },
    ...VARIANTS.map((size, index) => variantRow(id, n, size, index)),
    {
      id: `gid://shopify/MediaImage/${n}`,
      alt: 'A bowl',
      image: { url: `https://cdn.example.com/bowl-${n}.jpg` },
      __parentId: id,
    },
    { id: `gid://shopify/Collection/${n % 50}`, __parentId: id },
  ]
}

function variantRow(parent: string, n: number, size: string, index: number): object {
  return {
    id: `gid://shopify/ProductVariant/${9_300_000_000_000 + n * VARIANTS.length + index}`,
    title: size,
    sku: `BOWL-${n}-${index}`,
    barcode: null,
    price: `${20 + index}.90`,
    compareAtPrice: index === 0 ? '24.90' : null,
    position: index + 1,
    inventoryQuantity: n % 100,
    inventoryPolicy: 'DENY',
    inventoryItem: { tracked: true },
    selectedOptions: [{ name: 'Size', value: size }],
    __parentId: parent,
  }
}

const shop = (amount: string) => ({ shopMoney: { amount } })
const ADDRESS = {
  firstName: 'Maja',
  lastName: 'Ek',
  company: null,
  address1: 'Hamngatan 3',
  address2: null,
  city: 'Visby',
  province: null,
  provinceCode: null,
  country: 'Sweden',
  countryCodeV2: 'SE',
  zip: '621 57',
  phone: null,
}

function orderRows(n: number): object[] {
  const id = `gid://shopify/Order/${FIRST_ID.order + n}`
  return [
    {
      id,
      name: `#${n}`,
      createdAt: '2026-11-02T19:11:05Z',
      updatedAt: '2026-11-02T19:11:06Z',
      processedAt: '2026-11-02T19:11:04Z',
      cancelledAt: null,
      closedAt: null,
      cancelReason: null,
      displayFinancialStatus: 'PAID',
      displayFulfillmentStatus: 'UNFULFILLED',
      test: false,
      sourceName: 'web',
      taxesIncluded: true,
      tags: ['autumn', 'gift'],
      currencyCode: CURRENCY,
      presentmentCurrencyCode: CURRENCY,
      discountCodes: [],
      paymentGatewayNames: ['shopify_payments'],
      email: 'maja.ek@example.com',
      phone: null,
      note: 'Leave it with the neighbour.',
      ...sums(),
      customer: {
        id: `gid://shopify/Customer/${7_300_000_000_000 + (n % 1000)}`,
        firstName: 'Maja',
        lastName: 'Ek',
      },
      purchasingEntity: { __typename: 'Customer' },
      retailLocation: null,
      billingAddress: ADDRESS,
      shippingAddress: ADDRESS,
      fulfillments: [],
      refunds: [],
      has_lineItems: 'Order',
    },
    lineRow(id, n, 0, 'Glazed bowl'),
    lineRow(id, n, 1, 'Oak spoon'),
  ]
}

function sums(): object {
  const money = { amount: '61.5', currencyCode: CURRENCY }
  return {
    totalPriceSet: { shopMoney: money, presentmentMoney: money },
    currentTotalPriceSet: shop('61.5'),
    totalOutstandingSet: shop('0.0'),
    subtotalPriceSet: shop('57.0'),
    totalTaxSet: shop('11.4'),
    totalShippingPriceSet: shop('4.5'),
    totalDiscountsSet: shop('0.0'),
    totalTipReceivedSet: null,
    originalTotalDutiesSet: null,
    currentTotalDutiesSet: null,
  }
}

function lineRow(parent: string, n: number, index: number, title: string): object {
  return {
    id: `gid://shopify/LineItem/${3_300_000_000_000 + n * 2 + index}`,
    name: title,
    title,
    variantTitle: null,
    sku: `SKU-${index}`,
    quantity: 1,
    currentQuantity: 1,
    isGiftCard: false,
    product: { id: `gid://shopify/Product/${FIRST_ID.product + (n % 5000)}` },
    variant: { id: `gid://shopify/ProductVariant/${9_300_000_000_000 + n}` },
    originalUnitPriceSet: shop('28.5'),
    discountAllocations: [],
    taxLines: [{ priceSet: shop('5.7') }],
    __parentId: parent,
  }
}
