import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RecordContext } from '../contracts/record-context'
import { RecordState, TRANSITIONS } from '../contracts/states'
import { type Desired, desiredHash } from './compose-record'
import { dismissalReason } from './dismissal'
import { type Known, NOTHING } from './known'
import { nextState } from './next-state'
import { type RecordRow } from './record-row'

type Row = Omit<RecordRow, 'known' | 'changedAt'>

const NOW = new Date('2026-11-21T12:00:00Z')
const times = fc.constantFrom(-60_000, 0, 60_000).map((ms) => new Date(NOW.getTime() + ms))

/** Few contents, so that a row's desired, delivered and dismissed content are often one. */
const desired: fc.Arbitrary<Desired> = fc.oneof(
  fc.record({
    action: fc.constantFrom('created' as const, 'updated' as const),
    data: fc.record({ total: fc.constantFrom('1.00', '2.00'), test: fc.boolean() }),
  }),
  fc.constant({ action: 'deleted' as const, data: { external_id: '7' } }),
)
const hash = desired.map(desiredHash)
const context: fc.Arbitrary<RecordContext> = fc.record({
  shopId: fc.constant('shop'),
  sourceConnectionId: fc.constant('source'),
  platform: fc.constant('shopify' as const),
  store: fc.constant('tea.myshopify.com'),
  currency: fc.constant('EUR'),
  piiPolicy: fc.constant('minimal' as const),
  erasedFields: fc.constant([]),
  resources: fc.constantFrom([], ['order' as const]),
  removals: fc.constantFrom({}, { order: '2026-11-21T11:00:00.000Z' }),
  includeTestOrders: fc.boolean(),
  askable: fc.constant([]),
  generation: fc.constantFrom(1, 2),
  addressGeneration: fc.constantFrom(1, 2),
  heldBecause: fc.constantFrom(null, 'Sending is paused.'),
})

/** Which action the SaaS took of a record that is there, and of one that is gone. */
const FITS: Partial<Record<RecordState, (action: Desired['action']) => boolean>> = {
  in_step: (action) => action !== 'deleted',
  deleted: (action) => action === 'deleted',
}

/** A row as a claim, a settlement or a person may have left it in its state. */
const row: fc.Arbitrary<Row> = fc
  .record({
    state: fc.constantFrom(...RecordState.options),
    desired,
    delivered: fc.option(hash),
    dismissed: fc.option(hash),
    revision: fc.constantFrom('1000', String(NOW.getTime() + 5)),
    generation: fc.constantFrom(1, 2),
    placedGeneration: fc.option(fc.constantFrom(1, 2)),
    attempts: fc.nat(40),
    dueAt: times,
  })
  .filter(({ state, desired: { action } }) => FITS[state]?.(action) ?? true)
  .map(
    ({ state, desired, delivered, dismissed, revision, generation, placedGeneration, attempts, dueAt }) => {
      const isTaken = state === 'in_step' || state === 'deleted'
      const isAtRest = isTaken || state === 'dead' || state === 'excluded'
      // A claim forgets what is delivered, and only a settlement that took it says so again.
      const isForgotten = state === 'delivering' || state === 'retrying' || state === 'dead'
      const deliveredHash = isTaken ? desiredHash(desired) : isForgotten ? null : delivered
      return {
        id: 'record',
        sourceConnectionId: 'source',
        resource: 'order',
        externalId: '7',
        state,
        reason: state === 'excluded' && dismissed !== null ? dismissalReason('Not needed.') : null,
        desiredUpdatedAt: '1',
        desiredTriggeredAt: '1',
        desiredAction: desired.action,
        desiredHash: desiredHash(desired),
        revision,
        placedGeneration,
        deliveredHash,
        deliveredBodyHash: deliveredHash && `body of ${deliveredHash}`,
        deliveredGeneration: deliveredHash === null ? null : generation,
        attempts,
        dueAt: isAtRest ? null : dueAt,
        waitingSince: isTaken ? null : dueAt,
        dismissedHash: dismissed,
      }
    },
  )

const knownAt = (updatedAt: string): Known => ({
  ...NOTHING,
  parts: { core: { asOf: { updatedAt, triggeredAt: updatedAt, tie: '' }, data: {} } },
})
const version = fc.constantFrom('1', '2').map(knownAt)
const holds = (rule: (before: Row, after: ReturnType<typeof nextState>, desired: Desired) => void) =>
  fc.assert(
    fc.property(row, version, desired, context, (before, known, wanted, shop) => {
      rule(before, nextState(before, known, wanted, shop, NOW), wanted)
    }),
    { numRuns: 2_000 },
  )

describe('whatever news comes to whatever record', () => {
  it('it changes its state only as the life of a record allows', () => {
    holds(({ state }, after) => expect([state, ...TRANSITIONS[state]]).toContain(after.state))
  })

  it('it is due if and only if something is to be done', () => {
    const atRest: RecordState[] = ['in_step', 'deleted', 'dead', 'excluded']
    holds((_before, { state, dueAt }) => expect(dueAt === null).toBe(atRest.includes(state)))
  })

  it('what was delivered stays as it was noted', () => {
    const noted = ({ deliveredHash, deliveredBodyHash, deliveredGeneration }: Row) => ({
      deliveredHash,
      deliveredBodyHash,
      deliveredGeneration,
    })
    holds((before, after) => expect(noted({ ...before, ...after })).toEqual(noted(before)))
  })

  it('other content has a revision of its own, and no revision goes back', () => {
    holds((before, after) => {
      const grew = BigInt(after.revision) - BigInt(before.revision)
      expect(grew >= (after.desiredHash === before.desiredHash ? 0n : 1n)).toBe(true)
    })
  })

  it('a call that is under way keeps its record, its lease and its count of tries', () => {
    holds((before, { state, dueAt, attempts }) => {
      if (before.state !== 'delivering') return
      expect({ state, dueAt, attempts }).toEqual({
        state: 'delivering',
        dueAt: before.dueAt,
        attempts: before.attempts,
      })
    })
  })

  it('it is in step, or deleted, only with what was delivered', () => {
    holds((before, after, { action }) => {
      if (after.state !== 'in_step' && after.state !== 'deleted') return
      expect(before.deliveredHash).toBe(after.desiredHash)
      expect(after.state === 'deleted').toBe(action === 'deleted')
    })
  })
})
