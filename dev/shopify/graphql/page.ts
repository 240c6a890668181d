import { GraphQLError } from 'graphql'
import { type Id } from '../store/model'
import { WHOLE, type Arguments } from './fields'

const MOST = 250

/** An item where it stands in an order: by key, and by id where keys are equal. */
export interface Placed<T> {
  item: T
  key: string
  /** Padded, so that ids compare as text. */
  id: string
}

export function placed<T>(item: T, id: Id, key?: string): Placed<T> {
  const padded = id.padStart(20, '0')
  return { item, key: key ?? padded, id: padded }
}

/** Ascending. */
export function inOrder<T>(items: Placed<T>[]): Placed<T>[] {
  return items.sort(compare)
}

/**
 * One page of an ascending list, as every Shopify connection pages: `first`/`after` or `last`/`before`, 250 at most,
 * `reverse` for the other way round. A cursor names the last item by key and id, so that a page goes on where it stopped
 * though the list has changed.
 *
 * @param isShown what is left out is as if it were not in the list
 */
export function pageOf<T>(
  sorted: readonly Placed<T>[],
  args: Arguments,
  isShown: (item: T) => boolean = () => true,
) {
  const isReversed = args['reverse'] === true
  if (args[WHOLE] === true) return wholeOf(sorted, isReversed, isShown)
  const isBackwards = typeof args['last'] === 'number'
  const size = sizeOf(args)
  const [after, before] = [positionIn(args['after']), positionIn(args['before'])]
  const [low, high] = isReversed ? [before, after] : [after, before]
  const from = low ? firstBeyond(sorted, low, 1) : 0
  const until = high ? firstBeyond(sorted, high, 0) : sorted.length
  const { taken, isCut } = take(sorted, from, until, size, isReversed !== isBackwards, isShown)
  const page = isBackwards ? taken.reverse() : taken
  return {
    nodes: page.map(({ item }) => item),
    edges: page.map((place) => ({ node: place.item, cursor: cursorOf(place) })),
    pageInfo: {
      hasNextPage: isBackwards ? before !== undefined : isCut,
      hasPreviousPage: isBackwards ? isCut : after !== undefined,
      startCursor: cursorOf(page[0]),
      endCursor: cursorOf(page.at(-1)),
    },
  }
}

function wholeOf<T>(sorted: readonly Placed<T>[], isReversed: boolean, isShown: (item: T) => boolean) {
  const nodes = sorted.map(({ item }) => item).filter(isShown)
  return { nodes: isReversed ? nodes.reverse() : nodes }
}

/** Up to `size` shown items of a stretch, from its one end or the other, and whether there are more. */
function take<T>(
  sorted: readonly Placed<T>[],
  from: number,
  until: number,
  size: number,
  isFromTheEnd: boolean,
  isShown: (item: T) => boolean,
): { taken: Placed<T>[]; isCut: boolean } {
  const taken: Placed<T>[] = []
  for (let step = 0; step < until - from; step++) {
    const place = sorted[isFromTheEnd ? until - 1 - step : from + step]
    if (!place || !isShown(place.item)) continue
    if (taken.length === size) return { taken, isCut: true }
    taken.push(place)
  }
  return { taken, isCut: false }
}

type Position = [key: string, id: string]

/** The first index whose position is later than that one; or, with `least` 0, not earlier. */
function firstBeyond<T>(sorted: readonly Placed<T>[], [key, id]: Position, least: 0 | 1): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const place = sorted[middle]
    if (place && compare(place, { key, id }) < least) low = middle + 1
    else high = middle
  }
  return low
}

function compare(a: { key: string; id: string }, b: { key: string; id: string }): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
}

function sizeOf({ first, last }: Arguments): number {
  const size = typeof first === 'number' ? first : typeof last === 'number' ? last : undefined
  if (size === undefined) throw new GraphQLError('you must provide one of first or last')
  if (size < 0 || size > MOST) throw new GraphQLError(`first and last cannot exceed ${MOST}`)
  return size
}

function cursorOf(place: { key: string; id: string } | undefined): string | null {
  return place ? Buffer.from(JSON.stringify([place.key, place.id])).toString('base64url') : null
}

function positionIn(cursor: unknown): Position | undefined {
  if (typeof cursor !== 'string') return undefined
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Position
  } catch {
    throw new GraphQLError('Invalid cursor for current pagination sort.')
  }
}
