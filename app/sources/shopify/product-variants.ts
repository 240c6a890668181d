import { type z } from 'zod'
import { type ProductVariant } from '../../contracts/shared-schema'
import { omitUndefined } from '../../lib/omit-undefined'
import { Amount, externalId, IDS, object, Text, Title, Whole, Word } from './payload'

/** A variant as Shopify writes it. */
export const Variant = object({
  ...IDS,
  title: Title,
  sku: Text,
  barcode: Text,
  price: Amount,
  compare_at_price: Amount,
  position: Whole,
  inventory_quantity: Whole,
  inventory_management: Text,
  inventory_policy: Word,
  option1: Text,
  option2: Text,
  option3: Text,
})
export type Variant = z.output<typeof Variant>

/**
 * A variant in the shared vocabulary, but for whether its stock is tracked: that is the part `stock`, as only some payloads say it.
 * `names` are the product's option names; unknown ones leave the options out.
 */
export function toVariant(variant: Variant, names: string[]): ProductVariant {
  return omitUndefined({
    external_id: externalId(variant, 'variants.id'),
    name: variant.title ?? undefined,
    sku: variant.sku,
    barcode: variant.barcode,
    price: variant.price ?? undefined,
    compare_at_price: variant.compare_at_price,
    stock_quantity: variant.inventory_quantity,
    options: optionsOf(variant, names),
  })
}

/** Whether stock is counted for it; unknown where the payload does not name who manages its inventory. */
export function isTracked({ inventory_management: manager }: Variant): boolean | undefined {
  return manager === undefined ? undefined : manager !== null
}

/** By position, where there is one; what has none, or the same, keeps its order. */
export function inPosition<T extends { position?: number | null | undefined }>(items: T[]): T[] {
  return [...items].sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || 0)
}

/** An option that a merchant named `__proto__` is left out: zod drops that key from every record, at the SaaS's side as at ours. */
function optionsOf({ option1, option2, option3 }: Variant, names: string[]): ProductVariant['options'] {
  if (names.length === 0) return undefined
  const values = [option1, option2, option3]
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const value = values[index]
      return value == null || name === '__proto__' ? [] : [[name, value]]
    }),
  )
}
