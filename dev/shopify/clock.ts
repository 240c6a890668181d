/** Time as the stand-in sees it, so that a test need not wait for hours. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `task` once, `ms` from now. Returns how to call it off. */
  after(ms: number, task: () => void): () => void
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on by `ms` and runs what falls due, in order. */
  advance(ms: number): void
}

export function manualClock(start: string | number = '2026-11-21T12:00:00Z'): ManualClock {
  let now = new Date(start).getTime()
  const due = new Map<symbol, { at: number; task: () => void }>()
  const nextDue = (until: number) =>
    [...due].filter(([, entry]) => entry.at <= until).sort(([, a], [, b]) => a.at - b.at)[0]

  return {
    now: () => now,
    after(ms, task) {
      const key = Symbol('task')
      due.set(key, { at: now + ms, task })
      return () => void due.delete(key)
    },
    advance(ms) {
      const until = now + ms
      for (let next = nextDue(until); next; next = nextDue(until)) {
        const [key, { at, task }] = next
        due.delete(key)
        now = Math.max(now, at)
        task()
      }
      now = until
    },
  }
}
