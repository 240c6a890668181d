import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS, waitAfter } from './backoff'

const waits = (random: () => number) =>
  Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => waitAfter(index + 1, random) ?? Number.NaN)
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const HOUR = 3_600_000

describe('the waits between calls', () => {
  it('begin with seconds and end hourly', () => {
    const unjittered = waits(() => 0.5).map((wait) => wait / 1000)
    expect(unjittered.slice(0, 7)).toEqual([5, 15, 45, 120, 300, 900, 3600])
    expect(new Set(unjittered.slice(6))).toEqual(new Set([3600]))
  })

  it('last more than 27.6 hours before a record is a dead letter, even when all are at their shortest, and less than two days', () => {
    expect(sum(waits(() => 0)) / HOUR).toBeGreaterThan(27.6)
    expect(sum(waits(() => 0.999_999)) / HOUR).toBeLessThan(48)
    expect(waitAfter(MAX_ATTEMPTS)).toBeNull()
  })

  it('are jittered by a fifth, either way', () => {
    expect(waitAfter(1, () => 0)).toBe(4_000)
    expect(waitAfter(1, () => 0.999_999)).toBe(6_000)
    for (let n = 0; n < 200; n++) {
      const wait = waitAfter(7)!
      expect(wait).toBeGreaterThanOrEqual(0.8 * HOUR)
      expect(wait).toBeLessThanOrEqual(1.2 * HOUR)
    }
  })
})
