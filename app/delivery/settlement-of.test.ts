import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS } from '../lib/backoff'
import { DAY_MS } from '../lib/time'
import { type DeliveryOutcome } from '../contracts/outcome'
import { settlementOf } from './settlement-of'

const NOW = new Date('2026-11-21T12:00:00Z')
const HOUR_MS = 3_600_000
const because = { httpStatus: 400, code: 'C', detail: 'Because.' }
const said = { code: 'C', words: 'Because.' }

const settle = (outcome: DeliveryOutcome, attempts = 0, random = () => 0.5) =>
  settlementOf(outcome, { bodyHash: 'body', textHash: 'text', attempts }, NOW, random)
const waitOf = (outcome: DeliveryOutcome, attempts = 0, random = () => 0.5) => {
  const settlement = settle(outcome, attempts, random)
  return settlement.kind === 'later' ? settlement.dueAt.getTime() - NOW.getTime() : null
}

describe('what an outcome means for its record', () => {
  const held = { kind: 'later', state: 'held', dueAt: NOW, counts: false, ...said }
  const retried = {
    kind: 'later',
    state: 'retrying',
    dueAt: new Date(NOW.getTime() + 5_000),
    counts: true,
    ...said,
  }

  it.each([
    [
      'delivered',
      { kind: 'delivered', httpStatus: 200, saasId: 'a1' },
      { kind: 'delivered', bodyHash: 'body', textHash: 'text', saasId: 'a1' },
    ],
    [
      'delivered, without an id',
      { kind: 'delivered', httpStatus: 200 },
      { kind: 'delivered', bodyHash: 'body', textHash: 'text', saasId: null },
    ],
    [
      'superseded',
      { kind: 'superseded', httpStatus: 200 },
      { kind: 'delivered', bodyHash: 'body', textHash: null, saasId: null },
    ],
    [
      'rejected',
      { kind: 'rejected', ...because },
      {
        ...{ kind: 'dead', ...said },
        words: 'Because. Correct the record in the store, or have the SaaS take it and send it again.',
        cause: 'C\nBecause.',
      },
    ],
    [
      'rejected, in words of the SaaS that are no sentence',
      { kind: 'rejected', ...because, detail: 'total is missing' },
      {
        ...{ kind: 'dead', ...said },
        words:
          'total is missing. Correct the record in the store, or have the SaaS take it and send it again.',
        cause: 'C\ntotal is missing',
      },
    ],
    ['waits', { kind: 'waits', ...because }, { ...retried, notBefore: retried.dueAt }],
    ['misdirected', { kind: 'misdirected', ...because }, held],
    ['unauthorised', { kind: 'unauthorised', ...because }, held],
    ['paused', { kind: 'paused', ...because }, held],
    ['unavailable', { kind: 'unavailable', ...because }, retried],
  ] satisfies [string, DeliveryOutcome, object][])('%s', (_name, outcome, expected) => {
    expect(settle(outcome)).toEqual(expected)
  })
})

it('what was to be removed, and is newer at the SaaS, is there still: a person must look at it', () => {
  const sent = { bodyHash: 'body', textHash: 'text', attempts: 0, leftOut: 'Not selected.' }
  expect(settlementOf({ kind: 'superseded', httpStatus: 200 }, sent, NOW)).toMatchObject({
    kind: 'dead',
    code: 'SAAS_HAS_NEWER',
    words: expect.stringMatching(/ Remove it again; if it stays, delete it in the SaaS\.$/) as string,
  })
  expect(settlementOf({ kind: 'delivered', httpStatus: 200 }, sent, NOW)).toMatchObject({
    kind: 'delivered',
    leftOut: 'Not selected.',
  })
})

describe('the retries', () => {
  const unavailable: DeliveryOutcome = { kind: 'unavailable', ...because }

  it.each([0, 0.5, 0.999_999])(
    'last longer than a long night, with jitter at %d, and then say what to do',
    (random) => {
      let all = 0
      let attempts = 0
      for (let wait = 0 as number | null; wait !== null; attempts++) {
        wait = waitOf(unavailable, attempts, () => random)
        all += wait ?? 0
      }
      expect(all).toBeGreaterThan(27.6 * HOUR_MS)
      expect(attempts).toBe(MAX_ATTEMPTS)
      expect(settle(unavailable, MAX_ATTEMPTS - 1)).toEqual({
        kind: 'dead',
        code: 'C',
        words: 'Because. It was tried for more than a day. Send it again when the SaaS is well.',
        cause: 'C\nBecause.',
      })
    },
  )

  it('come later when the SaaS asks for more than the schedule has, and no sooner when it asks for less', () => {
    const asked = (retryAfterMs: number) => waitOf({ ...unavailable, retryAfterMs })
    expect(asked(HOUR_MS)).toBe(HOUR_MS)
    expect(asked(DAY_MS)).toBe(DAY_MS)
    expect(asked(1_000)).toBe(5_000)
    expect(asked(0)).toBe(5_000)
    expect(waitOf({ ...unavailable, retryAfterMs: 60_000 }, 10)).toBe(HOUR_MS)
  })

  it('are not hastened beyond what the SaaS asked for, also where its schedule is longer', () => {
    const after = (ms: number) => new Date(NOW.getTime() + ms)
    const asked = { ...unavailable, retryAfterMs: 60_000 }
    expect(settle(asked, 10)).toMatchObject({ dueAt: after(HOUR_MS), notBefore: after(60_000) })
    expect(settle(asked)).toMatchObject({ dueAt: after(60_000), notBefore: after(60_000) })
    expect(settle(unavailable)).not.toHaveProperty('notBefore')
  })

  it('of a record that waits for another follow the same schedule, and end likewise', () => {
    const waits: DeliveryOutcome = { kind: 'waits', ...because }
    expect([0, 1, 2, 6].map((attempts) => waitOf(waits, attempts))).toEqual([5_000, 15_000, 45_000, HOUR_MS])
    expect(settle(waits, MAX_ATTEMPTS - 1)).toMatchObject({
      kind: 'dead',
      words: expect.stringContaining('when the SaaS has the record that this one refers to') as string,
    })
  })
})
