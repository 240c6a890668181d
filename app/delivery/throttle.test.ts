import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createThrottle } from './throttle'

const START = Date.UTC(2026, 10, 21, 12)
const at = (ms: number) => new Date(START + ms)

describe('a throttle', () => {
  it('lets everything through where there is no limit', () => {
    const throttle = createThrottle(null, at(0))
    throttle.take(1_000_000)
    expect(throttle.available(at(0))).toBe(Infinity)
    expect(throttle.waitMs(at(0))).toBe(0)
  })

  it('saves up a tenth of a second, and one call at least', () => {
    expect(createThrottle(100, at(0)).available(at(60_000))).toBe(10)
    expect(createThrottle(2, at(0)).available(at(60_000))).toBe(1)
  })

  it('says how long to wait, and lets a call through after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 50 }), (rate, taken) => {
        const throttle = createThrottle(rate, at(0))
        throttle.take(Math.min(taken, throttle.available(at(0))))
        const wait = throttle.waitMs(at(0))
        expect(wait === 0).toBe(throttle.available(at(0)) >= 1)
        expect(throttle.available(at(wait))).toBeGreaterThanOrEqual(1)
        expect(throttle.waitMs(at(wait))).toBe(0)
      }),
    )
  })

  it('never lets more through in any second than its rate and the tenth that was saved up', () => {
    const steps = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 400 }), wanted: fc.integer({ min: 0, max: 60 }) }),
      {
        minLength: 1,
        maxLength: 200,
      },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), steps, (rate, wanted) => {
        const throttle = createThrottle(rate, at(0))
        const calls: number[] = []
        let now = 0
        for (const step of wanted) {
          now += step.pause
          const allowed = Math.min(step.wanted, throttle.available(at(now)))
          throttle.take(allowed)
          for (let n = 0; n < allowed; n++) calls.push(now)
        }
        const most = rate + Math.max(1, rate / 10)
        for (const first of new Set(calls)) {
          const inSecond = calls.filter((time) => time >= first && time < first + 1_000)
          expect(inSecond.length).toBeLessThanOrEqual(most)
        }
      }),
    )
  })

  it('uses all of its rate when there is always more to send', () => {
    const throttle = createThrottle(50, at(0))
    let calls = 0
    for (let now = 0; now < 10_000; now += 10) {
      const allowed = throttle.available(at(now))
      throttle.take(allowed)
      calls += allowed
    }
    expect(calls).toBeGreaterThanOrEqual(499)
    expect(calls).toBeLessThanOrEqual(505)
  })

  it('is not fooled by a clock that goes backward', () => {
    const throttle = createThrottle(10, at(10_000))
    throttle.take(1)
    expect(throttle.available(at(0))).toBe(0)
    expect(throttle.available(at(100))).toBe(1)
  })
})
