import { describe, expect, it } from 'vitest'
import { storeTime } from './store-time'

describe('the time of a question by the clock of the store', () => {
  it('is that of the answer less how long it took', () => {
    expect(storeTime('Sun, 22 Nov 2026 04:00:10 GMT', 5_000, 7_250)).toBe('2026-11-22T04:00:07.750000000Z')
  })

  it('is that of our own clock when the answer has no time', () => {
    const from = Date.parse('2026-11-22T04:00:00.123Z')
    for (const date of [null, 'yesterday'])
      expect(storeTime(date, from, from + 900)).toBe('2026-11-22T04:00:00.123000000Z')
  })
})
