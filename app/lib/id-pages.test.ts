import { expect, it } from 'vitest'
import { idPages } from './id-pages'

const IDS = Array.from({ length: 5 }, (_, n) => `0000000${n + 1}-0000-7000-8000-000000000000`)
const read = (after: string, size: number) =>
  Promise.resolve(
    IDS.filter((id) => id > after)
      .slice(0, size)
      .map((id) => ({ id })),
  )

async function pagesOf(size: number, source: typeof read): Promise<string[][]> {
  const pages = []
  for await (const page of idPages(size, new AbortController().signal, source)) pages.push(page)
  return pages
}

it.each([1, 2, 5, 6])('every id is in one page of at most %i', async (size) => {
  const pages = await pagesOf(size, read)
  expect(pages.flat()).toEqual(IDS)
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(size)
})

it('there is no page of an empty table', async () => {
  expect(await pagesOf(2, () => Promise.resolve([]))).toEqual([])
})

it('nothing is read any more once it has been called off', async () => {
  const called = new AbortController()
  const pages = []
  for await (const page of idPages(2, called.signal, read)) {
    pages.push(page)
    called.abort()
  }
  expect(pages).toEqual([IDS.slice(0, 2)])
})
