import { type PartsOf } from '../../contracts/parts'
import { type StockStatus } from '../../contracts/shared-schema'
import { externalId } from './payload'
import { isTracked, type Variant } from './product-variants'

/** The stock of a product by all of its variants; undefined where they do not say whether they are tracked, or how many there are. */
export function stockOf(variants: Variant[]): PartsOf<'product'>['stock'] {
  const tracked = variants.filter((variant) => isTracked(variant))
  const isKnown =
    variants.length > 0 &&
    variants.every((variant) => isTracked(variant) !== undefined) &&
    tracked.every(({ inventory_quantity: quantity }) => quantity != null)
  if (!isKnown) return undefined

  return {
    stock_quantity:
      tracked.length === 0 ? null : tracked.reduce((sum, variant) => sum + quantityOf(variant), 0),
    stock_status: stockStatus(variants),
    tracked: Object.fromEntries(
      variants.map((variant) => [externalId(variant, 'variants.id'), isTracked(variant) ?? false]),
    ),
  }
}

/** In stock while any variant can be had at once; on backorder while any can be ordered all the same. */
function stockStatus(variants: Variant[]): StockStatus {
  if (variants.some((variant) => !isTracked(variant) || quantityOf(variant) > 0)) return 'in_stock'
  return variants.some(({ inventory_policy: policy }) => policy === 'continue')
    ? 'on_backorder'
    : 'out_of_stock'
}

function quantityOf({ inventory_quantity: quantity }: Variant): number {
  return quantity ?? 0
}
