import { describe, expect, it } from 'vitest'
import { type Call } from '../destination'
import { orderId } from '../load/order'
import { type Plan } from '../load/plan'
import { firstTaken, recordKey, waysOfOrders } from './taken-times'

const STORE = 'one.myshopify.com'
const key = (n: number) => recordKey(STORE, 'order', orderId(n))
const call = (records: string[], startedAt: number, endedAt: number, status: number | null = 200): Call => ({
  records,
  status,
  startedAt,
  endedAt,
})
const plan: Plan = {
  url: 'http://app',
  secret: 'secret',
  store: STORE,
  news: { kind: 'orders', first: 7 },
  seconds: 1,
  pace: { kind: 'open', perSecond: 2 },
}
const result = { acknowledged: 2, failed: 0, seconds: 1, latencies: [], startedAt: 10_000 }

describe('when the SaaS had what was sent', () => {
  it('counts the first call that was taken, not one that was refused, and not a second one', () => {
    const calls = [call(['a'], 1, 2, 503), call(['a', 'b'], 3, 4), call(['a'], 5, 6), call(['c'], 5, 6, null)]
    expect(firstTaken(calls)).toEqual(new Map(['a', 'b'].map((record) => [record, 4])))
    expect(firstTaken(calls, 'startedAt').get('a')).toBe(3)
  })

  it('counts the way of an order from when it was due', () => {
    const calls = [call([key(8)], 10_510, 10_520), call([key(7)], 10_020, 10_030)]
    expect(waysOfOrders(calls, plan, result)).toEqual([30, 20])
  })

  it('does not pass over an order that never came', () => {
    expect(() => waysOfOrders([call([key(7)], 1, 2)], plan, result)).toThrow('never got order 8')
  })
})
