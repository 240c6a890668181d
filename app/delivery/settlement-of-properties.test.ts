import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeliveryOutcome } from '../contracts/outcome'
import { DAY_MS } from '../lib/time'
import { type Settlement } from '../records/settle-records'
import { settlementOf } from './settlement-of'

const NOW = new Date('2026-11-21T12:00:00Z')
/** The longest wait of the schedule, with its jitter. */
const LONGEST_MS = 1.2 * 3_600_000

const said = fc.record({
  httpStatus: fc.integer({ min: 100, max: 599 }),
  code: fc.constant('CODE'),
  detail: fc.constant('In words.'),
})
const retryAfterMs = fc.nat({ max: DAY_MS })
const outcomes: { [Kind in DeliveryOutcome['kind']]: fc.Arbitrary<object> } = {
  delivered: fc.record(
    { saasId: fc.string(), httpStatus: fc.constant(200) },
    { requiredKeys: ['httpStatus'] },
  ),
  superseded: fc.constant({ httpStatus: 200 }),
  rejected: said,
  waits: said,
  misdirected: said,
  unauthorised: said,
  paused: said,
  unavailable: fc.tuple(said, fc.option(retryAfterMs)).map(([words, retryAfterMs]) => ({
    ...words,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  })),
}
const outcome = fc.oneof(
  ...Object.entries(outcomes).map(([kind, more]) =>
    more.map((rest) => ({ kind, ...rest }) as DeliveryOutcome),
  ),
)
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

const holds = (rule: (settlement: Settlement, outcome: DeliveryOutcome) => void) =>
  fc.assert(
    fc.property(outcome, fc.nat({ max: 100 }), random, (said, attempts, chance) => {
      const sent = { bodyHash: 'body', textHash: 'text', attempts }
      rule(
        settlementOf(said, sent, NOW, () => chance),
        said,
      )
    }),
    { numRuns: 2_000 },
  )

describe('whatever the SaaS says, after however many tries', () => {
  it('what is tried again has its time: from now on, and no later than the schedule or the SaaS asks', () => {
    holds((settlement, said) => {
      if (settlement.kind !== 'later') return
      const asked = said.kind === 'unavailable' ? (said.retryAfterMs ?? 0) : 0
      const wait = settlement.dueAt.getTime() - NOW.getTime()
      expect(wait).toBeGreaterThanOrEqual(settlement.state === 'held' ? 0 : asked)
      expect(wait).toBeLessThanOrEqual(Math.max(asked, LONGEST_MS))
    })
  })

  it('a try is spent only where the record was tried', () => {
    holds((settlement) => {
      if (settlement.kind === 'later') expect(settlement.counts).toBe(settlement.state === 'retrying')
    })
  })

  it('what did not come to a delivery says why, with a code and in words', () => {
    holds((settlement) => {
      if (settlement.kind === 'later' || settlement.kind === 'dead')
        expect(settlement).toMatchObject({
          code: 'CODE',
          words: expect.stringContaining('In words.') as string,
        })
    })
  })

  it('it is a delivery only if the SaaS has it', () => {
    holds(({ kind }, said) =>
      expect(kind === 'delivered').toBe(said.kind === 'delivered' || said.kind === 'superseded'),
    )
  })
})
