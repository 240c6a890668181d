import { describe, expect, it } from 'vitest'
import { type Envelope } from '../../contracts/shared-schema'
import { type SaasAnswer } from '../dialect'
import { unified } from './unified'

const base = {
  schema_version: 1,
  source: 'shopify',
  store: 'tea.myshopify.com',
  external_id: '820982911946154508',
  version: '2026-11-21T10:00:00Z',
  revision: 7,
} as const
const ORDER: Envelope = { resource: 'order', action: 'created', data: { ...base, number: '#1' } }
const GONE: Envelope = {
  resource: 'order',
  action: 'deleted',
  data: { ...base, deleted_at: '2026-11-21T10:00:00Z' },
}

const answer = (status: number, body: unknown, more: Partial<SaasAnswer> = {}): SaasAnswer => ({
  kind: 'answer',
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  truncated: false,
  retryAfterMs: null,
  ...more,
})
const counts = (data: object) => ({
  success: true,
  data: { syncedCount: 0, skippedCount: 0, syncLogId: 'log', ...data },
})

describe('the unified dialect', () => {
  it('carries everything, as the envelope itself', () => {
    expect(unified.excludes(ORDER)).toBeNull()
    const { body, ...request } = unified.request(GONE)
    expect(request).toEqual({ method: 'POST', path: '/api/sync/webhook', headers: {} })
    expect(JSON.parse(body!)).toEqual(GONE)
  })

  it('takes the SaaS’s own 404 to a deletion for done, and that of somebody else for a wrong address', () => {
    const unknownRecord = { success: false, error: { code: 'NOT_FOUND', message: 'No such order' } }
    expect(unified.outcome(answer(404, unknownRecord), GONE)).toEqual({ kind: 'delivered', httpStatus: 404 })
    expect(unified.outcome(answer(404, '<html>Not here</html>'), GONE)).toMatchObject({ kind: 'misdirected' })
    expect(unified.outcome(answer(404, unknownRecord), ORDER)).toMatchObject({ kind: 'misdirected' })
  })

  it.each([
    ['taken', 200, counts({ syncedCount: 1 }), { kind: 'delivered', httpStatus: 200 }],
    [
      'taken, with any other success',
      202,
      counts({ syncedCount: 1 }),
      { kind: 'delivered', httpStatus: 202 },
    ],
    ['taken, with an id', 200, counts({ syncedCount: 1, id: 'a1' }), { kind: 'delivered', saasId: 'a1' }],
    [
      'taken, with a number for an id',
      200,
      counts({ syncedCount: 1, id: 17 }),
      { kind: 'delivered', saasId: '17' },
    ],
    [
      'taken, with an id that is none',
      200,
      counts({ syncedCount: 1, id: null }),
      { kind: 'delivered', httpStatus: 200 },
    ],
    ['taken, and nothing else is said', 200, { success: true }, { kind: 'delivered' }],
    ['stale', 200, counts({ staleCount: 1 }), { kind: 'superseded', httpStatus: 200 }],
    ['skipped', 200, counts({ skippedCount: 1 }), { kind: 'rejected', code: 'SKIPPED' }],
    ['no success', 200, { success: false }, { kind: 'rejected', code: 'SKIPPED' }],
    [
      'no success, in words',
      200,
      { success: false, error: { code: 'VALIDATION_ERROR', message: 'total is missing' } },
      {
        kind: 'rejected',
        code: 'VALIDATION_ERROR',
        detail: 'The SaaS answered, and did not take the record: total is missing',
      },
    ],
    [
      'skipped for want of another record, as in a batch',
      200,
      counts({ skippedCount: 1, code: 'MISSING_REFERENCE', message: 'no such customer' }),
      {
        kind: 'waits',
        httpStatus: 200,
        code: 'MISSING_REFERENCE',
        detail: 'The SaaS wants a record first that this one refers to: no such customer',
      },
    ],
    [
      'no success for want of another record',
      200,
      { success: false, error: { code: 'MISSING_REFERENCE' } },
      { kind: 'waits', code: 'MISSING_REFERENCE' },
    ],
    ['empty', 204, '', { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
    ['cut off', 200, '{"success":tr', { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
    ['a page', 200, '<html>', { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
    ['something else', 200, { ok: true }, { kind: 'unavailable', code: 'UNREADABLE_ANSWER' }],
    [
      'a refusal',
      400,
      { success: false, error: { code: 'VALIDATION_ERROR', message: 'no' } },
      { kind: 'rejected', code: 'VALIDATION_ERROR' },
    ],
    [
      'a refusal whose code is a number',
      400,
      { error: { code: 12, message: 'no' } },
      { kind: 'rejected', code: 'HTTP_400', detail: 'The SaaS refused the record (400): no' },
    ],
    [
      'a refusal in one sentence',
      400,
      { success: false, error: 'total is missing' },
      { kind: 'rejected', code: 'HTTP_400', detail: 'The SaaS refused the record (400): total is missing' },
    ],
    ['a refusal in a page', 500, '<html>', { kind: 'unavailable', code: 'HTTP_500' }],
    ['a missing reference', 422, { error: { code: 'MISSING_REFERENCE' } }, { kind: 'waits' }],
  ] as const)('reads an answer: %s', (_case, status, body, expected) => {
    expect(unified.outcome(answer(status, body), ORDER)).toMatchObject(expected)
  })

  it('believes no answer that was too long to be read to its end', () => {
    const long = answer(200, counts({ syncedCount: 1 }), { truncated: true })
    expect(unified.outcome(long, ORDER)).toMatchObject({ kind: 'unavailable', code: 'UNREADABLE_ANSWER' })
  })
})
