import { describe, expect, it } from 'vitest'
import { distance, finding, inWords, isReached, latencyReading } from './finding'

describe('a number to reach', () => {
  it('is reached when the middle round reaches it', () => {
    expect(isReached(finding('acknowledgements-of-remix', [1.7, 1.8, 2.5]))).toBe(true)
    expect(isReached(finding('acknowledgements-of-remix', [1.7, 1.79, 2.5]))).toBe(false)
    expect(isReached(finding('delivery-p50', [49.9]))).toBe(true)
    expect(isReached(finding('delivery-p50', [50]))).toBe(false)
    expect(isReached(finding('burst-calls', [0.2]))).toBe(true)
  })

  it('is a promise to every round where one failure is a failure', () => {
    expect(isReached(finding('backlog-neighbour', [10, 20, 1_200]))).toBe(false)
    expect(isReached(finding('burst-differences', [0, 0, 1]))).toBe(false)
  })

  it('is not reached when nothing was measured', () => {
    expect(isReached(finding('delivery-p50', []))).toBe(false)
    expect(isReached(finding('growth-intake', []))).toBe(false)
  })

  it('says how far it is', () => {
    expect(distance(finding('acknowledgements-of-remix', [0.9]))).toBe('50 % short')
    expect(distance(finding('delivery-p50', [125]))).toBe('2.50 times what it may be')
    expect(distance(finding('burst-differences', [0, 3]))).toBe('3 too many')
  })

  it('is written with its spread, if there is any', () => {
    expect(inWords({ median: 2, least: 1, greatest: 3 }, 1, ' ms')).toBe('2.0 ms (1.0 – 3.0)')
    expect(inWords({ median: 2, least: 2, greatest: 2 }, 0)).toBe('2')
    expect(latencyReading('it', [{ p50: 1, p99: 2 }]).measured).toBe('p50 1.0 ms, p99 2.0 ms')
  })
})
