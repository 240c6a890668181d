import { type LosslessJson } from '../../../lib/lossless-json'
import { asRows, from, fromChildren, fromList, fromRow, known, type Row, renamed } from './row'

const PRODUCT = {
  admin_graphql_api_id: 'id',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  published_at: 'publishedAt',
  title: 'title',
  handle: 'handle',
  body_html: 'descriptionHtml',
  vendor: 'vendor',
  product_type: 'productType',
  status: 'status',
  tags: 'tags',
}
const VARIANT = {
  admin_graphql_api_id: 'id',
  title: 'title',
  sku: 'sku',
  barcode: 'barcode',
  price: 'price',
  compare_at_price: 'compareAtPrice',
  position: 'position',
  inventory_quantity: 'inventoryQuantity',
  inventory_policy: 'inventoryPolicy',
}

/** A `Product` as its webhook would carry it, with all of its variants, whether their stock is tracked, and its collections. */
export function productBody(row: Row): Row {
  const names = optionNames(row)
  const variants = fromChildren(row, 'variants', (variant) => variantBody(variant, names))
  return {
    ...renamed(row, PRODUCT),
    ...known({
      options: fromList(row, 'options', (option) => renamed(option, { name: 'name', position: 'position' })),
      variants,
      // All of them are there: nothing is only named.
      variant_gids: variants?.map(() => ({})),
      images: fromChildren(row, 'media', imageBody)?.flatMap((image) => image ?? []),
      collection_ids: fromChildren(row, 'collections', ({ id = null }) => id),
    }),
  }
}

/** The names of the options, in their order. */
function optionNames(row: Row): LosslessJson[] {
  const options = fromList(row, 'options', (option) => option) ?? []
  return options
    .toSorted((a, b) => Number(a['position'] ?? 0) - Number(b['position'] ?? 0))
    .map(({ name = null }) => name)
}

function variantBody(variant: Row, names: LosslessJson[]): Row {
  return {
    ...renamed(variant, VARIANT),
    ...known({
      inventory_management: managerOf(variant),
      ...from(variant, 'selectedOptions', (options) => optionValues(asRows(options, 'options'), names)),
    }),
  }
}

/** Who counts the stock: webhooks before 2024-07 said `shopify`, or null where nobody did. */
function managerOf(variant: Row): LosslessJson | undefined {
  const isTracked = fromRow(variant, 'inventoryItem', ({ tracked }) => tracked)
  return isTracked == null ? undefined : isTracked === true ? 'shopify' : null
}

function optionValues(selected: Row[], names: LosslessJson[]): Row {
  const values = names.map((name) => selected.find((option) => option['name'] === name)?.['value'] ?? null)
  return { option1: values[0] ?? null, option2: values[1] ?? null, option3: values[2] ?? null }
}

/** An image of the product's media; null for a film or a model, and for what is not processed yet. */
function imageBody(media: Row): Row | null {
  const src = fromRow(media, 'image', ({ url = null }) => url)
  return src == null ? null : { src, alt: media['alt'] ?? null }
}
