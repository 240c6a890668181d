import { describe, expect, it } from 'vitest'
import { newestFirst } from './newest-first'

describe('newest first', () => {
  const times = Array.from({ length: 100 }, (_, index) => index)

  it('is 1 where the newest were delivered first, and 0 where the oldest were', () => {
    expect(newestFirst(times.toReversed())).toBe(1)
    expect(newestFirst(times)).toBe(0)
  })

  it('lies between where only some of the newest came early', () => {
    const half = times.toReversed()
    half.splice(95, 5, 200, 201, 202, 203, 204)
    expect(newestFirst(half)).toBe(0.5)
  })
})
