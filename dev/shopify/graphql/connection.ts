import { GraphQLError } from 'graphql'
import { type Id } from '../store/model'
import { type Arguments } from './fields'

const MOST = 250

/** What a list is ordered by: a text for each item, and its id where those are equal. */
export interface Ordering<T> {
  idOf: (item: T) => Id
  keyOf?: (item: T) => string
}

/**
 * One page of a list, as every Shopify connection pages: `first`/`after` or `last`/`before`, 250 at most. A cursor
 * names the last item by key and id, so that a page goes on where it stopped though the list has changed.
 */
export function connectionOf<T>(items: readonly T[], args: Arguments, { idOf, keyOf }: Ordering<T>) {
  const backwards = typeof args['last'] === 'number'
  const size = sizeOf(args)
  const key = keyOf ?? ((item: T) => idOf(item).padStart(20, '0'))
  const position = (item: T): Position => [key(item), idOf(item).padStart(20, '0')]
  const direction = args['reverse'] === true ? -1 : 1
  const sorted = items.toSorted((a, b) => direction * compare(position(a), position(b)))
  const from = positionIn(args['after'])
  const until = positionIn(args['before'])
  const within = sorted.filter(
    (item) =>
      (!from || direction * compare(position(item), from) > 0) &&
      (!until || direction * compare(position(item), until) < 0),
  )
  const page = backwards ? within.slice(-size) : within.slice(0, size)
  const cut = page.length < within.length
  const edges = page.map((node) => ({ node, cursor: cursorOf(position(node)) }))
  return {
    nodes: page,
    edges,
    pageInfo: {
      hasNextPage: backwards ? until !== undefined : cut,
      hasPreviousPage: backwards ? cut : from !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** A page of a list that keeps its own order, such as an order's lines. */
export function listConnection<T>(items: readonly T[], args: Arguments, idOf: (item: T) => Id) {
  const places = new Map(items.map((item, index) => [item, String(index).padStart(8, '0')]))
  return connectionOf(items, args, { idOf, keyOf: (item) => places.get(item) ?? '' })
}

type Position = [key: string, id: string]

function compare([keyA, idA]: Position, [keyB, idB]: Position): number {
  if (keyA !== keyB) return keyA < keyB ? -1 : 1
  return idA === idB ? 0 : idA < idB ? -1 : 1
}

function sizeOf({ first, last }: Arguments): number {
  const size = typeof first === 'number' ? first : typeof last === 'number' ? last : undefined
  if (size === undefined) throw new GraphQLError('you must provide one of first or last')
  if (size < 0 || size > MOST) throw new GraphQLError(`first and last cannot exceed ${MOST}`)
  return size
}

function cursorOf(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

function positionIn(cursor: unknown): Position | undefined {
  if (typeof cursor !== 'string') return undefined
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Position
  } catch {
    throw new GraphQLError('Invalid cursor for current pagination sort.')
  }
}
