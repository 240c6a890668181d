import { expect, it } from 'vitest'
import { manualClock, type Clock } from '../clock'
import { createRandom } from '../random'
import { triggerTimes } from './triggered-at'

const HOUR_MS = 3_600_000

it('trigger times grow, also within one millisecond', () => {
  const triggeredAt = triggerTimes(manualClock(), createRandom(1))
  const times = Array.from({ length: 1_000 }, triggeredAt)
  expect(times).toEqual([...new Set(times)].sort())
  expect(times[0]).toMatch(/^2026-11-21T12:00:00\.000\d{6}Z$/)
})

it('trigger times go back with a clock that is put back, as the other times of its store do', () => {
  let now = Date.parse('2026-11-21T12:00:00Z')
  const clock: Clock = { ...manualClock(), now: () => now }
  const triggeredAt = triggerTimes(clock, createRandom(1))
  triggeredAt()
  now -= 20 * HOUR_MS
  const times = [triggeredAt(), triggeredAt()]
  expect(times[0]).toMatch(/^2026-11-20T16:00:00/)
  expect(times).toEqual(times.toSorted())
})

it('trigger times still grow where a machine sets its clock right', () => {
  let now = Date.parse('2026-11-21T12:00:00Z')
  const clock: Clock = { ...manualClock(), now: () => now }
  const triggeredAt = triggerTimes(clock, createRandom(1))
  const before = triggeredAt()
  now -= 20
  expect(triggeredAt() > before).toBe(true)
})
