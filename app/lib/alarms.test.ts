import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAlarms } from './alarms'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const inMs = (ms: number) => new Date(Date.now() + ms)

function heard() {
  const rung: string[] = []
  const alarms = createAlarms(
    () => new Date(Date.now()),
    (key) => rung.push(key),
  )
  return { rung, alarms }
}

it('rings once for a key, at the earliest of its times', () => {
  const { rung, alarms } = heard()
  alarms.set('a', inMs(5_000))
  alarms.set('a', inMs(2_000))
  alarms.set('a', inMs(9_000))
  vi.advanceTimersByTime(1_999)
  expect(rung).toEqual([])
  vi.advanceTimersByTime(60_000)
  expect(rung).toEqual(['a'])
})

it('can be set again after it has rung, and for a time that is over', () => {
  const { rung, alarms } = heard()
  alarms.set('a', inMs(-1))
  vi.advanceTimersByTime(0)
  alarms.set('a', inMs(1))
  alarms.set('b', inMs(1))
  vi.advanceTimersByTime(1)
  expect(rung).toEqual(['a', 'a', 'b'])
})

it('leaves what is far away to somebody else', () => {
  const { rung, alarms } = heard()
  alarms.set('a', inMs(60_001))
  vi.advanceTimersByTime(600_000)
  expect(rung).toEqual([])
})

it('is silent after its end', () => {
  const { rung, alarms } = heard()
  alarms.set('a', inMs(1))
  alarms.end()
  alarms.set('b', inMs(1))
  vi.advanceTimersByTime(10)
  expect(rung).toEqual([])
})

it('lets a key sleep: neither a time that was set rings before, nor one that is set meanwhile', () => {
  const { rung, alarms } = heard()
  alarms.set('a', inMs(1_000))
  alarms.sleep('a', inMs(5_000))
  alarms.set('a', inMs(2_000))
  expect([alarms.isAsleep('a'), alarms.isAsleep('b')]).toEqual([true, false])
  vi.advanceTimersByTime(4_999)
  expect(rung).toEqual([])
  vi.advanceTimersByTime(1)
  expect(rung).toEqual(['a'])
  expect(alarms.isAsleep('a')).toBe(false)
})

it('lets nothing sleep for longer than a minute, and nothing after its end', () => {
  const { rung, alarms } = heard()
  alarms.sleep('a', inMs(3_600_000))
  vi.advanceTimersByTime(60_000)
  expect(rung).toEqual(['a'])
  alarms.end()
  alarms.sleep('a', inMs(1))
  expect(alarms.isAsleep('a')).toBe(false)
})
