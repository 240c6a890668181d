import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Budget, createBudget, type Spent } from './budget'
import { type Cost } from './graphql-answer'

/** Time that passes only while somebody sleeps, or as a test says. */
function slowTime() {
  let now = 1_000_000
  let naps = 0
  const sleepers = new Set<{ until: number; wake: () => void }>()
  return {
    clock: () => new Date(now),
    naps: () => naps,
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        naps++
        const sleeper = { until: now + ms, wake: resolve }
        sleepers.add(sleeper)
        const stop = () => {
          sleepers.delete(sleeper)
          reject(new Error('woken'))
        }
        if (signal.aborted) stop()
        else signal.addEventListener('abort', stop)
      }),
    /** Moves on to when the next one wakes; false when nobody sleeps. */
    async pass(): Promise<boolean> {
      await settle()
      const next = [...sleepers].sort((a, b) => a.until - b.until)[0]
      if (!next) return false
      now = Math.max(now, next.until)
      sleepers.delete(next)
      next.wake()
      await settle()
      return true
    },
    advance: (ms: number) => void (now += ms),
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** The bucket of a store, as Shopify keeps it. */
function store(time: { clock: () => Date }, { size = 2_000, perSecond = 100 } = {}) {
  let left = size
  let at = time.clock().getTime()
  const fill = () => {
    const now = time.clock().getTime()
    left = Math.min(size, left + ((now - at) * perSecond) / 1_000)
    at = now
  }
  const answer = (requestedQueryCost: number): Cost => ({
    requestedQueryCost,
    throttleStatus: { maximumAvailable: size, currentlyAvailable: Math.floor(left), restoreRate: perSecond },
  })
  return {
    lowest: size,
    throttles: 0,
    /** Takes points that somebody else uses. */
    take(points: number) {
      fill()
      left = Math.max(0, left - points)
    },
    ask(cost: number): Spent<number> {
      fill()
      if (cost > left) {
        this.throttles++
        return { kind: 'throttled', cost: answer(cost) }
      }
      left -= cost
      this.lowest = Math.min(this.lowest, left)
      return { kind: 'answered', value: cost, cost: answer(cost) }
    },
  }
}

async function finish(
  time: ReturnType<typeof slowTime>,
  work: Promise<unknown>,
  most = 5_000,
): Promise<void> {
  let isDone = false
  void work.catch(() => undefined).finally(() => (isDone = true))
  for (let turn = 0; turn < most && !isDone; turn++) {
    await settle()
    if (!isDone && !(await time.pass())) await settle()
  }
  expect(isDone).toBe(true)
}

const never = () => new AbortController().signal

describe('the budget of a store', () => {
  it('asks in order, leaves a quarter of the bucket to others, and is never throttled where nobody else asks', async () => {
    const questions = fc.array(fc.record({ kind: fc.nat(4), pause: fc.nat(300) }), {
      minLength: 1,
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(
        questions,
        fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 5, maxLength: 5 }),
        async (asked, costs) => {
          const time = slowTime()
          const shop = store(time)
          const budget = createBudget({ ...time, signal: never() })
          const order: number[] = []
          const all = asked.map(({ kind }, index) =>
            budget.spend(String(kind), () => {
              order.push(index)
              return Promise.resolve(shop.ask(costs[kind] ?? 1))
            }),
          )
          await finish(time, Promise.all(all))

          expect(order).toEqual(asked.map((_, index) => index))
          expect(shop.throttles).toBe(0)
          expect(shop.lowest).toBeGreaterThanOrEqual(500)
          expect(time.naps()).toBeLessThan(asked.length * 10)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('answers every question whatever others take, and a throttle is never a failure', async () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(amounts, async (taken) => {
        const time = slowTime()
        const shop = store(time)
        const budget = createBudget({ ...time, signal: never() })
        const thefts = [...taken]
        const answers = taken.map((_, index) =>
          budget.spend('any', () => {
            shop.take(thefts.shift() ?? 0)
            return Promise.resolve(shop.ask(300 + index))
          }),
        )
        await finish(time, Promise.all(answers))
        expect(await Promise.all(answers)).toEqual(taken.map((_, index) => 300 + index))
      }),
      { numRuns: 40 },
    )
  })

  it('asks again what was throttled before anything else, and only after a while', async () => {
    const time = slowTime()
    const budget = createBudget({ ...time, signal: never() })
    const asked: [string, number][] = []
    const start = time.clock().getTime()
    const note = (name: string) => asked.push([name, time.clock().getTime() - start])
    let refusals = 2
    const first = budget.spend('a', () => {
      note('first')
      return Promise.resolve(
        refusals-- > 0
          ? { kind: 'throttled' as const, cost: null, waitMs: 700 }
          : { kind: 'answered' as const, value: 1, cost: null },
      )
    })
    const second = budget.spend('b', () => {
      note('second')
      return Promise.resolve({ kind: 'answered' as const, value: 2, cost: null })
    })
    await finish(time, Promise.all([first, second]))
    expect(asked).toEqual([
      ['first', 0],
      ['first', 700],
      ['first', 1_400],
      ['second', 1_400],
    ])
  })

  it('finds out with one question what the budget is, and then asks several at once', async () => {
    const time = slowTime()
    const shop = store(time)
    const budget = createBudget({ ...time, signal: never() })
    const gates: (() => void)[] = []
    const spend = () =>
      budget.spend('one', async () => {
        await new Promise<void>((open) => gates.push(open))
        return shop.ask(10)
      })
    const all = Array.from({ length: 8 }, spend)
    await settle()
    expect(gates).toHaveLength(1)
    gates[0]?.()
    await settle()
    expect(gates).toHaveLength(5)
    for (let turn = 0; turn < 10; turn++) {
      gates.forEach((open) => open())
      await settle()
    }
    await Promise.all(all)
  })

  it('lets a question that costs more than there is beside the reserve go when the bucket is full', async () => {
    const time = slowTime()
    const shop = store(time, { size: 1_000, perSecond: 50 })
    const budget = createBudget({ ...time, signal: never() })
    const large = () => budget.spend('large', () => Promise.resolve(shop.ask(900)))
    await finish(time, Promise.all([large(), large()]))
    expect(shop.throttles).toBe(0)
  })

  it('hands a failure to its question alone', async () => {
    const time = slowTime()
    const budget: Budget = createBudget({ ...time, signal: never() })
    const failing = budget.spend('a', () => Promise.reject(new Error('away')))
    const next = budget.spend('a', () => Promise.resolve({ kind: 'answered', value: 'fine', cost: null }))
    await expect(failing).rejects.toThrow('away')
    expect(await next).toBe('fine')
  })

  it('lets nobody wait any more when the process stops', async () => {
    const time = slowTime()
    const stop = new AbortController()
    const budget = createBudget({ ...time, signal: stop.signal })
    const shop = store(time)
    await budget.spend('a', () => Promise.resolve(shop.ask(1)))
    shop.take(1_999)
    const answered = budget.spend('a', () => Promise.resolve(shop.ask(1_000)))
    const waiting = budget.spend('a', () => Promise.resolve(shop.ask(1)))
    await settle()
    stop.abort(new Error('stopping'))
    await expect(waiting).rejects.toThrow('stopping')
    await expect(answered).rejects.toThrow('stopping')
    await expect(budget.spend('a', () => Promise.resolve(shop.ask(1)))).rejects.toThrow('stopping')
    expect(await time.pass()).toBe(false)
  })
})
