import { describe, expect, it } from 'vitest'
import { type Envelope } from '../../contracts/shared-schema'
import { type SaasAnswer } from '../dialect'
import { unifiedBatch } from './unified-batch'

const envelope = (external_id: string): Envelope => ({
  resource: 'order',
  action: 'updated',
  data: {
    schema_version: 1,
    source: 'shopify',
    store: 'tea.myshopify.com',
    external_id,
    version: '2026-11-21T10:00:00Z',
    revision: 7,
  },
})
const TWO = [envelope('1'), envelope('2')]

const answer = (status: number, body: unknown, more: Partial<SaasAnswer> = {}): SaasAnswer => ({
  kind: 'answer',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  truncated: false,
  retryAfterMs: null,
  ...more,
})
const results = (...list: unknown[]) => answer(200, { success: true, data: { results: list } })
const outcome = (given: SaasAnswer) => unifiedBatch.outcome(given, TWO)

describe('a batch of unified', () => {
  it('carries its envelopes in order, as they are', () => {
    const { body, ...request } = unifiedBatch.request(TWO)
    expect(request).toEqual({ method: 'POST', path: '/api/sync/batch', headers: {} })
    expect(JSON.parse(body!)).toEqual({ events: TWO })
  })

  it.each([
    ['taken', { status: 'synced' }, { kind: 'delivered', httpStatus: 200 }],
    [
      'taken, with an id',
      { status: 'synced', id: 'a1' },
      { kind: 'delivered', httpStatus: 200, saasId: 'a1' },
    ],
    [
      'taken, with a number for an id',
      { status: 'synced', id: 17 },
      { kind: 'delivered', httpStatus: 200, saasId: '17' },
    ],
    ['taken, with an id that is none', { status: 'synced', id: {} }, { kind: 'delivered', httpStatus: 200 }],
    ['stale', { status: 'stale' }, { kind: 'superseded', httpStatus: 200 }],
    [
      'skipped',
      { status: 'skipped' },
      {
        kind: 'rejected',
        httpStatus: 200,
        code: 'SKIPPED',
        detail: 'The SaaS answered, and did not take the record.',
      },
    ],
    [
      'an error',
      { status: 'error', code: 'NAME_TAKEN', message: 'That name\u0000 is\ntaken' },
      {
        kind: 'rejected',
        httpStatus: 200,
        code: 'NAME_TAKEN',
        detail: 'The SaaS answered, and did not take the record: That name is taken',
      },
    ],
    ['an error without a code', { status: 'error', code: 5 }, { kind: 'rejected', code: 'ERROR' }],
    [
      'a missing reference',
      { status: 'error', code: 'MISSING_REFERENCE' },
      { kind: 'waits', code: 'MISSING_REFERENCE' },
    ],
    ['no object', 'synced', { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
    ['nothing', null, { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
    ['a word that nobody knows', { status: 'perhaps' }, { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
  ])('tells of each record by its own result: %s', (_name, result, expected) => {
    const each = outcome(results({ status: 'synced' }, result))
    expect(each).toMatchObject({ kind: 'each', outcomes: [{ kind: 'delivered' }, expected] })
  })

  it.each([
    ['too few results', results({ status: 'synced' })],
    ['too many results', results({ status: 'synced' }, { status: 'synced' }, { status: 'synced' })],
    ['no results', answer(200, { success: true, data: { results: [] } })],
    ['results that are no list', answer(200, { success: true, data: { results: { 0: 'synced' } } })],
    ['counts instead of results', answer(200, { success: true, data: { syncedCount: 2 } })],
    ['a page', answer(200, '<html>')],
    ['nothing at all', answer(204, '')],
    ['more than is read', { ...results({ status: 'synced' }, { status: 'synced' }), truncated: true }],
  ])('believes none of it with %s', (_name, given) => {
    expect(outcome(given)).toMatchObject({
      kind: 'whole',
      outcome: { kind: 'unavailable', httpStatus: given.status, code: 'UNREADABLE_ANSWER' },
    })
  })

  it.each([
    [
      'no success',
      answer(200, { success: false, error: { code: 'TOO_MANY', message: 'At most 10' } }),
      { kind: 'rejected', code: 'TOO_MANY' },
    ],
    ['no success and no reason', answer(200, { success: false }), { kind: 'rejected', code: 'SKIPPED' }],
    ['too large', answer(413, ''), { kind: 'rejected', code: 'HTTP_413' }],
    ['no such address', answer(404, '<html>'), { kind: 'misdirected' }],
    ['a wrong key', answer(401, ''), { kind: 'unauthorised' }],
    ['an error of its own', answer(500, ''), { kind: 'unavailable', code: 'HTTP_500' }],
    ['patience', answer(429, '', { retryAfterMs: 5_000 }), { kind: 'unavailable', retryAfterMs: 5_000 }],
  ])('an answer of the whole batch is told of none of its records: %s', (_name, given, expected) => {
    expect(outcome(given)).toMatchObject({ kind: 'whole', outcome: expected })
  })

  it('a 404 is no success, not even when all of them are deletions', () => {
    const gone = TWO.map(({ resource, data }): Envelope => {
      return { resource, action: 'deleted', data: { ...data, deleted_at: '2026-11-21T10:00:00Z' } }
    })
    const unknown = answer(404, { success: false, error: { code: 'NOT_FOUND' } })
    expect(unifiedBatch.outcome(unknown, gone)).toMatchObject({
      kind: 'whole',
      outcome: { kind: 'misdirected' },
    })
  })
})

describe('how many a SaaS takes in one batch', () => {
  it('is asked without a body', () => {
    expect(unifiedBatch.limitRequest).toEqual({
      method: 'GET',
      path: '/api/sync/status',
      headers: {},
      body: null,
    })
  })

  it.each([
    ['in the envelope', { success: true, data: { batch_limit: 50 } }, 50],
    ['beside it', { batch_limit: 20 }, 20],
    ['in both', { batch_limit: 20, data: { batch_limit: 50 } }, 50],
    ['not at all', { success: true, data: {} }, null],
    ['as nothing', { data: { batch_limit: 0 } }, null],
    ['as less than nothing', { data: { batch_limit: -1 } }, null],
    ['as a half', { data: { batch_limit: 1.5 } }, null],
    ['as text', { data: { batch_limit: '50' } }, null],
    ['in a page', '<html>', null],
  ])('is read where it is said: %s', (_name, body, limit) => {
    expect(unifiedBatch.limit(answer(200, body))).toBe(limit)
  })

  it('is none where the answer is no 200', () => {
    expect(unifiedBatch.limit(answer(404, { data: { batch_limit: 50 } }))).toBeNull()
  })
})
