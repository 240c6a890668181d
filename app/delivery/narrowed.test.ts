import { expect, it } from 'vitest'
import { type Database } from '~/db.server'
import { narrowed } from './narrowed'

it('a narrowed database is asked for no more at once than it allows, statements and transactions together, in their order', async () => {
  const answers: (() => void)[] = []
  const begun: string[] = []
  const work = (name: string) =>
    new Promise<never>((resolve) => {
      begun.push(name)
      answers.push(() => resolve(name as never))
    })
  const db = { query: (text: string) => work(text), transaction: () => work('transaction') }
  const narrow = narrowed(db as unknown as Database, 2)

  const all = Promise.all([
    narrow.query('one'),
    narrow.transaction(() => Promise.resolve()),
    narrow.query('two'),
    narrow.query('three'),
  ])
  await Promise.resolve()
  expect(begun).toEqual(['one', 'transaction'])
  for (let n = 0; n < 4; n++) {
    answers[n]!()
    await new Promise((resolve) => setImmediate(resolve))
    expect(begun).toHaveLength(Math.min(4, n + 3))
  }
  expect(await all).toEqual(['one', 'transaction', 'two', 'three'])
})
