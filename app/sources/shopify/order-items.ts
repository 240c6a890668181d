import { type OrderItem } from '../../contracts/shared-schema'
import { multiplyDecimal, subtractDecimals, toMoney } from '../../lib/decimal'
import { omitUndefined } from '../../lib/omit-undefined'
import { inShopMoney, sumInShopMoney } from './order-money'
import { type LineItem } from './order-payload'
import { externalId } from './payload'

/** A line item in the shared vocabulary. `total` is the unit price times the quantity as ordered, less the item's discounts. */
export function toItem(item: LineItem, currency: string | null): OrderItem {
  const price = inShopMoney(currency, item.price, item.price_set)
  const quantity = item.quantity ?? undefined
  const discount = sumInShopMoney(
    currency,
    item.discount_allocations?.map(({ amount, amount_set }) => inShopMoney(currency, amount, amount_set)),
  )
  const tax = sumInShopMoney(
    currency,
    item.tax_lines?.map((line) => inShopMoney(currency, line.price, line.price_set)),
  )
  return omitUndefined({
    external_id: externalId(item, 'line_items.id'),
    product_external_id: item.product_id,
    variant_external_id: item.variant_id,
    name: nameOf(item),
    sku: item.sku,
    quantity,
    current_quantity: item.current_quantity ?? undefined,
    unit_price: price,
    discount_total: discount,
    tax_total: tax,
    total: totalOf(price, quantity, discount, currency),
    gift_card: item.gift_card ?? undefined,
  })
}

/** Shopify's own name has the variant in it; older bodies have the two apart. */
function nameOf({ name, title, variant_title: variant }: LineItem): string | undefined {
  if (name != null) return name
  if (title == null) return undefined
  return variant == null ? title : `${title} - ${variant}`
}

function totalOf(
  price: string | undefined,
  quantity: number | undefined,
  discount: string | undefined,
  currency: string | null,
): string | undefined {
  if (price === undefined || quantity === undefined || discount === undefined) return undefined
  return toMoney(subtractDecimals(multiplyDecimal(price, quantity), discount), currency)
}
