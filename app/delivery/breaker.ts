import { type Breaker } from '../contracts/breaker'

const SLOT_MS = 10_000
const WINDOW_SLOTS = 6
/** It opens on this share of failures … */
const FAILING_SHARE = 0.7
/** … of at least so many calls in a minute; or on so many failures in a row. */
const ENOUGH_CALLS = 10
const FIRST_PROBE_MS = 10_000
const LAST_PROBE_MS = 5 * 60_000

/** A breaker that has seen nothing. */
export const UNTRIED: Breaker = { slots: [], inARow: 0, openings: 0 }

/** The breaker after a call. Pure. */
export function afterCall(breaker: Breaker, isFailure: boolean, now: Date): Breaker {
  const slot = Math.floor(now.getTime() / SLOT_MS)
  const recent = breaker.slots.filter((one) => one.slot > slot - WINDOW_SLOTS)
  const last = recent.at(-1)
  const current = last?.slot === slot ? last : { slot, calls: 0, failures: 0 }
  const failed = isFailure ? 1 : 0
  return {
    slots: [
      ...recent.filter((one) => one !== current),
      { slot, calls: current.calls + 1, failures: current.failures + failed },
    ],
    inARow: isFailure ? breaker.inARow + 1 : 0,
    openings: isFailure ? breaker.openings : 0,
  }
}

/** Whether so much has failed that the SaaS is to be left alone. */
export function isTripped({ slots, inARow }: Breaker): boolean {
  const calls = slots.reduce((sum, slot) => sum + slot.calls, 0)
  const failures = slots.reduce((sum, slot) => sum + slot.failures, 0)
  return inARow >= ENOUGH_CALLS || (calls >= ENOUGH_CALLS && failures >= calls * FAILING_SHARE)
}

/** The breaker that has just opened, and how long until the SaaS is tried again, in milliseconds: 10 s, doubling to 5 min. */
export function opened(breaker: Breaker): { breaker: Breaker; waitMs: number } {
  const waitMs = Math.min(FIRST_PROBE_MS * 2 ** breaker.openings, LAST_PROBE_MS)
  return { breaker: { ...breaker, openings: breaker.openings + 1 }, waitMs }
}
