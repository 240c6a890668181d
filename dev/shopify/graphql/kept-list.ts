import { type ShopState } from '../store/shop-state'
import { type Placed } from './page'
import { stampOf } from './stamp'

/** So many lists are kept of a shop; a sync reads a few in turn. */
const MOST = 12

const kept = new WeakMap<ShopState, { stamp: string; lists: Map<string, Placed<unknown>[]> }>()

/** A sorted list of a shop's records, made once for as long as the shop does not change: a page must not sort the whole store. */
export function keptList<T>(shop: ShopState, name: string, make: () => Placed<T>[]): Placed<T>[] {
  const stamp = stampOf(shop)
  const held = kept.get(shop)
  const lists = held?.stamp === stamp ? held.lists : new Map<string, Placed<unknown>[]>()
  const list = (lists.get(name) as Placed<T>[] | undefined) ?? make()
  if (lists.size >= MOST) lists.clear()
  lists.set(name, list)
  kept.set(shop, { stamp, lists })
  return list
}
