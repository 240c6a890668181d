import { type Cost } from './graphql-answer'

/** The most that Shopify lets one query cost. */
const MOST_PER_QUERY = 1_000
/** The share of the bucket that is left to the pages, and to whoever else asks this store. */
const RESERVE = 1 / 4

/** What is known of a store's bucket of points, and what each kind of question costs. Times are in milliseconds. */
export interface Points {
  /** Whether the store has told yet how large its bucket is. */
  isKnown(): boolean
  /** How long until a question of that kind can be afforded; 0 when it can be now. */
  waitMs(kind: string, now: number): number
  /** Sets aside what a question will cost. Call what it returns with what the store said of it, once. */
  reserve(kind: string): (cost: Cost | null, now: number) => void
}

/**
 * A model of the bucket that Shopify keeps for an app in one store. It holds what the query may cost, gives back what it did not, and fills up evenly. What
 * questions that are under way have set aside is not counted as left, though the store may have taken it off already: rather too slow than throttled.
 */
export function createPoints(): Points {
  const costs = new Map<string, number>()
  let bucket: { size: number; perSecond: number; left: number; at: number } | undefined
  let setAside = 0

  const costOf = (kind: string): number => costs.get(kind) ?? MOST_PER_QUERY

  return {
    isKnown: () => bucket !== undefined,

    waitMs(kind, now) {
      if (!bucket) return 0
      const { size, perSecond, left, at } = bucket
      const filled = Math.min(size, left + (Math.max(0, now - at) * perSecond) / 1_000)
      // A question that is dearer than what there is without the reserve goes when the bucket is full.
      const needed = Math.min(costOf(kind) + size * RESERVE, size)
      const missing = needed - (filled - setAside)
      if (missing <= 0) return 0
      return Math.ceil((missing * 1_000) / Math.max(perSecond, 1))
    },

    reserve(kind) {
      const reserved = costOf(kind)
      setAside += reserved
      return (cost, now) => {
        setAside -= reserved
        if (!cost) return
        const { maximumAvailable, restoreRate, currentlyAvailable } = cost.throttleStatus
        costs.set(kind, cost.requestedQueryCost)
        bucket = { size: maximumAvailable, perSecond: restoreRate, left: currentlyAvailable, at: now }
      }
    },
  }
}
