import { systemClock, type Clock } from '../shopify/clock'

/** The store's clock: it runs as any clock does, can be set back before the load, and on during it, so that hours pass at once. */
export interface ShiftingClock extends Clock {
  /** Sets it on, or back, but never ahead of the real time. */
  shift(ms: number): void
}

export function shiftingClock(): ShiftingClock {
  let offset = 0
  return {
    ...systemClock,
    now: () => Date.now() + offset,
    shift(ms) {
      offset = Math.min(0, offset + ms)
    },
  }
}
