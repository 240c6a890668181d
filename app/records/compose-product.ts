import { type ProductVariant } from '../contracts/shared-schema'
import { compareDecimals, toMoney } from '../lib/decimal'
import { omitUndefined } from '../lib/omit-undefined'
import { type Known } from './known'

/** A product's prices follow from its variants, and its currency from the store: its payload names none. */
export function productFields(currency: string | null, parts: Known['parts']): Record<string, unknown> {
  const tracked = (parts.stock?.data.tracked ?? {}) as Record<string, boolean>
  const { tracked: _tracked, ...stock } = parts.stock?.data ?? {}
  const variants = allVariants(parts).map((variant) =>
    inCurrency(currency, { ...variant, ...trackedOf(variant, tracked) }),
  )
  const knowsVariants = parts.core?.data.variants !== undefined

  return {
    ...parts.core?.data,
    ...parts.collections?.data,
    ...stock,
    ...(currency === null ? {} : { currency }),
    ...(knowsVariants ? { variants, ...prices(variants) } : {}),
  }
}

/** Those of the core and those beyond the hundredth. One that has moved up into the core is still among the others until they are read again. */
function allVariants({ core, variants }: Known['parts']): ProductVariant[] {
  const first = variantsOf(core?.data)
  const ids = new Set(first.map(({ external_id: id }) => id))
  return [...first, ...variantsOf(variants?.data).filter(({ external_id: id }) => !ids.has(id))]
}

function variantsOf(data: Record<string, unknown> | undefined): ProductVariant[] {
  return (data?.variants ?? []) as ProductVariant[]
}

function trackedOf(variant: ProductVariant, tracked: Record<string, boolean>): { tracked?: boolean } {
  const isTracked = tracked[variant.external_id]
  return isTracked === undefined ? {} : { tracked: isTracked }
}

function inCurrency(currency: string | null, variant: ProductVariant): ProductVariant {
  const { price, compare_at_price: regular } = variant
  return {
    ...variant,
    ...(price === undefined ? {} : { price: toMoney(price, currency) }),
    ...(regular == null ? {} : { compare_at_price: toMoney(regular, currency) }),
  }
}

/** Of the cheapest variant and of the first, as far as the variants tell them; null where there is no variant at all. */
function prices(variants: ProductVariant[]): Record<string, unknown> {
  const [first] = variants
  const cheapest = variants.reduce((low, variant) => (isCheaper(variant, low) ? variant : low), first)
  return omitUndefined({
    price: cheapest ? cheapest.price : null,
    regular_price: cheapest ? cheapest.compare_at_price : null,
    sku: first ? first.sku : null,
  })
}

/** Whether one price is known to be lower; an unknown one is taken for the lowest, so that no other passes for it. */
function isCheaper({ price: a }: ProductVariant, low: ProductVariant | undefined): boolean {
  if (low?.price === undefined) return false
  return a === undefined || compareDecimals(a, low.price) < 0
}
