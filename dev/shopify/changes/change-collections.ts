import { collectionDeletedBody } from '../bodies/collection-body'
import { makeCollection } from '../seed/make-collection'
import { COLLECTIONS } from '../seed/words'
import { type Collection, type Id, type Product, type Time } from '../store/model'
import { mustFind, nowOf, type ShopState } from '../store/shop-state'
import { type CollectionInput } from './inputs'
import { collectionNews, news, productNews } from './news'

/** `collections/create`, and `products/update` for its members. */
export function createCollection(shop: ShopState, input: CollectionInput = {}): Collection {
  const at = nowOf(shop)
  const members = input.productIds ?? shop.random.sample([...shop.products.keys()], shop.random.int(1, 6))
  for (const id of members) mustFind(shop.products, id, 'product')
  const title = input.title ?? `${shop.random.pick(COLLECTIONS)} ${shop.random.int(2, 99)}`
  const collection = makeCollection(shop, at, title, [...new Set(members)])
  if (input.bodyHtml !== undefined) collection.bodyHtml = input.bodyHtml
  shop.collections.set(collection.id, collection)
  shop.announce([
    collectionNews(shop, collection, 'collections/create'),
    ...memberNews(shop, collection.productIds, at),
  ])
  return collection
}

/** `collections/update`. Without input one product comes or goes. Products that came or went are told as updated. */
export function updateCollection(shop: ShopState, id: Id, input?: CollectionInput): Collection {
  const collection = mustFind(shop.collections, id, 'collection')
  const before = collection.productIds
  const { title, bodyHtml, productIds } = input ?? plausibleChange(shop, collection)
  for (const member of productIds ?? []) mustFind(shop.products, member, 'product')
  if (title !== undefined) collection.title = title
  if (bodyHtml !== undefined) collection.bodyHtml = bodyHtml
  if (productIds !== undefined) collection.productIds = [...new Set(productIds)]
  collection.updatedAt = nowOf(shop)

  const moved = new Set(before).symmetricDifference(new Set(collection.productIds))
  shop.announce([collectionNews(shop, collection), ...memberNews(shop, [...moved], collection.updatedAt)])
  return collection
}

/** `collections/delete`, and `products/update` for what was in it. */
export function deleteCollection(shop: ShopState, id: Id): Collection {
  const collection = mustFind(shop.collections, id, 'collection')
  shop.collections.delete(id)
  shop.announce([
    news('collections/delete', id, collectionDeletedBody(collection)),
    ...memberNews(shop, collection.productIds, nowOf(shop)),
  ])
  return collection
}

function memberNews(shop: ShopState, ids: Id[], at: Time) {
  const members = ids.map((id) => shop.products.get(id)).filter((each): each is Product => each !== undefined)
  for (const product of members) product.updatedAt = at
  return members.map((product) => productNews(shop, product))
}

function plausibleChange(shop: ShopState, collection: Collection): CollectionInput {
  const id = shop.random.pick([...shop.products.keys()])
  const members = collection.productIds
  return {
    productIds: members.includes(id) ? members.filter((member) => member !== id) : [...members, id],
  }
}
