/** A sleep is no longer than this, as what is left may change without our doing, and no shorter. */
const LONGEST_MS = 5_000
const SHORTEST_MS = 20

/** Ends early, by a rejection, when the signal is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<unknown>

/** Somebody who waits. */
export interface Waiting {
  kind: string
  /** Called when the turn has come; resolves when it is over: whether it must come again, before all others. Never rejects. */
  start(): Promise<boolean>
  /** Called instead, when the line is closed. */
  giveUp(reason: unknown): void
}

export interface LineDeps {
  /** How long the first in the line must wait still; 0 when it may start. Asked again whenever somebody has ended. */
  waitMs: (kind: string, underWay: number) => number
  sleep: Sleep
  /** Closes the line. */
  signal: AbortSignal
}

/** A line of waiting. @returns how to join it at its end */
export function createLine({ waitMs, sleep, signal }: LineDeps): (who: Waiting) => void {
  const queue: Waiting[] = []
  let underWay = 0
  let isServing = false
  let nap = new AbortController()

  /** One serves at a time. Between the last look at the queue and going home nobody may join. */
  async function serve(): Promise<void> {
    isServing = true
    for (let head = queue[0]; head; head = queue[0]) {
      const ms = waitMs(head.kind, underWay)
      if (ms > 0) await rest(ms)
      else start(head)
    }
    isServing = false
  }

  async function rest(ms: number): Promise<void> {
    await sleep(Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS), nap.signal).catch(() => undefined)
    if (nap.signal.aborted) nap = new AbortController()
  }

  function start(head: Waiting): void {
    queue.shift()
    underWay++
    void head.start().then((isToCome) => {
      underWay--
      if (isToCome) join(head, 0)
      nap.abort()
    })
  }

  signal.addEventListener('abort', () => {
    for (const waiting of queue.splice(0)) waiting.giveUp(signal.reason)
    nap.abort()
  })

  function join(who: Waiting, place: number): void {
    if (signal.aborted) return who.giveUp(signal.reason)
    queue.splice(place, 0, who)
    if (!isServing) void serve()
  }

  return (who) => join(who, queue.length)
}
