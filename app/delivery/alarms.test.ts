import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { type Alarms, createAlarms } from './alarms'

const NOW = new Date('2026-11-21T12:00:00Z')
const LONG_MS = 50_000
const inMs = (ms: number) => new Date(NOW.getTime() + ms)

let rung: string[]
let alarms: Alarms
const open = () => {
  rung = []
  alarms = createAlarms(
    () => NOW,
    (shopId) => rung.push(shopId),
  )
}
afterEach(() => alarms.stop())
const isRung = (times: number) => until(`it has rung ${times} times`, () => rung.length >= times)

describe('the alarms of a process', () => {
  it('wake a shop once, at the earliest of its times, and another at its own', async () => {
    open()
    alarms.set('tea', inMs(LONG_MS))
    alarms.set('tea', inMs(5))
    alarms.set('tea', inMs(10))
    alarms.set('coffee', inMs(-10))
    await isRung(2)
    await pause(20)
    expect(rung.sort()).toEqual(['coffee', 'tea'])
    alarms.set('tea', inMs(5))
    await isRung(3)
  })

  it('let a shop sleep: no other time wakes it before, neither an earlier one nor one that was set', async () => {
    open()
    alarms.set('tea', inMs(5))
    alarms.sleep('tea', inMs(LONG_MS))
    alarms.set('tea', inMs(5))
    expect([alarms.isAsleep('tea'), alarms.isAsleep('coffee')]).toEqual([true, false])
    await pause(20)
    expect(rung).toEqual([])
    alarms.sleep('tea', inMs(1))
    await isRung(1)
    expect(alarms.isAsleep('tea')).toBe(false)
  })

  it('remember nothing that is more than a minute away', async () => {
    open()
    alarms.set('tea', inMs(3_600_000))
    alarms.set('tea', inMs(5))
    await isRung(1)
  })

  it('are silent when they were stopped', async () => {
    open()
    alarms.set('tea', inMs(5))
    alarms.sleep('coffee', inMs(5))
    alarms.stop()
    alarms.set('milk', inMs(5))
    alarms.sleep('cream', inMs(5))
    await pause(20)
    expect(rung).toEqual([])
  })
})
