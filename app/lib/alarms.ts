import { type Clock } from './time'

/** The longest that an alarm is remembered; whatever is later is left to a sweep. */
const REMEMBERED_MS = 60_000

/** Alarms by key, one each: the earliest. */
export interface Alarms {
  set(key: string, at: Date): void
  /** Forgets all of them, and takes no more. */
  end(): void
}

/** @param ring told of each key whose time has come */
export function createAlarms(clock: Clock, ring: (key: string) => void): Alarms {
  const alarms = new Map<string, { at: number; timer: NodeJS.Timeout }>()
  let hasEnded = false

  return {
    set(key, at) {
      const wait = at.getTime() - clock().getTime()
      const set = alarms.get(key)
      if (hasEnded || wait > REMEMBERED_MS || (set && set.at <= at.getTime())) return
      clearTimeout(set?.timer)
      const timer = setTimeout(
        () => {
          alarms.delete(key)
          ring(key)
        },
        Math.max(0, wait),
      )
      alarms.set(key, { at: at.getTime(), timer })
    },
    end() {
      hasEnded = true
      for (const { timer } of alarms.values()) clearTimeout(timer)
      alarms.clear()
    },
  }
}
