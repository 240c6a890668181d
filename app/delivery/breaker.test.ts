import { describe, expect, it } from 'vitest'
import { type Breaker } from '../contracts/breaker'
import { afterCall, isTripped, opened, UNTRIED } from './breaker'

const START = Date.UTC(2026, 10, 21, 12)

/** The breaker after these calls, one every so many milliseconds; `true` is a failure. */
function after(calls: boolean[], everyMs = 100, breaker: Breaker = UNTRIED, from = START): Breaker {
  return calls.reduce(
    (sofar, isFailure, index) => afterCall(sofar, isFailure, new Date(from + index * everyMs)),
    breaker,
  )
}
const fails = (count: number) => Array.from({ length: count }, () => true)
const works = (count: number) => Array.from({ length: count }, () => false)
/** As many failures among as many calls, none of them ten in a row, the last a failure. */
const mixed = (failures: number, successes: number) => [...works(successes), ...fails(failures)]

describe('a breaker', () => {
  it('opens after ten failures in a row, however slowly they come', () => {
    expect(isTripped(after(fails(9), 3_600_000))).toBe(false)
    expect(isTripped(after(fails(10), 3_600_000))).toBe(true)
  })

  it('starts to count the row anew with each success', () => {
    const calls = [...works(20), ...fails(9), false, ...fails(9)]
    expect(after(calls)).toMatchObject({ inARow: 9 })
    expect(isTripped(after(calls))).toBe(false)
  })

  it.each([
    ['seven of ten', mixed(7, 3), true],
    ['six of nine', mixed(6, 3), false],
    ['nine of nine, which are too few calls', fails(9), false],
    ['six of ten', mixed(6, 4), false],
    ['nine of fifteen', mixed(9, 6), false],
    ['seventy of a hundred', Array.from({ length: 100 }, (_, n) => n % 10 >= 3), true],
    ['sixty-nine of a hundred', Array.from({ length: 100 }, (_, n) => n % 10 >= 3 && n !== 99), false],
  ])('of a minute: %s failures', (_name, calls, trips) => {
    expect(isTripped(after(calls))).toBe(trips)
  })

  it('forgets what is older than a minute', () => {
    const bad = after([...works(3), ...fails(7)])
    expect(isTripped(bad)).toBe(true)
    const later = afterCall(afterCall(bad, false, new Date(START + 61_000)), true, new Date(START + 61_000))
    expect(later.slots).toEqual([{ slot: Math.floor((START + 61_000) / 10_000), calls: 2, failures: 1 }])
    expect(isTripped(later)).toBe(false)
  })

  it('keeps six slots at most, each with its own count', () => {
    const { slots } = after(fails(100), 1_000)
    expect(slots.map(({ calls }) => calls)).toEqual([10, 10, 10, 10, 10, 10])
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(6)
  })

  it('leaves the SaaS alone for ten seconds, then for twice as long each time, five minutes at most', () => {
    const waits: number[] = []
    let breaker = after(fails(10))
    for (let n = 0; n < 8; n++) {
      const next = opened(breaker)
      waits.push(next.waitMs / 1000)
      breaker = afterCall(next.breaker, true, new Date(START))
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300, 300])
  })

  it('begins with ten seconds again after a success', () => {
    const twice = opened(opened(after(fails(10))).breaker).breaker
    expect(twice.openings).toBe(2)
    expect(opened(afterCall(twice, false, new Date(START))).waitMs).toBe(10_000)
  })
})
