import { describe, expect, it } from 'vitest'
import { createLaneSignal } from './lane-signal'
import { createLane, type Lane, type LaneOptions, roomForCalls } from './lane'
import { renew } from './renew'
import { type Connection, type DeliveryTarget } from '../shops/read-delivery-target'

const NOW = new Date('2026-11-21T12:00:00Z')
const CONNECTION: Connection = {
  kind: 'merchant',
  address: 'https://saas.example',
  dialect: 'unified',
  sealedKey: Uint8Array.of(1),
  generation: 1,
  addressGeneration: 1,
  breaker: null,
  concurrency: 16,
  callsPerSecond: null,
  batchLimit: null,
  batchLimitAskedAt: null,
  state: 'connected',
  stateReason: null,
  pausedAt: null,
  probeAt: null,
}
type Limits = Partial<Pick<Connection, 'concurrency' | 'callsPerSecond'>>
const target = (limits: Limits): DeliveryTarget => ({
  shopId: 'shop',
  contexts: new Map(),
  connection: { ...CONNECTION, ...limits },
})
const laneWith = (limits: Limits = {}): Lane =>
  createLane('lane', target(limits), createLaneSignal(), { clock: () => NOW } as LaneOptions)

describe('a lane at work goes by new limits from the next call on', () => {
  it.each([1, 4, 32])('of calls at the same time: %i', (concurrency) => {
    const lane = laneWith()
    renew(lane, target({ concurrency }))
    expect(roomForCalls(lane)).toBe(concurrency)
  })

  it('of calls a second', () => {
    const lane = laneWith()
    renew(lane, target({ callsPerSecond: 30 }))
    expect(roomForCalls(lane)).toBe(3)
    renew(lane, target({ callsPerSecond: null }))
    expect(roomForCalls(lane)).toBe(16)
  })

  it('and stays as slow as the SaaS has asked it to be', () => {
    const lane = laneWith()
    lane.pace = { window: 2, threshold: 2, quietUntil: 0 }
    renew(lane, target({ concurrency: 32 }))
    expect(roomForCalls(lane)).toBe(2)
    renew(lane, target({ concurrency: 1 }))
    expect(roomForCalls(lane)).toBe(1)
  })
})
