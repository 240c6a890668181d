import { describe, expect, it } from 'vitest'
import { percentile, spread } from './statistics'

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
})
