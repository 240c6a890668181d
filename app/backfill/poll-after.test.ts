import { expect, it } from 'vitest'
import { pollAfter } from './poll-after'

it.each([
  [0, 2],
  [40, 10],
  [3_600, 60],
])('an export that has taken %i seconds is looked at again in %i', (taken, wait) => {
  const now = new Date('2026-11-21T12:00:00Z')
  const takenAt = new Date(now.getTime() - taken * 1_000).toISOString()
  expect(pollAfter(takenAt, now).getTime() - now.getTime()).toBe(wait * 1_000)
})
