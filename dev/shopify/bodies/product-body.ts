import { type Json } from '../json'
import { type Image, type Product, type Variant } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, time } from './body-parts'

/** Full variants stop here; the rest are named in `variant_gids` only (Shopify, 2024-07 and later). */
const MOST_VARIANTS = 100

/** The body of `products/create` and `products/update`. It names no collections and not whether stock is tracked. */
export function productBody(shop: ShopState, product: Product): { [key: string]: Json } {
  const images = product.images.map((image, index) => imageBody(shop, product, image, index))
  return {
    admin_graphql_api_id: gid('Product', product.id),
    body_html: product.bodyHtml,
    created_at: time(shop, product.createdAt),
    handle: product.handle,
    id: idNumber(product.id),
    product_type: product.productType,
    published_at: time(shop, product.publishedAt),
    template_suffix: null,
    title: product.title,
    updated_at: time(shop, product.updatedAt),
    vendor: product.vendor,
    status: product.status,
    published_scope: 'global',
    tags: product.tags.join(', '),
    variants: product.variants
      .slice(0, MOST_VARIANTS)
      .map((variant, index) => variantBody(shop, product, variant, index)),
    options: product.options.map((option, index) => ({
      name: option.name,
      id: idNumber(option.id),
      product_id: idNumber(product.id),
      position: index + 1,
      values: optionValues(product, index),
    })),
    images,
    image: images[0] ?? null,
    media: product.images.map((image, index) => mediaBody(shop, product, image, index)),
    variant_gids: product.variants
      .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
      .map((variant) => ({
        admin_graphql_api_id: gid('ProductVariant', variant.id),
        updated_at: variant.updatedAt.replace('Z', '.000Z'),
      })),
    has_variants_that_requires_components: false,
    category: null,
  }
}

/** The body of `products/delete`: an id and nothing else. */
export function productDeletedBody(product: Product): Json {
  return { id: idNumber(product.id) }
}

/** The values that a product's variants have for one of its options, each once. */
export function optionValues(product: Product, index: number): string[] {
  return [...new Set(product.variants.flatMap((variant) => variant.options[index] ?? []))]
}

function variantBody(shop: ShopState, product: Product, variant: Variant, index: number): Json {
  return {
    admin_graphql_api_id: gid('ProductVariant', variant.id),
    barcode: variant.barcode,
    compare_at_price: variant.compareAtPrice,
    created_at: time(shop, variant.createdAt),
    id: idNumber(variant.id),
    inventory_policy: variant.inventoryPolicy,
    position: index + 1,
    price: variant.price,
    product_id: idNumber(product.id),
    sku: variant.sku,
    taxable: variant.taxable,
    title: variant.title,
    updated_at: time(shop, variant.updatedAt),
    option1: variant.options[0] ?? null,
    option2: variant.options[1] ?? null,
    option3: variant.options[2] ?? null,
    image_id: null,
    inventory_item_id: idNumber(variant.inventoryItemId),
    inventory_quantity: variant.inventoryQuantity,
    old_inventory_quantity: variant.inventoryQuantity,
  }
}

function imageBody(shop: ShopState, product: Product, image: Image, index: number): Json {
  return {
    id: idNumber(image.id),
    product_id: idNumber(product.id),
    position: index + 1,
    created_at: time(shop, image.createdAt),
    updated_at: time(shop, image.createdAt),
    alt: image.alt,
    width: image.width,
    height: image.height,
    src: image.src,
    variant_ids: [],
    admin_graphql_api_id: gid('MediaImage', image.id),
  }
}

function mediaBody(shop: ShopState, product: Product, image: Image, index: number): Json {
  return {
    id: idNumber(image.id),
    product_id: idNumber(product.id),
    position: index + 1,
    created_at: time(shop, image.createdAt),
    updated_at: time(shop, image.createdAt),
    alt: image.alt,
    status: 'READY',
    media_content_type: 'IMAGE',
    preview_image: { width: image.width, height: image.height, src: image.src, status: 'READY' },
    variant_ids: [],
    admin_graphql_api_id: gid('MediaImage', image.id),
  }
}
