import { describe, expect, it } from 'vitest'
import { type AttemptRow, type RecordStanding, type SeenRequest, type SeenSend } from '../evidence'
import { lostWebhooks, refusedWebhooks } from './acknowledged'
import { lateReturns, returnsOf } from './given-back'
import { changedBodies } from './keys'
import { unloggedCalls } from './log'
import { olderSends, olderTakes } from './order'
import { overlaps } from './overlaps'
import { openAttempts, strandedRecords } from './states'

const span = (name: string, startedAt: number, endedAt: number | null, record = 'product 1') => ({
  record,
  name,
  startedAt,
  endedAt,
})
const send = (given: Partial<SeenSend> & { sequence: number }): SeenSend => ({
  record: 'product 1',
  revision: given.sequence,
  version: '2026-11-22T10:00:00Z',
  text: `{"revision":${given.revision ?? given.sequence}}`,
  startedAt: given.sequence * 1000,
  endedAt: given.sequence * 1000 + 10,
  status: 200,
  fault: null,
  ...given,
})
const request = (given: Partial<SeenRequest> & { sequence: number }): SeenRequest => ({
  idempotencyKey: `key ${given.sequence}`,
  traceId: `trace ${given.sequence}`,
  text: '{}',
  records: 1,
  startedAt: 0,
  ...given,
})

describe('overlapping calls', () => {
  it('are none where calls of one record only touch, or are of different records', () => {
    expect(
      overlaps([span('b', 20, 30), span('a', 10, 20), span('c', 25, 40, 'product 2'), span('d', 30, null)]),
    ).toEqual([])
  })

  it('are found where one begins before the other has ended', () => {
    expect(overlaps([span('call 1', 10, 20), span('call 2', 19, 30)])).toEqual([
      'product 1: call 2 began at 00:00:00.019, before call 1 ended at 00:00:00.020',
    ])
  })

  it('are found under a long call, also behind a short one', () => {
    expect(overlaps([span('long', 10, 100), span('short', 20, 30), span('late', 50, 60)])).toHaveLength(2)
    expect(overlaps([span('endless', 10, null), span('next', 20, 30)])[0]).toContain('endless had no end')
  })
})

describe('what is older', () => {
  it('is nothing where revision and version only grow, and a retry carries the same again', () => {
    const sends = [
      send({ sequence: 1, revision: 5 }),
      send({ sequence: 2, revision: 5 }),
      send({ sequence: 3, revision: 6, version: '2026-11-22T10:00:00.5Z' }),
      send({ sequence: 4, revision: 3, record: 'product 2' }),
      send({ sequence: 5, revision: 7, version: null }),
    ]
    expect(olderSends(sends)).toEqual([])
  })

  it('is found as a lower revision sent later', () => {
    expect(olderSends([send({ sequence: 1, revision: 6 }), send({ sequence: 2, revision: 5 })])).toEqual([
      'product 1: request 2 (revision 5) came after request 1 (revision 6)',
    ])
  })

  it('is found as an older version under a higher revision, to the last digit', () => {
    const older = olderSends([
      send({ sequence: 1, version: '2026-11-22T10:00:00.123456789Z' }),
      send({ sequence: 2, version: '2026-11-22T10:00:00.123456788Z' }),
    ])
    expect(older[0]).toContain('older than 2026-11-22T10:00:00.123456789Z')
  })

  it('is found as other content under one revision', () => {
    expect(
      olderSends([send({ sequence: 1, revision: 5 }), send({ sequence: 2, revision: 5, text: '{}' })])[0],
    ).toContain('other content')
  })

  it('is found where the SaaS took a lower revision after a higher one', () => {
    const takes = [
      { record: 'product 1', revision: 6 },
      { record: 'product 2', revision: 1 },
      { record: 'product 1', revision: 5 },
    ]
    expect(olderTakes(takes)).toEqual(['product 1: revision 5 was taken after 6'])
    expect(olderTakes(takes.slice(0, 2))).toEqual([])
  })
})

describe('an idempotency key', () => {
  it('may carry the same body again, and no other', () => {
    const first = request({ sequence: 1, idempotencyKey: 'k', text: '{"a":1}' })
    expect(changedBodies([first, { ...first, sequence: 2 }])).toEqual([])
    expect(changedBodies([first, { ...first, sequence: 2, text: '{"a":2}' }])).toEqual([
      'request 2 carried another body than request 1 under the key k',
    ])
  })

  it('is missed where a record is carried, and only there', () => {
    expect(changedBodies([request({ sequence: 1, idempotencyKey: null })])).toEqual([
      'request 1 bore no idempotency key',
    ])
    expect(changedBodies([request({ sequence: 1, idempotencyKey: null, records: 0 })])).toEqual([])
  })
})

describe('a webhook', () => {
  const webhook = { id: 'w1', topic: 'products/update', recordId: '1' }

  it('that was acknowledged must be stored', () => {
    expect(lostWebhooks([{ ...webhook, statuses: [null, 503, 200] }], new Map([['w1', 'changed']]))).toEqual(
      [],
    )
    expect(lostWebhooks([{ ...webhook, statuses: [null, 503, 200] }], new Map([['w2', 'changed']]))).toEqual([
      'products/update of 1 (w1) was acknowledged and is not stored',
    ])
  })

  it('that was not acknowledged need not be, and is told', () => {
    expect(lostWebhooks([{ ...webhook, statuses: [503] }], new Map())).toEqual([])
    expect(refusedWebhooks([{ ...webhook, statuses: [503, null] }])).toHaveLength(1)
    expect(refusedWebhooks([{ ...webhook, statuses: [] }])[0]).toContain('not sent')
    expect(refusedWebhooks([{ ...webhook, statuses: [503, 204] }])).toEqual([])
  })
})

describe('a record', () => {
  const standing = (state: string): RecordStanding => ({
    id: 'id',
    record: 'order 7',
    state,
    attempts: 3,
    dueAt: null,
    lastErrorCode: 'STATUS_503',
    reason: 'The SaaS said no.',
  })

  it('has come to rest in step, deleted or excluded', () => {
    expect(strandedRecords(['in_step', 'deleted', 'excluded'].map(standing))).toEqual([])
  })

  it.each(['waiting', 'delivering', 'retrying', 'held', 'dead'])('has not as %s', (state) => {
    expect(strandedRecords([standing(state)])).toEqual([
      `order 7 (id) is ${state} after 3 attempts, due never, STATUS_503: The SaaS said no.`,
    ])
  })
})

describe('the log of attempts', () => {
  const attempt = (given: Partial<AttemptRow>): AttemptRow => ({
    id: 'a1',
    record: 'product 1',
    revision: 1,
    traceId: 'trace 1',
    startedAt: 0,
    endedAt: 5,
    outcome: 'delivered',
    code: null,
    ...given,
  })

  it('has an attempt for each record of each call', () => {
    expect(unloggedCalls([request({ sequence: 1 })], [attempt({})])).toEqual([])
    expect(unloggedCalls([request({ sequence: 1, records: 2 })], [attempt({})])[0]).toContain('2 records')
    expect(unloggedCalls([request({ sequence: 2 })], [attempt({})])).toHaveLength(1)
    expect(unloggedCalls([request({ sequence: 1, traceId: null })], [])).toEqual([
      'request 1 bore no traceparent',
    ])
    expect(unloggedCalls([request({ sequence: 1, records: 0 })], [])).toEqual([])
  })

  it('has none under way when all is over', () => {
    expect(openAttempts([attempt({})])).toEqual([])
    expect(openAttempts([attempt({ endedAt: null, outcome: 'in_flight' })])).toHaveLength(1)
  })
})

describe('a call that a death broke off', () => {
  const deaths = [{ member: 'worker', at: 2_500 }]
  const broken = send({ sequence: 2, endedAt: 2_510, status: null })

  it('is made again within the time', () => {
    const returns = returnsOf(deaths, [broken, send({ sequence: 30 })])
    expect(returns).toEqual([{ record: 'product 1', member: 'worker', afterMs: 27_500 }])
    expect(lateReturns(returns, 60_000)).toEqual([])
  })

  it('is found when it comes late, or never', () => {
    expect(lateReturns(returnsOf(deaths, [broken, send({ sequence: 70 })]), 60_000)[0]).toContain('67.5 s')
    expect(lateReturns(returnsOf(deaths, [broken]), 60_000)[0]).toContain('never')
  })

  it('is not one that had its answer, met a fault, or ended at another time', () => {
    const others = [
      send({ sequence: 2, endedAt: 2_510 }),
      { ...broken, fault: 'reset' },
      { ...broken, endedAt: 9_000 },
      { ...broken, endedAt: null },
    ]
    expect(returnsOf(deaths, others)).toEqual([])
  })
})
