import { describe, expect, it } from 'vitest'
import { readAhead } from './read-ahead'

/** Numbers that tell when they are made. */
async function* numbers(made: number[], until = 5, failure?: Error): AsyncGenerator<number> {
  for (let n = 1; n <= until; n++) {
    await Promise.resolve()
    made.push(n)
    yield n
  }
  if (failure) throw failure
}

async function listOf<T>(each: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const one of each) list.push(one)
  return list
}

const aMoment = () => new Promise((resolve) => setImmediate(resolve))

describe('reading ahead', () => {
  it('gives the same, in order', async () => {
    expect(await listOf(readAhead(numbers([])))).toEqual([1, 2, 3, 4, 5])
    expect(await listOf(readAhead(numbers([], 0)))).toEqual([])
  })

  it('makes the next one while one is worked on, and no more', async () => {
    const made: number[] = []
    for await (const n of readAhead(numbers(made))) {
      await aMoment()
      expect(made.at(-1)).toBe(Math.min(n + 1, 5))
    }
  })

  it('gives all that came before a failure', async () => {
    const got: number[] = []
    const all = async () => {
      for await (const n of readAhead(numbers([], 2, new Error('cut')))) {
        await aMoment()
        got.push(n)
      }
    }
    await expect(all()).rejects.toThrow('cut')
    expect(got).toEqual([1, 2])
  })

  it('ends at once for who stops early, even where the next one never comes', async () => {
    async function* stalling() {
      yield 1
      await new Promise(() => undefined)
    }
    for await (const _ of readAhead(stalling())) break
    const made: number[] = []
    for await (const _ of readAhead(numbers(made))) break
    await aMoment()
    expect(made.length).toBeLessThanOrEqual(2)
  })
})
