import { expect, it } from 'vitest'
import { inPages } from './in-pages'

async function* upTo(count: number) {
  for (let n = 1; n <= count; n++) yield await Promise.resolve(n)
}

it.each([
  [0, []],
  [1, [[1]]],
  [2, [[1, 2]]],
  [5, [[1, 2], [3, 4], [5]]],
])('%i come in pages of two', async (count, pages) => {
  const seen: number[][] = []
  for await (const page of inPages(upTo(count), 2)) seen.push(page)
  expect(seen).toEqual(pages)
})
