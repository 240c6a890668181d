import { gid } from '../../bodies/body-parts'
import { type Collection, type Product } from '../../store/model'
import { type ShopState } from '../../store/shop-state'
import { listConnection } from '../connection'
import { fieldsOf, idIn, type Fields } from '../fields'
import { countOf } from '../record-lists'

export const collectionTypes: Record<string, Fields> = {
  Collection: fieldsOf<Collection>({
    id: (collection) => gid('Collection', collection.id),
    legacyResourceId: (collection) => collection.id,
    title: (collection) => collection.title,
    handle: (collection) => collection.handle,
    description: (collection) => (collection.bodyHtml ?? '').replace(/<[^>]*>/g, ''),
    descriptionHtml: (collection) => collection.bodyHtml ?? '',
    sortOrder: (collection) => collection.sortOrder.toUpperCase().replace('-', '_'),
    templateSuffix: () => null,
    image: () => null,
    ruleSet: () => null,
    updatedAt: (collection) => collection.updatedAt,
    productsCount: (collection) => countOf(collection.productIds.length),
    products: (collection, args, { shop }) =>
      listConnection(membersOf(shop, collection), args, ({ id }) => id),
    hasProduct: (collection, { id }) => collection.productIds.includes(idIn(id, 'Product') ?? ''),
  }),
}

function membersOf(shop: ShopState, collection: Collection): Product[] {
  return collection.productIds.flatMap((id) => shop.products.get(id) ?? [])
}
