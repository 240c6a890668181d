import { type Id } from '../store/model'
import { type Arguments } from './fields'
import { inOrder, pageOf, placed } from './page'

/** What a list is ordered by: a text for each item, and its id where those are equal. */
export interface Ordering<T> {
  idOf: (item: T) => Id
  keyOf?: (item: T) => string
}

/** One page of a list that is put in order for it. */
export function connectionOf<T>(items: readonly T[], args: Arguments, { idOf, keyOf }: Ordering<T>) {
  return pageOf(inOrder(items.map((item) => placed(item, idOf(item), keyOf?.(item)))), args)
}

/** A page of a list that keeps its own order, such as an order's lines. */
export function listConnection<T>(items: readonly T[], args: Arguments, idOf: (item: T) => Id) {
  return pageOf(
    items.map((item, index) => placed(item, idOf(item), String(index).padStart(8, '0'))),
    args,
  )
}
