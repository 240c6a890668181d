import { productDeletedBody } from '../bodies/product-body'
import { makeProduct, makeVariant } from '../seed/make-product'
import { TAGS } from '../seed/words'
import { type Id, type Product, type Variant } from '../store/model'
import { mustFind, NotFound, nowOf, type ShopState } from '../store/shop-state'
import { type ProductInput, type StockInput } from './inputs'
import { collectionNews, news, productNews, stockNews } from './news'

/** `products/create`. */
export function createProduct(shop: ShopState, input: ProductInput = {}): Product {
  const at = nowOf(shop)
  const product = makeProduct(shop, at)
  const { variantCount, ...fields } = input
  if (variantCount !== undefined) giveVariants(shop, product, variantCount)
  apply(product, fields)
  product.publishedAt = product.status === 'active' ? at : null
  shop.products.set(product.id, product)
  shop.announce([productNews(shop, product, 'products/create')])
  return product
}

/** `products/update`. Without input something plausible changes: a price, a tag or the text. */
export function updateProduct(shop: ShopState, id: Id, input?: ProductInput): Product {
  const product = mustFind(shop.products, id, 'product')
  apply(product, input ?? plausibleChange(shop, product))
  product.updatedAt = nowOf(shop)
  for (const variant of product.variants) variant.updatedAt = product.updatedAt
  if (product.status === 'active') product.publishedAt ??= product.updatedAt
  shop.announce([productNews(shop, product)])
  return product
}

/** `inventory_levels/update` and `products/update`. Without input a variant gets another number. */
export function adjustStock(shop: ShopState, id: Id, input: StockInput = {}): Product {
  const product = mustFind(shop.products, id, 'product')
  const variant = variantOf(product, input.variantId)
  const at = nowOf(shop)
  variant.tracked = true
  variant.inventoryQuantity = input.quantity ?? shop.random.int(0, 80)
  shop.announce(stockNews(shop, product, [variant], at))
  return product
}

/** `products/delete`, and `collections/update` for each collection that held it. */
export function deleteProduct(shop: ShopState, id: Id): Product {
  const product = mustFind(shop.products, id, 'product')
  const at = nowOf(shop)
  shop.products.delete(id)
  const held = [...shop.collections.values()].filter((collection) => collection.productIds.includes(id))
  for (const collection of held) {
    collection.productIds = collection.productIds.filter((member) => member !== id)
    collection.updatedAt = at
  }
  shop.announce([
    news('products/delete', id, productDeletedBody(product)),
    ...held.map((collection) => collectionNews(shop, collection)),
  ])
  return product
}

function apply(product: Product, { price, variantCount: _made, ...fields }: ProductInput): void {
  for (const [key, value] of Object.entries(fields))
    if (value !== undefined) Object.assign(product, { [key]: value })
  if (price === undefined) return
  for (const variant of product.variants)
    variant.price = Number(price).toFixed(variant.price.includes('.') ? 2 : 0)
}

function plausibleChange(shop: ShopState, product: Product): ProductInput {
  const { random } = shop
  const price = shop.money.of(random.int(10, 300) * 50)
  return random.pick<() => ProductInput>([
    () => ({ price }),
    () => ({ tags: random.sample(TAGS, random.int(0, 3)).toSorted() }),
    () => ({ bodyHtml: `<p>${product.title}, batch ${random.int(2, 99)} — new & improved.</p>` }),
    () => ({ status: random.pick(['active', 'draft', 'archived'] as const) }),
  ])()
}

function giveVariants(shop: ShopState, product: Product, count: number): void {
  product.options = [{ id: shop.newId(), name: 'Number' }]
  product.variants = Array.from({ length: count }, (_, index) =>
    makeVariant(shop, product.createdAt, 20, [`No. ${index + 1}`]),
  )
}

function variantOf(product: Product, variantId: Id | undefined): Variant {
  const variant = product.variants.find((each) => variantId === undefined || each.id === variantId)
  if (!variant) throw new NotFound(`Product ${product.id} has no variant ${variantId ?? 'at all'}`)
  return variant
}
