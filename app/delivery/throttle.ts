/** Lets a number of calls through a second, evenly: a tenth of a second's worth may be saved up. */
export interface Throttle {
  /** How many calls may be made now. */
  available(now: Date): number
  /** Takes so many of them. */
  take(calls: number): void
  /** Milliseconds until one may be made; 0 when one may be made now. */
  waitMs(now: Date): number
}

/** @param perSecond null for no limit */
export function createThrottle(perSecond: number | null, start: Date): Throttle {
  if (perSecond === null) return { available: () => Infinity, take: () => undefined, waitMs: () => 0 }
  const most = Math.max(1, perSecond / 10)
  let saved = most
  let at = start.getTime()

  const refill = (now: Date) => {
    const passed = Math.max(0, now.getTime() - at)
    saved = Math.min(most, saved + (passed * perSecond) / 1000)
    at = now.getTime()
  }
  return {
    available(now) {
      refill(now)
      return Math.floor(saved)
    },
    take(calls) {
      saved -= calls
    },
    waitMs(now) {
      refill(now)
      return saved >= 1 ? 0 : Math.ceil(((1 - saved) * 1000) / perSecond)
    },
  }
}
