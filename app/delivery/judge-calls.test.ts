import { describe, expect, it } from 'vitest'
import { type DeliveryOutcome } from '../contracts/outcome'
import { UNTRIED } from './breaker'
import { judgeCall, type Standing, standingOf } from './judge-calls'

const NOW = new Date('2026-11-21T12:00:00Z')
const EARLIER = new Date('2026-11-21T11:59:00Z')
const seconds = (count: number) => new Date(NOW.getTime() + count * 1_000)

const because = { httpStatus: 500, code: 'C', detail: 'Because.' }
const OUTCOMES: Record<DeliveryOutcome['kind'], DeliveryOutcome> = {
  delivered: { kind: 'delivered', httpStatus: 200 },
  superseded: { kind: 'superseded', httpStatus: 200 },
  rejected: { kind: 'rejected', ...because },
  waits: { kind: 'waits', ...because },
  misdirected: { kind: 'misdirected', ...because },
  unauthorised: { kind: 'unauthorised', ...because },
  paused: { kind: 'paused', ...because },
  unavailable: { kind: 'unavailable', ...because },
}
const WELL: Standing = { state: 'connected', reason: null, probeAt: null, breaker: UNTRIED }
const GATES: Record<'open' | 'probe' | 'closed', { standing: Standing; isProbe: boolean }> = {
  open: { standing: WELL, isProbe: false },
  /** The call is the one that tries a connection which was refused. */
  probe: { standing: { ...WELL, state: 'refused', reason: 'No.', probeAt: EARLIER }, isProbe: true },
  /** The call was under way when the gate closed. */
  closed: { standing: { ...WELL, state: 'refused', reason: 'No.', probeAt: seconds(50) }, isProbe: false },
}
const judge = (kind: DeliveryOutcome['kind'], gate: keyof typeof GATES) =>
  judgeCall(GATES[gate].standing, OUTCOMES[kind], GATES[gate].isProbe, NOW)

const connected = { state: 'connected', reason: null, probeAt: null }
const stays = { state: 'refused', reason: 'No.', probeAt: seconds(50) }
const held = (state: Standing['state']) => ({ state, reason: 'Because.', probeAt: seconds(60) })

describe('what a call makes of its connection', () => {
  it.each([
    ['delivered', connected, connected, stays],
    ['superseded', connected, connected, stays],
    ['rejected', connected, connected, stays],
    ['waits', connected, connected, stays],
    ['misdirected', held('misdirected'), held('misdirected'), held('misdirected')],
    ['unauthorised', held('refused'), held('refused'), held('refused')],
    ['paused', held('paused'), held('paused'), held('paused')],
    ['unavailable', connected, { state: 'unreachable', reason: 'Because.', probeAt: seconds(10) }, stays],
  ] as const)(
    '%s, with the gate open, as a probe, and with the gate closed meanwhile',
    (kind, ...expected) => {
      expect([judge(kind, 'open'), judge(kind, 'probe'), judge(kind, 'closed')]).toMatchObject(expected)
    },
  )

  it('says something of every outcome and every gate', () => {
    for (const kind of Object.keys(OUTCOMES) as DeliveryOutcome['kind'][]) {
      for (const gate of Object.keys(GATES) as (keyof typeof GATES)[]) {
        const { state, reason, probeAt } = judge(kind, gate)
        expect(reason === null, `${kind} ${gate}`).toBe(state === 'connected')
        expect(probeAt === null || probeAt > NOW).toBe(true)
      }
    }
  })

  it('closes the gate at the tenth failure in a row, and leaves it at that for those that were under way', () => {
    let standing = WELL
    const fail = (isProbe = false) => (standing = judgeCall(standing, OUTCOMES.unavailable, isProbe, NOW))
    for (let n = 0; n < 9; n++) fail()
    expect(standing).toMatchObject({ ...connected, breaker: { inARow: 9 } })
    fail()
    expect(standing).toMatchObject({ state: 'unreachable', probeAt: seconds(10), breaker: { openings: 1 } })
    for (let n = 0; n < 6; n++) fail()
    expect(standing).toMatchObject({ probeAt: seconds(10), breaker: { openings: 1 } })
    fail(true)
    expect(standing).toMatchObject({ probeAt: seconds(20), breaker: { openings: 2 } })
  })

  it('forgets what failed before a successful probe: one more failure does not close the gate again', () => {
    let standing = WELL
    for (let n = 0; n < 10; n++) standing = judgeCall(standing, OUTCOMES.unavailable, false, NOW)
    standing = judgeCall(standing, OUTCOMES.delivered, true, seconds(10))
    expect(standing).toEqual(WELL)
    standing = judgeCall(standing, OUTCOMES.unavailable, false, seconds(11))
    expect(standing).toMatchObject(connected)
  })

  it('a late success of a call that was under way does not open a closed gate', () => {
    expect(judge('delivered', 'closed')).toEqual(GATES.closed.standing)
  })

  it('a connection that refused and now cannot be reached is tried like one that cannot be reached', () => {
    const probe = judge('unavailable', 'probe')
    expect(probe.state).toBe('unreachable')
    expect(judgeCall(probe, OUTCOMES.unavailable, true, NOW)).toMatchObject({ probeAt: seconds(20) })
  })

  it('takes what is stored, with a breaker that has seen nothing where none is', () => {
    expect(standingOf({ state: 'connected', reason: null, probeAt: null, breaker: null })).toEqual(WELL)
    const breaker = { ...UNTRIED, inARow: 3 }
    expect(standingOf({ state: 'unreachable', reason: 'R', probeAt: NOW, breaker })).toMatchObject({
      breaker,
    })
  })
})
