import { setImmediate } from 'node:timers/promises'

/** Gathers what arrives while a commit is under way, and commits it in the next. */
export interface Batcher<Item, Result> {
  /** Resolves when the batch that the item travelled in is committed. @throws BatcherFull, or what the commit threw */
  add(item: Item): Promise<Result>
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>
}

/** More waits than may wait. */
export class BatcherFull extends Error {}

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/** How much a batcher takes on. */
export interface BatcherLimits {
  /** Items in one commit, at most. */
  batch: number
  /** Items that may wait for theirs. */
  waiting: number
  /** Commits under way at once, at most. */
  commits: number
  /** So many items must wait before another commit begins beside the first: few large ones cost less than many small ones. */
  crowd: number
}

/**
 * A batcher: alone, an item is committed at once; under load, batches grow by themselves while a commit is under way, and a second
 * one begins when they have grown.
 *
 * @param commit takes the items and resolves to one settled result for each, in order
 */
export function createBatcher<Item, Result>(
  commit: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>,
  limits: BatcherLimits,
): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  const running = new Set<Promise<void>>()

  return {
    add(item) {
      if (waiting.length >= limits.waiting) return Promise.reject(new BatcherFull())
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        if (isTimeFor(running.size + 1)) begin()
      })
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }

  /** Whether what waits is worth so many commits at once. */
  function isTimeFor(commits: number): boolean {
    const enough = commits === 1 ? 1 : limits.crowd
    return commits <= limits.commits && waiting.length >= enough
  }

  function begin(): void {
    const drained = drain().then(() => {
      running.delete(drained)
      // Who came after the last look at the queue is not forgotten.
      if (isTimeFor(running.size + 1)) begin()
    })
    running.add(drained)
  }

  async function drain(): Promise<void> {
    // Lets the requests that this turn of the event loop brings join the batch.
    await setImmediate()
    while (isTimeFor(running.size)) await run(waiting.splice(0, limits.batch))
  }

  async function run(members: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(members.map(({ item }) => item))
      members.forEach(({ resolve, reject }, index) => {
        const result = results[index]
        if (result?.status === 'fulfilled') resolve(result.value)
        else reject(result?.reason ?? new Error('The commit said nothing of this item.'))
      })
    } catch (error) {
      for (const { reject } of members) reject(error)
    }
  }
}
