import { describe, expect, it } from 'vitest'
import { percentile, quotients, spread, steadyRate, thirds } from './statistics'

describe('the statistics of the bench', () => {
  it('takes percentiles by the nearest rank, in whatever order the values come', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentile(values, 0.5)).toBe(50)
    expect(percentile(values, 0.99)).toBe(99)
    expect(percentile([7], 0.99)).toBe(7)
  })

  it('says how far rounds lie apart', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, least: 1, greatest: 3 })
  })

  it('divides round by round', () => {
    expect(quotients([2, 9], [4, 3])).toEqual([0.5, 3])
  })

  it('counts a drain from its first fifth to its very last record', () => {
    const slowStart = [0, 5_000, 6_000, 6_100, 6_200, 6_300, 6_400, 6_500, 6_600, 6_700]
    expect(steadyRate(slowStart)).toBe(10)
    expect(steadyRate([...slowStart.slice(0, -1), 7_400])).toBe(5)
    expect(steadyRate([1])).toBeNaN()
  })

  it('parts what came one after the other in three', () => {
    expect(thirds([1, 2, 3, 4, 5, 6, 7])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6, 7],
    ])
  })
})
