import { type Clock } from '../lib/time'

/** The longest that a process remembers to look at a lane again; what is later is left to the sweep. */
const REMEMBERED_MS = 60_000

/** What wakes shops' lanes by the clock. */
export interface Alarms {
  /** Wakes a shop at that time, or before: a shop has one alarm, the earliest. */
  set(shopId: string, at: Date): void
  /** Lets a shop sleep until that time, a minute at most: nothing wakes it before. */
  sleep(shopId: string, until: Date): void
  isAsleep(shopId: string): boolean
  /** Forgets all of them, and sets no more. */
  stop(): void
}

/** Makes the alarms of a process. @param wake told of each shop whose time has come */
export function createAlarms(clock: Clock, wake: (shopId: string) => void): Alarms {
  const alarms = new Map<string, { at: number; isSleep: boolean; timer: NodeJS.Timeout }>()
  let isStopped = false

  return {
    set(shopId, at) {
      const set = alarms.get(shopId)
      const isLater = set && (set.isSleep || set.at <= at.getTime())
      if (!isLater && waitFor(at) <= REMEMBERED_MS) start(shopId, at, false)
    },
    sleep: (shopId, until) => start(shopId, until, true),
    isAsleep: (shopId) => alarms.get(shopId)?.isSleep === true,
    stop() {
      isStopped = true
      for (const { timer } of alarms.values()) clearTimeout(timer)
      alarms.clear()
    },
  }

  function waitFor(at: Date): number {
    return Math.max(0, at.getTime() - clock().getTime())
  }

  function start(shopId: string, at: Date, isSleep: boolean): void {
    if (isStopped) return
    clearTimeout(alarms.get(shopId)?.timer)
    const ring = () => {
      alarms.delete(shopId)
      wake(shopId)
    }
    const timer = setTimeout(ring, Math.min(waitFor(at), REMEMBERED_MS))
    alarms.set(shopId, { at: at.getTime(), isSleep, timer })
  }
}
