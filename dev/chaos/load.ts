import { setTimeout as pause } from 'node:timers/promises'
import { type Order, type Shop } from '../shopify'
import { type Clock } from '../shopify/clock'
import { createRandom, type Random } from '../shopify/random'
import { Refused } from '../shopify/store/shop-state'

/** What every scenario begins with, so that there is something to change, unless its store was there before. */
const OPENING = { products: 12, collections: 3, customers: 10, orders: 12 }
/** A restored order must be newer than its deletion, and the store's times are whole seconds. */
const RESTORED_AFTER_MS = 2_000

/** Changes under way in a store. */
interface Load {
  /** How many changes of each kind were made so far. */
  made: Record<string, number>
  /** Ends it. Resolves when no more change comes. @throws what a change threw */
  stop(): Promise<void>
}

interface LoadOptions {
  shop: Shop
  clock: Clock
  seed: number
  /** Changes a second, on the average. */
  perSecond: number
  /** What is made first. */
  opening?: typeof OPENING
}

type Make = (shop: Shop, random: Random, deleted: DeletedOrders) => void | Promise<void>

/** Kinds of changes that the ordinary burst of a store has seldom or never, and how likely each is. */
const KINDS: [name: string, chance: number, make: Make][] = [
  ['customers merged', 0.04, mergeCustomers],
  ['order restored', 0.05, (shop, random, deleted) => deleted.restore(shop, random)],
  ['order deleted', 0.04, (shop, random, deleted) => deleted.delete(shop, random)],
  ['product born and gone', 0.02, bornAndGone],
  [
    'collection deleted',
    0.01,
    (shop, random) => void shop.collections.delete(anyOf(shop.collections.list(), random)),
  ],
  ['product changed ten times', 0.03, changeOften],
]

/** Fills a store, then changes it until it is stopped: creations, changes, deletions, merges, what was deleted restored. */
export function startLoad(options: LoadOptions): Load {
  const { shop, clock, seed, perSecond, opening = OPENING } = options
  const random = createRandom(seed)
  const deleted = new DeletedOrders(clock)
  const made: Record<string, number> = {}
  let isStopped = false
  const run = async () => {
    fill(shop, opening)
    while (!isStopped) {
      const kind = await makeOne(shop, random, deleted)
      made[kind] = (made[kind] ?? 0) + 1
      await pause((1000 / perSecond) * 2 * random.next())
    }
  }
  const done = run()
  // Whoever stops the load hears of its failure; nobody else needs to.
  done.catch(() => undefined)
  return {
    made,
    async stop() {
      isStopped = true
      await done
    },
  }
}

function fill(shop: Shop, { products, collections, customers, orders }: typeof OPENING): void {
  for (let made = 0; made < products; made++) shop.products.create()
  for (let made = 0; made < collections; made++) shop.collections.create()
  for (let made = 0; made < customers; made++) shop.customers.create()
  for (let made = 0; made < orders; made++) shop.orders.create()
}

async function makeOne(shop: Shop, random: Random, deleted: DeletedOrders): Promise<string> {
  const drawn = random.next()
  let sum = 0
  for (const [name, chance, make] of KINDS) {
    sum += chance
    if (drawn >= sum) continue
    try {
      await make(shop, random, deleted)
      return name
    } catch (refusal) {
      if (refusal instanceof Refused) break
      throw refusal
    }
  }
  const { byKind } = await shop.burst({ changes: 1, seed: random.int(1, 2 ** 31) })
  return Object.keys(byKind)[0] ?? 'nothing'
}

function mergeCustomers(shop: Shop, random: Random): void {
  const buyers = new Set(shop.orders.list().map(({ customerId }) => customerId))
  const free = shop.customers.list().filter(({ id }) => !buyers.has(id))
  const gone = anyOf(free, random)
  shop.customers.merge(anyOf(shop.customers.list(), random), gone)
}

function bornAndGone(shop: Shop): void {
  const { id } = shop.products.create()
  shop.products.update(id)
  shop.products.delete(id)
}

/** Far more often than anybody delivers: what comes between is never sent. */
function changeOften(shop: Shop, random: Random): void {
  const id = anyOf(shop.products.list(), random)
  for (let step = 1; step <= 10; step++)
    shop.products.update(id, { title: `Step ${step} of ${random.int(1, 9999)}` })
}

/** Orders that were deleted a while ago can come back. */
class DeletedOrders {
  readonly #clock: Clock
  #orders: { order: Order; at: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  delete(shop: Shop, random: Random): void {
    const order = shop.orders.delete(anyOf(shop.orders.list(), random))
    this.#orders.push({ order: structuredClone(order), at: this.#clock.now() })
  }

  restore(shop: Shop, random: Random): void {
    const old = this.#orders.filter(({ at }) => this.#clock.now() - at >= RESTORED_AFTER_MS)
    if (old.length === 0) throw new Refused('No order was deleted long enough ago')
    const chosen = random.pick(old)
    this.#orders = this.#orders.filter((each) => each !== chosen)
    shop.orders.restore(chosen.order)
  }
}

function anyOf(records: { id: string }[], random: Random): string {
  if (records.length === 0) throw new Refused('There is none')
  return random.pick(records).id
}
