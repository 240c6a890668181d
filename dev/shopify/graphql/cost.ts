import {
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql'
import { type Clock } from '../clock'

/** What one query may cost at most, on any plan. */
export const MOST_PER_QUERY = 1000
/** The bucket holds what is restored in so many seconds. */
const SECONDS_TO_FILL = 20
const MUTATION = 10

/**
 * What a query is charged before it runs: 1 for an object, nothing for a scalar, and for a connection a price that
 * grows with `first` or `last` (and so for `nodes(ids:)`). Shopify does not publish that growth; the square root here gives 25 for
 * `product { variants(first: 250) { nodes { inventoryItem { … } } } }`, as was measured in its community forum.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): number {
  const info = new TypeInfo(schema)
  const fragments = new Map<string, number>()
  const stack: number[] = [0]
  const leaveField = (node: FieldNode) => {
    const type = info.getType()
    const children = stack.pop() ?? 0
    const cost =
      !type || isLeafType(getNamedType(type)) ? 0 : priceOf(node, children, variables, kindOf(info))
    stack[stack.length - 1] = (stack.at(-1) ?? 0) + cost
  }
  const visitor = visitWithTypeInfo(info, {
    Field: { enter: () => void stack.push(0), leave: leaveField },
    FragmentDefinition: {
      enter: () => void stack.push(0),
      leave: (node) => void fragments.set(node.name.value, stack.pop() ?? 0),
    },
    FragmentSpread: (node) => {
      stack[stack.length - 1] = (stack.at(-1) ?? 0) + (fragments.get(node.name.value) ?? 0)
    },
  })
  // Fragments first, so that a spread finds its price.
  const definitions = document.definitions.toSorted(
    (a, b) => Number(b.kind === Kind.FRAGMENT_DEFINITION) - Number(a.kind === Kind.FRAGMENT_DEFINITION),
  )
  visit({ ...document, definitions }, visitor)
  return stack[0] ?? 0
}

type Place = 'mutation' | 'page' | 'object'

/** `nodes`, `edges`, `node` and `pageInfo` of a connection cost nothing themselves; nor does what a mutation answers. */
function kindOf(info: TypeInfo): Place {
  const parent = info.getParentType()
  if (!isObjectType(parent)) return 'object'
  if (parent.name === 'Mutation') return 'mutation'
  return /(Connection|Edge)$|^BulkOperation.*Payload$/.test(parent.name) ? 'page' : 'object'
}

function priceOf(
  node: FieldNode,
  children: number,
  variables: Record<string, unknown>,
  place: Place,
): number {
  if (place === 'page') return children
  if (place === 'mutation') return MUTATION + children
  const size = sizeOf(node, variables)
  return size === undefined ? 1 + children : 1 + Math.ceil(Math.sqrt(2 * size)) * Math.max(1, children)
}

/** How many a field asks for: `first`, `last`, or the number of `ids`. */
function sizeOf(node: FieldNode, variables: Record<string, unknown>): number | undefined {
  const given = node.arguments?.find(({ name }) => ['first', 'last', 'ids'].includes(name.value))?.value
  if (given?.kind === Kind.INT) return Number(given.value)
  if (given?.kind === Kind.LIST) return given.values.length
  if (given?.kind !== Kind.VARIABLE) return undefined
  const value = variables[given.name.value]
  return Array.isArray(value) ? value.length : Number(value ?? 1)
}

/** What a query turned out to cost: one for each object of the answer, and never more than was requested. */
export function actualCost(data: unknown, requested: number): number {
  return Math.min(requested, objectsIn(data))
}

const WRAPPERS = new Set(['nodes', 'edges', 'pageInfo'])

function objectsIn(value: unknown, key = ''): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + objectsIn(each, key), 0)
  if (typeof value !== 'object' || value === null) return 0
  const own = key === '' || WRAPPERS.has(key) ? 0 : 1
  return Object.entries(value).reduce((sum, [name, each]) => sum + objectsIn(each, name), own)
}

/** The leaky bucket of one app on one shop. */
export class CostBucket {
  readonly #clock: Clock
  readonly #perSecond: number
  readonly #most: number
  #available: number
  #at: number

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
    this.#most = SECONDS_TO_FILL * perSecond
    this.#available = this.#most
    this.#at = clock.now()
  }

  /** Takes what a query costs; false when there is not enough. */
  take(cost: number): boolean {
    this.#restore()
    if (cost > this.#available) return false
    this.#available -= cost
    return true
  }

  /** Gives back what a query turned out not to need. */
  giveBack(cost: number): void {
    this.#available = Math.min(this.#most, this.#available + cost)
  }

  status() {
    this.#restore()
    return {
      maximumAvailable: this.#most,
      currentlyAvailable: Math.floor(this.#available),
      restoreRate: this.#perSecond,
    }
  }

  #restore(): void {
    const now = this.#clock.now()
    // The clock of a test may be put back.
    const seconds = Math.max(0, now - this.#at) / 1000
    this.#available = Math.min(this.#most, this.#available + seconds * this.#perSecond)
    this.#at = now
  }
}
