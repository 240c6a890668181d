import { describe, expect, it } from 'vitest'
import { ConnectionState } from '../contracts/states'
import { gateOf, heldBecause } from './gate'

const NOW = new Date('2026-11-21T12:00:00Z')
const BEFORE = new Date(NOW.getTime() - 1)
const AFTER = new Date(NOW.getTime() + 1)
const facts = {
  state: 'connected' as ConnectionState,
  stateReason: null as string | null,
  pausedAt: null as Date | null,
}

describe('the gate of a connection', () => {
  it.each([
    ['open while nothing closes it', { probeAt: null }, 'open'],
    ['closed until it may be tried', { probeAt: AFTER }, 'closed'],
    ['a probe from that moment on', { probeAt: NOW }, 'probe'],
    ['a probe afterwards', { probeAt: BEFORE }, 'probe'],
    ['closed while a person has paused it', { probeAt: null, pausedAt: BEFORE }, 'closed'],
    ['closed while paused, also when it could be tried', { probeAt: BEFORE, pausedAt: BEFORE }, 'closed'],
    ['closed while it is not connected', { probeAt: null, state: 'not_connected' as const }, 'closed'],
    [
      'closed while not connected, also when it could be tried',
      { probeAt: BEFORE, state: 'not_connected' as const },
      'closed',
    ],
  ])('is %s', (_name, given, expected) => {
    expect(gateOf({ ...facts, ...given }, NOW)).toBe(expected)
  })

  it('depends on the state only where that is not_connected', () => {
    for (const state of ConnectionState.options) {
      expect(gateOf({ ...facts, state, probeAt: null }, NOW)).toBe(
        state === 'not_connected' ? 'closed' : 'open',
      )
    }
  })
})

describe('why records are held', () => {
  it.each([
    ['connected', null],
    ['unreachable', null],
    ['refused', 'Why.'],
    ['misdirected', 'Why.'],
    ['paused', 'Why.'],
    ['not_connected', 'Why.'],
  ] as const)('%s', (state, expected) => {
    const stateReason = 'Why.'
    expect(heldBecause({ state, stateReason, pausedAt: null })).toBe(expected)
    expect(heldBecause({ state, stateReason, pausedAt: NOW })).toBe('Sending is paused.')
  })

  it('has words also where none are stored', () => {
    expect(heldBecause({ state: 'refused', stateReason: null, pausedAt: null })).toMatch(/[a-z]/)
  })
})
