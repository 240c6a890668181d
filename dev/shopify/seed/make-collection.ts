import { type Collection, type Id, type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { handleOf } from './make-product'

/** A collection of those members, not yet in the shop. */
export function makeCollection(shop: ShopState, at: Time, title: string, productIds: Id[]): Collection {
  const id = shop.newId()
  return {
    id,
    title,
    handle: `${handleOf(title)}-${id.slice(-4)}`,
    bodyHtml: shop.random.chance(0.7) ? `<p>${title}: chosen by hand.</p>` : null,
    sortOrder: shop.random.pick(['manual', 'best-selling', 'alpha-asc', 'created-desc'] as const),
    productIds,
    updatedAt: at,
    publishedAt: at,
  }
}
