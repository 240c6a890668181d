/** One change of one product. */
export interface ProductChange {
  product: number
  change: number
}

/** The change 0 of so many products: each is created. */
export function creations(first: number, products: number): ProductChange[] {
  return Array.from({ length: products }, (_, index) => ({ product: first + index, change: 0 }))
}

/**
 * So many changes of each of so many products, in an order that is random and always the same: changes of one product keep their
 * own order.
 */
export function shuffledChanges(first: number, products: number, changes: number): ProductChange[] {
  const turns = Array.from({ length: products * changes }, (_, index) => first + (index % products))
  shuffle(turns, mulberry32(first + 1))
  const done = new Map<number, number>()
  return turns.map((product) => {
    const change = (done.get(product) ?? 0) + 1
    done.set(product, change)
    return { product, change }
  })
}

function shuffle(values: number[], random: () => number): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[values[last], values[other]] = [values[other] ?? 0, values[last] ?? 0]
  }
}

/** Mulberry32, a generator of 32 bits by Tommy Ettinger (public domain): numbers from 0 to 1, the same for a seed. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
