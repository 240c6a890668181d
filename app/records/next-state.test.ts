import { describe, expect, it } from 'vitest'
import { type RecordState } from '../contracts/states'
import { type Desired, desiredHash } from './compose-record'
import { type Known, NOTHING } from './known'
import { ASKING_MS, nextState } from './next-state'
import { type RecordContext } from '../contracts/record-context'
import { type RecordRow } from './record-row'

const NOW = new Date('2026-11-21T12:00:00Z')
const LATER = new Date('2026-11-21T13:00:00Z')
const EARLIER = new Date('2026-11-21T11:00:00Z')
const time = (second: number) => `2026-11-21T10:00:0${second}.000000000Z`

const context: RecordContext = {
  shopId: 'shop',
  sourceConnectionId: 'source',
  platform: 'shopify',
  store: 'tea.myshopify.com',
  currency: 'EUR',
  piiPolicy: 'minimal',
  removals: {},
  addressGeneration: 1,
  resources: ['order'],
  askable: [],
  includeTestOrders: false,
  erasedFields: [],
  generation: 1,
  heldBecause: null,
}

const knownAt = (second: number): Known => ({
  ...NOTHING,
  parts: { core: { asOf: { updatedAt: time(second), triggeredAt: time(second), tie: '' }, data: {} } },
})
const order = (number: string, more: object = {}): Desired => ({
  action: 'updated',
  data: { number, ...more },
})
const DELIVERED = order('#1')
const WAITING = order('#2')
const NEW = order('#3')

type Row = Omit<RecordRow, 'known' | 'changedAt'>

/** A record in that state, which had #1 delivered and wants #2 unless it is in step. A claim forgets what was delivered. */
function row(state: RecordState, more: Partial<Row> = {}): Row {
  const isInStep = state === 'in_step' || state === 'deleted'
  const keepsDelivered = isInStep || state === 'waiting'
  const isScheduled = state === 'retrying' || state === 'held' || state === 'delivering'
  return {
    id: 'record',
    sourceConnectionId: 'source',
    resource: 'order',
    externalId: '7',
    state,
    reason: isScheduled || state === 'dead' ? 'Because.' : null,
    desiredUpdatedAt: time(1),
    desiredTriggeredAt: time(1),
    desiredAction: 'updated',
    desiredHash: desiredHash(isInStep ? DELIVERED : WAITING),
    revision: '1000',
    placedGeneration: null,
    deliveredHash: keepsDelivered ? desiredHash(DELIVERED) : null,
    deliveredBodyHash: null,
    deliveredGeneration: 1,
    attempts: isScheduled ? 3 : 0,
    dueAt: state === 'waiting' ? EARLIER : isScheduled ? LATER : null,
    waitingSince: isInStep ? null : EARLIER,
    dismissedHash: null,
    ...more,
  }
}

const next = (from: Row, desired: Desired | null, more: Partial<RecordContext> = {}, now = NOW) =>
  nextState(from, knownAt(2), desired, { ...context, ...more }, now)

const STANDING = { reason: null, attempts: 0 }
const IN_STEP = { ...STANDING, state: 'in_step', dueAt: null, waitingSince: null }
const DUE_NOW = { ...STANDING, state: 'waiting', dueAt: NOW }
const keeps = (state: RecordState) => ({
  state,
  reason: 'Because.',
  attempts: 3,
  dueAt: LATER,
  waitingSince: EARLIER,
})

describe('the next state of a record', () => {
  const same = (state: RecordState) => (row(state).deliveredHash && state !== 'waiting' ? DELIVERED : WAITING)

  it.each([
    ['waiting', NEW, { ...DUE_NOW, waitingSince: EARLIER }],
    ['delivering', NEW, { ...keeps('delivering'), reason: null }],
    ['in_step', NEW, { ...DUE_NOW, waitingSince: NOW }],
    ['retrying', NEW, keeps('retrying')],
    ['held', NEW, { ...DUE_NOW, attempts: 3, waitingSince: EARLIER }],
    ['dead', NEW, DUE_NOW],
    ['excluded', NEW, DUE_NOW],
    ['deleted', NEW, { ...DUE_NOW, waitingSince: NOW }],
  ] as const)('that is %s and changes', (state, desired, expected) => {
    expect(next(row(state), desired)).toMatchObject({ ...expected, desiredHash: desiredHash(NEW) })
  })

  it.each([
    ['waiting', { ...DUE_NOW, waitingSince: EARLIER }],
    ['delivering', { ...keeps('delivering'), reason: null }],
    ['in_step', IN_STEP],
    ['retrying', keeps('retrying')],
    ['held', { ...DUE_NOW, attempts: 3, waitingSince: EARLIER }],
    ['dead', { state: 'dead', reason: 'Because.', dueAt: null }],
    ['excluded', DUE_NOW],
  ] as const)('that is %s and hears the same in a newer version', (state, expected) => {
    expect(next(row(state), same(state))).toMatchObject(expected)
  })

  it.each([
    ['waiting', IN_STEP],
    ['delivering', { ...keeps('delivering'), reason: null }],
    ['retrying', keeps('retrying')],
    ['held', { ...DUE_NOW, attempts: 3, waitingSince: EARLIER }],
    ['dead', DUE_NOW],
    ['excluded', DUE_NOW],
  ] as const)('that is %s and goes back to what was delivered before', (state, expected) => {
    expect(next(row(state), DELIVERED)).toMatchObject(expected)
  })

  it.each(['waiting', 'in_step', 'retrying', 'held', 'dead', 'excluded', 'deleted'] as const)(
    'that is %s and is not selected is excluded with the reason, which is no failure',
    (state) => {
      expect(next(row(state), NEW, { resources: ['product'] })).toMatchObject({
        state: 'excluded',
        reason: 'This resource is not selected for mirroring.',
        attempts: 0,
        dueAt: null,
        waitingSince: null,
        desiredHash: desiredHash(NEW),
      })
    },
  )

  it.each([
    [
      'the SaaS may have it',
      1,
      'This resource is not selected for mirroring. The SaaS keeps what it was sent.',
    ],
    ['it was sent to another place', 0, 'This resource is not selected for mirroring.'],
  ])('that is not selected says what the SaaS keeps: %s', (_case, placedGeneration, reason) => {
    expect(next(row('in_step', { placedGeneration }), NEW, { resources: [] })).toMatchObject({ reason })
  })

  describe('whose resource is removed from the SaaS', () => {
    const removing = { resources: [], removals: { order: '2026-11-21T11:30:00.000Z' } }
    const there = { placedGeneration: 1 }

    it.each(['waiting', 'in_step', 'held', 'dead', 'excluded'] as const)(
      'and that is %s is to be deleted there, whatever its store has',
      (state) => {
        const removed = next(row(state, there), NEW, removing)
        expect(removed).toMatchObject({
          state: 'waiting',
          desiredAction: 'deleted',
          revision: String(NOW.getTime()),
        })
        const again = next({ ...row(state, there), ...removed }, order('#4'), removing, LATER)
        expect(again.desiredHash).toBe(removed.desiredHash)
      },
    )

    it('is left alone where the SaaS has nothing of it', () => {
      expect(next(row('excluded'), NEW, removing)).toMatchObject({
        state: 'excluded',
        desiredAction: 'updated',
      })
    })

    it('is left alone while its resource is selected', () => {
      const selected = { ...removing, resources: ['order' as const] }
      expect(next(row('in_step', there), DELIVERED, selected)).toMatchObject({
        state: 'in_step',
        desiredAction: 'updated',
      })
    })

    it('and that was dismissed is deleted there, too', () => {
      const hash = desiredHash(NEW)
      const dismissed = { ...there, desiredHash: hash, dismissedHash: hash, reason: 'Dismissed: Not needed.' }
      expect(next(row('excluded', dismissed), NEW, removing)).toMatchObject({
        state: 'waiting',
        desiredAction: 'deleted',
      })
    })

    it('is as its store has it when it is selected again', () => {
      const removed = { ...row('in_step', there), ...next(row('in_step', there), NEW, removing) }
      expect(next(removed, NEW)).toMatchObject({
        state: 'waiting',
        desiredAction: 'updated',
        desiredHash: desiredHash(NEW),
      })
    })
  })

  it.each(['waiting', 'in_step', 'held', 'dead', 'excluded', 'deleted'] as const)(
    'that is %s and changes while nothing may be sent is held with the reason, and due when it may',
    (state) => {
      expect(next(row(state), NEW, { heldBecause: 'Sending is paused.' })).toMatchObject({
        state: 'held',
        reason: 'Sending is paused.',
        dueAt: NOW,
        attempts: state === 'held' ? 3 : 0,
        desiredHash: desiredHash(NEW),
      })
    },
  )

  it.each(['delivering', 'retrying'] as const)(
    'that is %s and changes while nothing may be sent keeps what is planned',
    (state) => {
      const expected = { ...keeps(state), reason: state === 'delivering' ? null : 'Because.' }
      expect(next(row(state), NEW, { heldBecause: 'Sending is paused.' })).toMatchObject(expected)
    },
  )

  it('is in step also while nothing may be sent, when it goes back to what was delivered', () => {
    const held = row('held', { deliveredHash: desiredHash(DELIVERED) })
    expect(next(held, DELIVERED, { heldBecause: 'Sending is paused.' })).toMatchObject(IN_STEP)
  })

  it('that changes again while it waits becomes the newest promise, and keeps how long it has waited', () => {
    expect(next(row('waiting', { dueAt: EARLIER }), NEW)).toMatchObject({ dueAt: NOW, waitingSince: EARLIER })
  })

  it('that gives way to others goes on doing so when it changes', () => {
    expect(next(row('waiting', { dueAt: LATER }), NEW)).toMatchObject({ dueAt: LATER, waitingSince: EARLIER })
  })

  it('that a person dismissed stays so until its content is another', () => {
    const dismissed = row('excluded', {
      dismissedHash: desiredHash(WAITING),
      reason: 'Dismissed: a duplicate.',
    })
    expect(next(dismissed, WAITING)).toMatchObject({
      state: 'excluded',
      reason: 'Dismissed: a duplicate.',
      dueAt: null,
      waitingSince: null,
    })
    expect(next(dismissed, NEW)).toMatchObject({ ...DUE_NOW, desiredHash: desiredHash(NEW) })
  })

  it('has a full day of tries for new content, and calls no faster for it', () => {
    expect(next(row('retrying', { attempts: 30 }), NEW)).toMatchObject({ attempts: 6, dueAt: LATER })
    expect(next(row('retrying', { attempts: 30 }), WAITING)).toMatchObject({ attempts: 30 })
    expect(next(row('retrying', { attempts: 2 }), NEW)).toMatchObject({ attempts: 2 })
  })

  it('while a call is under way waits for the end of it, even when it becomes excluded', () => {
    expect(next(row('delivering'), NEW, { resources: [] })).toMatchObject({
      state: 'delivering',
      dueAt: LATER,
    })
  })

  it('excludes test orders unless they are switched on', () => {
    const test = order('#1', { test: true })
    expect(next(row('waiting'), test)).toMatchObject({
      state: 'excluded',
      reason: 'Test orders are not mirrored.',
    })
    expect(next(row('waiting'), test, { includeTestOrders: true })).toMatchObject({ state: 'waiting' })
    expect(next(row('waiting'), order('#1', { test: false }))).toMatchObject({ state: 'waiting' })
  })

  it('waits for its content while only a hint has named it', () => {
    const fresh = row('waiting', {
      desiredHash: null,
      deliveredHash: null,
      deliveredGeneration: null,
      dueAt: null,
    })
    expect(next(fresh, null)).toMatchObject({
      state: 'waiting',
      dueAt: null,
      revision: '1000',
      desiredHash: null,
    })
    expect(next(fresh, NEW)).toMatchObject({ ...DUE_NOW })
  })

  it('of a deletion that the SaaS has taken is deleted', () => {
    const gone: Desired = { action: 'deleted', data: {} }
    const taken = row('deleted', { desiredHash: desiredHash(gone), deliveredHash: desiredHash(gone) })
    expect(next(taken, gone)).toMatchObject({ ...IN_STEP, state: 'deleted' })
  })

  it('is not in step with what was delivered under another generation', () => {
    expect(next(row('in_step'), DELIVERED, { generation: 2 })).toMatchObject({
      ...DUE_NOW,
      waitingSince: NOW,
    })
  })
})

describe('the action', () => {
  const never = { deliveredGeneration: null, deliveredHash: null } as const

  it('stays created while the SaaS has never had the record', () => {
    expect(next(row('waiting', { ...never, desiredAction: 'created' }), NEW).desiredAction).toBe('created')
    expect(next(row('waiting', { desiredAction: 'created' }), NEW).desiredAction).toBe('updated')
  })

  it('of a deletion wins over a creation that was never sent', () => {
    const gone: Desired = { action: 'deleted', data: {} }
    expect(next(row('waiting', { ...never, desiredAction: 'created' }), gone).desiredAction).toBe('deleted')
  })
})

describe('the revision', () => {
  it('follows the clock, and grows strictly when the clock goes backward', () => {
    expect(next(row('in_step'), NEW).revision).toBe(String(NOW.getTime()))
    const ahead = String(LATER.getTime())
    expect(next(row('in_step', { revision: ahead }), NEW).revision).toBe(String(LATER.getTime() + 1))
  })

  it('stays while nothing of the desired state moves', () => {
    const unmoved = row('retrying', { desiredUpdatedAt: time(2), desiredTriggeredAt: time(2) })
    expect(next(unmoved, WAITING).revision).toBe('1000')
  })

  it.each(['in_step', 'excluded'] as const)(
    'is left to the claim when a record that is %s is sent again as it is, under another generation',
    (state) => {
      const unmoved = row(state, {
        desiredUpdatedAt: time(2),
        desiredTriggeredAt: time(2),
        desiredHash: desiredHash(DELIVERED),
      })
      expect(next(unmoved, DELIVERED, { generation: 2 })).toMatchObject({
        state: 'waiting',
        revision: '1000',
      })
    },
  )
})

describe('while the store is asked for what a record lacks', () => {
  const inMs = (ms: number, from = NOW) => new Date(from.getTime() + ms)
  const asking = (from: Row, before: boolean, after: boolean) =>
    nextState(from, knownAt(2), NEW, context, NOW, { before, after })

  it('what is to be sent waits for two seconds from its first change on', () => {
    expect(asking(row('in_step'), false, true)).toMatchObject({ state: 'waiting', dueAt: inMs(ASKING_MS) })
    const changed = row('waiting', { waitingSince: inMs(-500), dueAt: inMs(1_500) })
    expect(asking(changed, true, true)).toMatchObject({ dueAt: inMs(1_500) })
    const longAgo = row('waiting', { waitingSince: EARLIER, dueAt: EARLIER })
    expect(asking(longAgo, true, true)).toMatchObject({ dueAt: NOW })
  })

  it('what is held by its connection waits likewise', () => {
    const held = nextState(row('in_step'), knownAt(2), NEW, { ...context, heldBecause: 'Paused.' }, NOW, {
      before: false,
      after: true,
    })
    expect(held).toMatchObject({ state: 'held', dueAt: inMs(ASKING_MS) })
  })

  it('it goes at once when the answer is there', () => {
    const waiting = row('waiting', { waitingSince: NOW, dueAt: inMs(ASKING_MS) })
    expect(asking(waiting, true, false)).toMatchObject({ state: 'waiting', dueAt: NOW })
  })

  it('what gives way to others keeps giving way', () => {
    const yielding = row('waiting', { waitingSince: NOW, dueAt: LATER })
    expect(asking(yielding, false, false)).toMatchObject({ dueAt: LATER })
    expect(asking(yielding, false, true)).toMatchObject({ dueAt: LATER })
  })

  it.each(['delivering', 'retrying'] as const)('a record that is %s keeps its schedule', (state) => {
    expect(asking(row(state), false, true).dueAt).toEqual(row(state).dueAt)
    expect(asking(row(state), true, false).dueAt).toEqual(row(state).dueAt)
  })
})
