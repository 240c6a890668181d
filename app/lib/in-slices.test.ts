import { expect, it } from 'vitest'
import { inSlices } from './in-slices'

const going = new AbortController().signal

/** Work on so many things, and the sizes of the slices that it was done in. */
function workOn(count: number) {
  const slices: number[] = []
  return {
    slices,
    work: (size: number) => {
      const done = Math.min(size, count)
      count -= done
      slices.push(done)
      return Promise.resolve(done)
    },
  }
}

it.each([
  [25, [10, 10, 5]],
  [20, [10, 10, 0]],
  [0, [0]],
])('%d things are done in slices of ten, until one is not full', async (count, expected) => {
  const { work, slices } = workOn(count)
  expect(await inSlices(10, going, work)).toBe(count)
  expect(slices).toEqual(expected)
})

it('what is called off ends after the slice in hand', async () => {
  const stopping = new AbortController()
  const { work, slices } = workOn(100)
  const done = await inSlices(10, stopping.signal, (size) => {
    if (slices.length === 1) stopping.abort()
    return work(size)
  })
  expect(done).toBe(20)
  expect(await inSlices(10, stopping.signal, work)).toBe(0)
})
