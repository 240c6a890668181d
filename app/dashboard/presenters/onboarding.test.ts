import { describe, expect, it } from 'vitest'
import { DAY_MS } from '~/lib/time'
import { type ConnectionView } from './connection.server'
import { onboardingOf } from './onboarding.server'

const NOW = new Date('2026-11-22T10:00:00Z')
const CONNECTION: ConnectionView = {
  id: 'c',
  state: 'connected',
  stateReason: null,
  pausedAt: null,
  address: { kind: 'built_in' },
  dialect: 'unified',
  piiPolicy: 'minimal',
  resources: ['order'],
  lastDeliveredAt: null,
}
const beginning = { connection: CONNECTION, firstSyncAt: null, dismissed: new Set<string>(), now: NOW }

describe('the first steps', () => {
  it('tick themselves off', () => {
    expect(onboardingOf({ ...beginning, connection: null })).toEqual({
      isConnected: false,
      mirrored: [],
      isSynced: false,
    })
    expect(onboardingOf(beginning)).toEqual({ isConnected: true, mirrored: ['order'], isSynced: false })
    expect(onboardingOf({ ...beginning, firstSyncAt: NOW })?.isSynced).toBe(true)
  })

  it('are open again for a SaaS that was disconnected', () => {
    const connection = { ...CONNECTION, state: 'not_connected' as const }
    expect(onboardingOf({ ...beginning, connection, firstSyncAt: new Date(0) })?.isConnected).toBe(false)
  })

  it('go when they were put away, and by themselves a day after the last', () => {
    expect(onboardingOf({ ...beginning, dismissed: new Set(['onboarding']) })).toBeNull()
    const aDayAgo = new Date(NOW.getTime() - DAY_MS)
    expect(onboardingOf({ ...beginning, firstSyncAt: aDayAgo })).not.toBeNull()
    expect(onboardingOf({ ...beginning, firstSyncAt: new Date(aDayAgo.getTime() - 1) })).toBeNull()
  })
})
