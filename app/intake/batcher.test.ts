import { describe, expect, it } from 'vitest'
import { BatcherFull, type BatcherLimits, createBatcher } from './batcher'

const LIMITS: BatcherLimits = { batch: 3, waiting: 6, commits: 1, crowd: 1 }

/** A batcher whose commits a test lets through one by one, and the batches that it made. */
function gated(limits = LIMITS) {
  const batches: number[][] = []
  const gates: (() => void)[] = []
  const batcher = createBatcher<number, string>(async (items) => {
    batches.push(items)
    await new Promise<void>((open) => gates.push(open))
    return items.map((item) => ({ status: 'fulfilled', value: `#${item}` }))
  }, limits)
  const open = async () => {
    while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve))
    gates.shift()!()
  }
  return { batcher, batches, open }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a batcher', () => {
  it('commits together what arrives while a commit is under way, and answers each its own', async () => {
    const { batcher, batches, open } = gated()
    const results = [batcher.add(1)]
    await turn()
    await turn()
    results.push(batcher.add(2), batcher.add(3), batcher.add(4), batcher.add(5))
    for (const _ of [1, 2, 3]) await open()
    expect(await Promise.all(results)).toEqual(['#1', '#2', '#3', '#4', '#5'])
    expect(batches).toEqual([[1], [2, 3, 4], [5]])
  })

  it('begins a second commit beside the first when enough wait for it, and no third', async () => {
    const { batcher, batches, open } = gated({ batch: 3, waiting: 20, commits: 2, crowd: 3 })
    const results = [batcher.add(1)]
    await turn()
    await turn()
    results.push(batcher.add(2), batcher.add(3))
    await turn()
    expect(batches).toEqual([[1]])

    results.push(batcher.add(4))
    await turn()
    await turn()
    results.push(batcher.add(5), batcher.add(6), batcher.add(7))
    await turn()
    await turn()
    expect(batches).toEqual([[1], [2, 3, 4]])

    for (const _ of [1, 2, 3]) await open()
    expect(await Promise.all(results)).toEqual(['#1', '#2', '#3', '#4', '#5', '#6', '#7'])
    expect(batches).toEqual([[1], [2, 3, 4], [5, 6, 7]])
    await batcher.idle()
  })

  it('commits what is less than a crowd when the last of two commits has ended', async () => {
    const { batcher, batches, open } = gated({ batch: 2, waiting: 20, commits: 2, crowd: 2 })
    const results = [1, 2, 3, 4].map((item) => batcher.add(item))
    await turn()
    await turn()
    results.push(batcher.add(5))
    for (const _ of [1, 2, 3]) await open()
    expect(await Promise.all(results)).toEqual(['#1', '#2', '#3', '#4', '#5'])
    expect(batches).toEqual([[1, 2], [3, 4], [5]])
  })

  it('refuses what comes when too many wait, and takes again when they are gone', async () => {
    const { batcher, open } = gated()
    const waiting = Array.from({ length: 6 }, (_, n) => batcher.add(n))
    await expect(batcher.add(7)).rejects.toThrow(BatcherFull)
    await open()
    await open()
    await Promise.all(waiting)
    const late = batcher.add(8)
    await open()
    expect(await late).toBe('#8')
  })

  it('forgets nobody who comes in answer to an answer', async () => {
    const batcher = createBatcher<number, number>(
      (items) => Promise.resolve(items.map((value) => ({ status: 'fulfilled', value }))),
      LIMITS,
    )
    for (let n = 0; n < 200; n++) expect(await batcher.add(n)).toBe(n)
  })

  it('fails the members of a failed commit only, each alone where the commit says so', async () => {
    const batcher = createBatcher<string, string>((items) => {
      if (items.includes('all')) return Promise.reject(new Error('all failed'))
      return Promise.resolve(
        items.map((item) =>
          item === 'bad'
            ? { status: 'rejected', reason: new Error('bad') }
            : { status: 'fulfilled', value: item },
        ),
      )
    }, LIMITS)
    expect(await Promise.allSettled(['a', 'bad', 'b'].map((item) => batcher.add(item)))).toMatchObject([
      { value: 'a' },
      { reason: { message: 'bad' } },
      { value: 'b' },
    ])
    expect(await Promise.allSettled(['a', 'all'].map((item) => batcher.add(item)))).toMatchObject([
      { reason: { message: 'all failed' } },
      { reason: { message: 'all failed' } },
    ])
    expect(await batcher.add('after')).toBe('after')
  })

  it('is idle when nothing waits and nothing is under way', async () => {
    const { batcher, open } = gated()
    await batcher.idle()
    const added = [batcher.add(1), batcher.add(2)]
    let isIdle = false
    const idle = batcher.idle().then(() => (isIdle = true))
    await turn()
    expect(isIdle).toBe(false)
    await open()
    await idle
    expect(await Promise.all(added)).toEqual(['#1', '#2'])
  })
})
