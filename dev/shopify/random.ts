/** Chance that repeats itself: the same seed gives the same sequence. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  /** One of the list. @throws Error when it is empty. */
  pick<T>(list: readonly T[]): T
  /** Up to `count` different members of the list, in chance order. */
  sample<T>(list: readonly T[], count: number): T[]
}

/** Mulberry32: 32 bits of state, enough to make a shop plausible. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const sample = <T>(list: readonly T[], count: number) => {
    const places: number[] = []
    while (places.length < count && places.length < list.length) {
      places.push(placeAmongTheRest(int(0, list.length - places.length - 1), places))
    }
    return places.map((place) => list[place] as T)
  }
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick(list) {
      if (list.length === 0) throw new Error('Nothing to pick from')
      return list[int(0, list.length - 1)] as (typeof list)[number]
    },
    sample,
  }
}

/** Where the n-th of those stands that are not taken yet, without a copy of a long list. */
function placeAmongTheRest(nth: number, taken: readonly number[]): number {
  return taken.toSorted((a, b) => a - b).reduce((place, each) => (each <= place ? place + 1 : place), nth)
}
