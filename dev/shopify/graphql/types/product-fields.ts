import { gid } from '../../bodies/body-parts'
import { optionValues } from '../../bodies/product-body'
import { type Image, type Product, type Variant } from '../../store/model'
import { listConnection } from '../connection'
import { fieldsOf, idIn, typed, type Fields } from '../fields'
import { variantsOf, type VariantSource } from '../lookup'
import { moneyV2 } from '../money'
import { countOf, recordConnection } from '../record-lists'

/** Products, their variants, images and stock. */
export const productTypes: Record<string, Fields> = {
  Product: fieldsOf<Product>({
    id: (product) => gid('Product', product.id),
    legacyResourceId: (product) => product.id,
    title: (product) => product.title,
    handle: (product) => product.handle,
    descriptionHtml: (product) => product.bodyHtml ?? '',
    bodyHtml: (product) => product.bodyHtml,
    description: (product) => (product.bodyHtml ?? '').replace(/<[^>]*>/g, ''),
    vendor: (product) => product.vendor,
    productType: (product) => product.productType,
    status: (product) => product.status.toUpperCase(),
    tags: (product) => product.tags,
    isGiftCard: (product) => product.giftCard,
    templateSuffix: () => null,
    category: () => null,
    createdAt: (product) => product.createdAt,
    updatedAt: (product) => product.updatedAt,
    publishedAt: (product) => product.publishedAt,
    hasOnlyDefaultVariant: (product) => product.variants[0]?.title === 'Default Title',
    hasOutOfStockVariants: (product) =>
      product.variants.some((variant) => variant.tracked && variant.inventoryQuantity <= 0),
    hasVariantsThatRequiresComponents: () => false,
    totalInventory: (product) => stockOf(product),
    tracksInventory: (product) => product.variants.some((variant) => variant.tracked),
    totalVariants: (product) => product.variants.length,
    variantsCount: (product) => countOf(product.variants.length),
    options: (product) => product.options.map((option, index) => ({ product, option, index })),
    priceRangeV2: (product, _args, { shop }) => priceRange(product, shop.currency),
    variants: (product, args) => listConnection(variantsOf(product), args, ({ variant }) => variant.id),
    images: (product, args) => listConnection(product.images, args, ({ id }) => id),
    media: (product, args) =>
      listConnection(
        product.images.map((image) => typed('MediaImage', image)),
        args,
        ({ id }) => id,
      ),
    mediaCount: (product) => countOf(product.images.length),
    featuredMedia: (product) => (product.images[0] ? typed('MediaImage', product.images[0]) : null),
    featuredImage: (product) => product.images[0] ?? null,
    collections: (product, args, context) =>
      recordConnection(context, 'collections', args, context.lookup.collectionsOf(product.id)),
    inCollection: (product, { id }, { lookup }) =>
      lookup.collectionsOf(product.id).some((collection) => collection.id === idIn(id, 'Collection')),
  }),
  ProductOption: fieldsOf<{ product: Product; option: Product['options'][number]; index: number }>({
    id: ({ option }) => gid('ProductOption', option.id),
    name: ({ option }) => option.name,
    position: ({ index }) => index + 1,
    values: ({ product, index }) => optionValues(product, index),
  }),
  ProductVariant: fieldsOf<VariantSource>({
    id: ({ variant }) => gid('ProductVariant', variant.id),
    legacyResourceId: ({ variant }) => variant.id,
    title: ({ variant }) => variant.title,
    displayName: ({ product, variant }) => `${product.title} - ${variant.title}`,
    price: ({ variant }) => variant.price,
    compareAtPrice: ({ variant }) => variant.compareAtPrice,
    sku: ({ variant }) => variant.sku,
    barcode: ({ variant }) => variant.barcode,
    position: ({ product, variant }) => product.variants.indexOf(variant) + 1,
    taxable: ({ variant }) => variant.taxable,
    availableForSale: ({ product, variant }) =>
      product.status === 'active' &&
      (!variant.tracked || variant.inventoryPolicy === 'continue' || variant.inventoryQuantity > 0),
    inventoryPolicy: ({ variant }) => variant.inventoryPolicy.toUpperCase(),
    inventoryQuantity: ({ variant }) => variant.inventoryQuantity,
    inventoryItem: (source) => source,
    selectedOptions: ({ product, variant }) =>
      product.options.map((option, index) => ({ name: option.name, value: variant.options[index] ?? '' })),
    image: () => null,
    product: ({ product }) => product,
    createdAt: ({ variant }) => variant.createdAt,
    updatedAt: ({ variant }) => variant.updatedAt,
  }),
  SelectedOption: fieldsOf<{ name: string; value: string }>({
    name: ({ name }) => name,
    value: ({ value }) => value,
  }),
  InventoryItem: fieldsOf<VariantSource>({
    id: ({ variant }) => gid('InventoryItem', variant.inventoryItemId),
    legacyResourceId: ({ variant }) => variant.inventoryItemId,
    sku: ({ variant }) => variant.sku,
    tracked: ({ variant }) => variant.tracked,
    requiresShipping: ({ variant }) => variant.requiresShipping,
    createdAt: ({ variant }) => variant.createdAt,
    updatedAt: ({ variant }) => variant.updatedAt,
    variant: (source) => source,
    variants: (source, args) => listConnection([source], args, ({ variant }) => variant.id),
    inventoryLevels: (source, args) =>
      listConnection([source], args, ({ variant }) => variant.inventoryItemId),
  }),
  InventoryLevel: fieldsOf<VariantSource>({
    id: ({ variant }, _args, { shop }) =>
      `${gid('InventoryLevel', shop.locationId)}?inventory_item_id=${variant.inventoryItemId}`,
    isActive: () => true,
    item: (source) => source,
    location: (_source, _args, { shop }) => shop,
    createdAt: ({ variant }) => variant.createdAt,
    updatedAt: ({ variant }) => variant.updatedAt,
    quantities: ({ variant }, { names }) => (names as string[]).map((name) => ({ name, variant })),
  }),
  InventoryQuantity: fieldsOf<{ name: string; variant: Variant }>({
    id: ({ name, variant }) => `${gid('InventoryQuantity', variant.inventoryItemId)}?name=${name}`,
    name: ({ name }) => name,
    quantity: ({ name, variant }) =>
      ['available', 'on_hand'].includes(name) ? variant.inventoryQuantity : 0,
    updatedAt: ({ variant }) => variant.updatedAt,
  }),
  MediaImage: fieldsOf<Image>({
    id: ({ id }) => gid('MediaImage', id),
    alt: ({ alt }) => alt,
    image: (image) => image,
    mediaContentType: () => 'IMAGE',
    mimeType: () => 'image/jpeg',
    status: () => 'READY',
    fileStatus: () => 'READY',
    mediaErrors: () => [],
    mediaWarnings: () => [],
    preview: (image) => image,
    createdAt: ({ createdAt }) => createdAt,
    updatedAt: ({ createdAt }) => createdAt,
  }),
  MediaPreviewImage: fieldsOf<Image>({ image: (image) => image, status: () => 'READY' }),
  Image: fieldsOf<Image>({
    id: ({ id }) => gid('ImageSource', id),
    altText: ({ alt }) => alt,
    url: ({ src }) => src,
    src: ({ src }) => src,
    originalSrc: ({ src }) => src,
    width: ({ width }) => width,
    height: ({ height }) => height,
  }),
}

function stockOf(product: Product): number {
  return product.variants.reduce((sum, each) => sum + (each.tracked ? each.inventoryQuantity : 0), 0)
}

function priceRange(product: Product, currency: string) {
  const prices = product.variants.map(({ price }) => price).toSorted((a, b) => Number(a) - Number(b))
  return {
    minVariantPrice: moneyV2(prices[0] ?? '0', currency),
    maxVariantPrice: moneyV2(prices.at(-1) ?? '0', currency),
  }
}
