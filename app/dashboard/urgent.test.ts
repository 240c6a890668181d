import { describe, expect, it } from 'vitest'
import { mostUrgent, type Situation } from './urgent'

const calm: Situation = {
  now: '2026-11-21T12:00:00Z',
  connectionState: 'connected',
  failed: 0,
  complianceDue: [],
  isAsking: false,
  reach: null,
}

describe('the most urgent thing', () => {
  it('is nothing when all is well', () => {
    expect(mostUrgent(calm)).toBeNull()
    expect(mostUrgent({ ...calm, complianceDue: ['2026-12-20T12:00:00Z'] })).toBeNull()
  })

  it('is a SaaS that takes nothing before records that it refused', () => {
    expect(mostUrgent({ ...calm, connectionState: 'refused', failed: 3 })).toEqual({
      kind: 'connection',
      state: 'refused',
    })
    expect(mostUrgent({ ...calm, failed: 3 })).toEqual({ kind: 'failed', count: 3 })
  })

  it('is the law past its date before all else', () => {
    const complianceDue = ['2026-11-20T12:00:00Z', '2026-11-22T12:00:00Z']

    expect(mostUrgent({ ...calm, connectionState: 'unreachable', complianceDue })).toEqual({
      kind: 'compliance',
      overdue: true,
      count: 1,
      dueAt: '2026-11-20T12:00:00Z',
    })
  })

  it('is the law near its date when nothing else is wrong', () => {
    const complianceDue = ['2026-11-24T12:00:00Z', '2026-11-25T12:00:00Z', '2026-12-21T12:00:00Z']

    expect(mostUrgent({ ...calm, complianceDue })).toMatchObject({
      kind: 'compliance',
      overdue: false,
      count: 2,
    })
    expect(mostUrgent({ ...calm, failed: 1, complianceDue })).toMatchObject({ kind: 'failed' })
  })

  it('is a question of ours before records that the SaaS refused, and not before a SaaS that takes nothing', () => {
    expect(mostUrgent({ ...calm, isAsking: true, failed: 3 })).toEqual({ kind: 'asking' })
    expect(mostUrgent({ ...calm, isAsking: true, connectionState: 'refused' })?.kind).toBe('connection')
  })

  it('is what is out of reach when nothing else is wrong', () => {
    const reach = {
      words: ['Orders of the last 60 days only.'],
      denied: ['Customer.email'],
      notice: 'reach/0123456789abcdef',
    }
    expect(mostUrgent({ ...calm, reach })).toEqual({ kind: 'reach', ...reach })
    expect(mostUrgent({ ...calm, reach, failed: 1 })?.kind).toBe('failed')
  })
})
