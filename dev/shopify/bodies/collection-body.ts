import { type Json } from '../json'
import { type Collection } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, time } from './body-parts'

/** The body of `collections/create` and `collections/update`: neither members nor their number. */
export function collectionBody(shop: ShopState, collection: Collection): Json {
  return {
    id: idNumber(collection.id),
    handle: collection.handle,
    title: collection.title,
    updated_at: time(shop, collection.updatedAt),
    body_html: collection.bodyHtml,
    published_at: time(shop, collection.publishedAt),
    sort_order: collection.sortOrder,
    template_suffix: null,
    published_scope: 'global',
    admin_graphql_api_id: gid('Collection', collection.id),
  }
}

/** The body of `collections/delete`. */
export function collectionDeletedBody(collection: Collection): Json {
  return {
    id: idNumber(collection.id),
    published_scope: 'global',
    admin_graphql_api_id: gid('Collection', collection.id),
  }
}
