import { type Clock } from './time'

/** The longest that an alarm is remembered; whatever is later is left to a sweep. */
const REMEMBERED_MS = 60_000

/** Alarms by key, one each. */
export interface Alarms {
  /** Rings for a key at that time, or before: of its times the earliest counts. */
  set(key: string, at: Date): void
  /** Lets a key sleep until that time, a minute at most: no other time of it counts before. */
  sleep(key: string, until: Date): void
  isAsleep(key: string): boolean
  /** Forgets all of them, and takes no more. */
  end(): void
}

/** The alarms of a process. @param ring told of each key whose time has come */
export function createAlarms(clock: Clock, ring: (key: string) => void): Alarms {
  const alarms = new Map<string, { at: number; isSleep: boolean; timer: NodeJS.Timeout }>()
  let hasEnded = false

  return {
    set(key, at) {
      const set = alarms.get(key)
      const counts = !set || (!set.isSleep && set.at > at.getTime())
      if (counts && waitFor(at) <= REMEMBERED_MS) start(key, at, false)
    },
    sleep: (key, until) => start(key, until, true),
    isAsleep: (key) => alarms.get(key)?.isSleep === true,
    end() {
      hasEnded = true
      for (const { timer } of alarms.values()) clearTimeout(timer)
      alarms.clear()
    },
  }

  function waitFor(at: Date): number {
    return Math.max(0, at.getTime() - clock().getTime())
  }

  function start(key: string, at: Date, isSleep: boolean): void {
    if (hasEnded) return
    clearTimeout(alarms.get(key)?.timer)
    const timer = setTimeout(
      () => {
        alarms.delete(key)
        ring(key)
      },
      Math.min(waitFor(at), REMEMBERED_MS),
    )
    alarms.set(key, { at: at.getTime(), isSleep, timer })
  }
}
