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

/**
 * A batcher that runs one commit at a time: alone, an item is committed at once; under load, batches grow by themselves.
 *
 * @param commit takes the items and resolves to one settled result for each, in order
 */
export function createBatcher<Item, Result>(
  commit: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>,
  limits: { batch: number; waiting: number },
): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  let running: Promise<void> | undefined

  return {
    add(item) {
      if (waiting.length >= limits.waiting) return Promise.reject(new BatcherFull())
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        running ??= drain()
      })
    },
    async idle() {
      while (running) await running
    },
  }

  async function drain(): Promise<void> {
    // Lets the requests that this turn of the event loop brings join the batch.
    await setImmediate()
    while (waiting.length > 0) await run(waiting.splice(0, limits.batch))
    // In one step with the look at the queue: nobody can join between the two and be forgotten.
    running = undefined
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
