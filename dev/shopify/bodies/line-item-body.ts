import { type Json } from '../json'
import { type LineItem, type Order, type TaxLine } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, moneySet } from './body-parts'

/** A line as refunds and fulfilments repeat it. */
export function lineItemCore(shop: ShopState, order: Order, line: LineItem): { [key: string]: Json } {
  const discounted = Number(line.discount) > 0
  return {
    id: idNumber(line.id),
    admin_graphql_api_id: gid('LineItem', line.id),
    fulfillable_quantity: Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    fulfillment_service: 'manual',
    fulfillment_status: lineStatus(line),
    gift_card: line.giftCard,
    grams: line.grams,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: line.price,
    price_set: moneySet(order, line.price),
    product_exists: line.productId !== null && shop.products.has(line.productId),
    product_id:
      line.productId !== null && shop.products.has(line.productId) ? idNumber(line.productId) : null,
    properties: [],
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    // Shopify counts here what a line's own discount takes; a discount code on the order shows in the allocations.
    total_discount: shop.money.zero,
    total_discount_set: moneySet(order, shop.money.zero),
    variant_id: variantExists(shop, line) ? idNumber(line.variantId) : null,
    variant_inventory_management: 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: line.taxLines.map((tax) => taxLineBody(order, tax)),
    duties: [],
    discount_allocations: discounted
      ? [{ amount: line.discount, amount_set: moneySet(order, line.discount), discount_application_index: 0 }]
      : [],
  }
}

/** A line of an order's own list. */
export function lineItemBody(shop: ShopState, order: Order, line: LineItem): Json {
  return {
    ...lineItemCore(shop, order, line),
    attributed_staffs: [],
    current_quantity: line.currentQuantity,
    sales_line_item_group_id: null,
  }
}

export function taxLineBody(order: Order, tax: TaxLine): Json {
  return {
    channel_liable: false,
    price: tax.price,
    price_set: moneySet(order, tax.price),
    rate: tax.rate,
    title: tax.title,
  }
}

/** Whether the variant that was sold is still there. */
export function variantExists(shop: ShopState, line: LineItem): boolean {
  const product = line.productId === null ? undefined : shop.products.get(line.productId)
  return product?.variants.some((variant) => variant.id === line.variantId) ?? false
}

function lineStatus(line: LineItem): 'fulfilled' | 'partial' | null {
  if (line.fulfilledQuantity === 0) return null
  return line.fulfilledQuantity >= line.quantity ? 'fulfilled' : 'partial'
}
