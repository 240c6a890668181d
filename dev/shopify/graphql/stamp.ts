import { RESOURCES } from '../store/model'
import { type ShopState } from '../store/shop-state'

/** A text that differs whenever the shop may: what was derived under the same one still holds. */
export function stampOf(shop: ShopState): string {
  return [shop.changes, ...RESOURCES.map((resource) => shop[resource].size)].join()
}
