import { type z } from 'zod'
import { type StateNews } from '../../contracts/news'
import { type PartsOf } from '../../contracts/parts'
import { type LosslessJson } from '../../lib/lossless-json'
import { omitUndefined } from '../../lib/omit-undefined'
import { actionOf, type Delivery, stateVersion } from './delivery'
import { externalId, Id, IDS, list, object, parseBody, Tags, Text, Time, Title, Whole, Word } from './payload'
import { stockOf } from './product-stock'
import { inPosition, toVariant, Variant } from './product-variants'

/** How many variants a webhook carries at most; the others are named in `variant_gids` only. */
const WEBHOOK_VARIANTS = 100

const Product = object({
  ...IDS,
  created_at: Time,
  updated_at: Time,
  published_at: Time,
  title: Title,
  handle: Text,
  body_html: Text,
  vendor: Text,
  product_type: Text,
  status: Word,
  tags: Tags,
  images: list(object({ src: Text, alt: Text })),
  options: list(object({ name: Text, position: Whole })),
  variants: list(Variant),
  variant_gids: list(object({})),
  variant_ids: list(object({})),
  /** Never in a webhook: the Admin API's rows say it. */
  collection_ids: list(Id),
})
type Product = z.output<typeof Product>

/**
 * The state of a product, in the parts that the payload carries. A webhook never names its collections, carries variants beyond the
 * hundredth only when there are none, and tells the stock only where the variants say whether they are tracked (not since API version 2024-07).
 * Money keeps the digits that it came with: the payload names no currency. What follows from the variants (price, SKU) is left to
 * whoever composes the record, who knows all of them.
 */
export function mapProduct(body: LosslessJson, delivery: Delivery): [StateNews] {
  const product = parseBody(Product, body)
  const updatedAt = product.updated_at ?? null
  return [
    {
      kind: 'state',
      resource: 'product',
      externalId: externalId(product),
      action: actionOf(delivery),
      version: stateVersion(updatedAt, delivery),
      updatedAt,
      parts: parts(product),
    },
  ]
}

function parts(product: Product): PartsOf<'product'> {
  const variants = product.variants && inPosition(product.variants)
  const complete = variants !== undefined && carriesAllVariants(product)
  const names = optionNames(product)
  return omitUndefined({
    core: omitUndefined({
      ...about(product),
      variants: variants?.slice(0, WEBHOOK_VARIANTS).map((variant) => toVariant(variant, names)),
    }),
    variants: complete
      ? { variants: variants.slice(WEBHOOK_VARIANTS).map((variant) => toVariant(variant, names)) }
      : undefined,
    stock: complete ? stockOf(variants) : undefined,
    collections: product.collection_ids && collectionsOf(product.collection_ids),
  })
}

function about(product: Product): PartsOf<'product'>['core'] & object {
  return omitUndefined({
    created_at: product.created_at,
    name: product.title ?? undefined,
    handle: product.handle,
    description: product.body_html,
    vendor: product.vendor,
    type: product.product_type,
    status: product.status ?? undefined,
    published_at: product.published_at,
    tags: product.tags,
    images: product.images?.flatMap(({ src, alt }) => (src ? [{ url: src, alt: alt ?? null }] : [])),
  })
}

/** The order of a product's collections says nothing. */
function collectionsOf(ids: (string | null)[]): PartsOf<'product'>['collections'] {
  return { category_external_ids: ids.filter((id) => id !== null).sort() }
}

/** The names of option 1, 2 and 3; none where the payload does not say. */
function optionNames({ options = [] }: Product): string[] {
  return inPosition(options).flatMap(({ name }) => (name == null ? [] : [name]))
}

/** Whether the payload proves that no variant is missing from it. */
function carriesAllVariants({ variants = [], variant_gids: gids, variant_ids: ids }: Product): boolean {
  const all = gids ?? ids
  return all === undefined ? variants.length < WEBHOOK_VARIANTS : variants.length >= all.length
}
