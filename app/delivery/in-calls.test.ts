import { describe, expect, it } from 'vitest'
import { inCalls } from './in-calls'
import { type Send } from './prepare-send'

/** Records with bodies of these lengths. */
const sends = (...lengths: number[]) =>
  lengths.map((bytes, n) => ({ bytes, row: { claimId: `0-${n}` } }) as Send)
const loads = (lengths: number[], records: number, bytes: number) =>
  inCalls(sends(...lengths), { records, bytes }).map((call) => call.sends.map((send) => send.bytes))

describe('records in calls', () => {
  it('are as many as one call may carry', () => {
    expect(loads([1, 1, 1, 1, 1], 2, 100)).toEqual([[1, 1], [1, 1], [1]])
    expect(loads([1, 1], 1, 100)).toEqual([[1], [1]])
    expect(loads([], 2, 100)).toEqual([])
  })

  it('are no more than a call may weigh, in their order', () => {
    expect(loads([40, 40, 20, 50, 51], 50, 100)).toEqual([[40, 40, 20], [50], [51]])
  })

  it('go alone where one is larger than that', () => {
    expect(loads([10, 101, 10, 500, 500], 50, 100)).toEqual([[10], [101], [10], [500], [500]])
  })

  it('are traced by the first of each call', () => {
    const calls = inCalls(sends(1, 1, 1), { records: 2, bytes: 100 })
    expect(calls.map(({ traceId }) => traceId)).toEqual(['00', '02'])
  })
})
