import { describe, expect, it } from 'vitest'
import { type DeliveryOutcome } from '../contracts/outcome'
import { type SaasAnswer } from './dialect'
import { outcomeOfStatus, words } from './outcome-of-status'

const answer = (status: number, retryAfterMs: number | null = null): SaasAnswer => ({
  kind: 'answer',
  status,
  text: '',
  truncated: false,
  retryAfterMs,
})
const SILENT = { code: null, message: null }
const KINDS: [DeliveryOutcome['kind'], number[]][] = [
  ['rejected', [400, 409, 413, 415, 422, 300, 301, 302, 304, 307, 308, 406, 418, 451]],
  ['misdirected', [404, 405, 410]],
  ['unauthorised', [401, 403]],
  ['paused', [402, 423]],
  ['unavailable', [408, 425, 429, 500, 501, 502, 503, 504, 529]],
]

describe('an answer that is no success', () => {
  it.each(KINDS.flatMap(([kind, statuses]) => statuses.map((status) => [status, kind] as const)))(
    'of status %i is %s',
    (status, kind) => {
      expect(outcomeOfStatus(answer(status), SILENT, false)).toMatchObject({
        kind,
        httpStatus: status,
        code: `HTTP_${status}`,
        detail: expect.stringMatching(new RegExp(`^The SaaS .* \\(${status}\\)$`)) as string,
      })
    },
  )

  it.each([409, 422])('of status %i waits when it names a missing reference', (status) => {
    const complaint = { code: 'MISSING_REFERENCE', message: 'no such customer' }
    expect(outcomeOfStatus(answer(status), complaint, false)).toMatchObject({
      kind: 'waits',
      detail: expect.stringContaining('no such customer') as string,
    })
    expect(outcomeOfStatus(answer(400), complaint, false)).toMatchObject({ kind: 'rejected' })
  })

  it('of status 404 is a success for a deletion', () => {
    expect(outcomeOfStatus(answer(404), SILENT, true)).toEqual({ kind: 'delivered', httpStatus: 404 })
    expect(outcomeOfStatus(answer(410), SILENT, true)).toMatchObject({ kind: 'misdirected' })
  })

  it('carries the wait that the SaaS asked for', () => {
    expect(outcomeOfStatus(answer(503, 9_000), SILENT, false)).toMatchObject({ retryAfterMs: 9_000 })
    expect(outcomeOfStatus(answer(503), SILENT, false)).not.toHaveProperty('retryAfterMs')
  })
})

describe('the words of a SaaS', () => {
  it('are one short line that can be stored', () => {
    expect(words(' total\u0000must\n\tbe  text ')).toBe('total must be text')
    expect(words('x'.repeat(5_000))).toHaveLength(300)
    expect(words(`${'x'.repeat(299)}\u{1F600}`).isWellFormed()).toBe(true)
  })
})
