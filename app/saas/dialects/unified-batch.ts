import { z } from 'zod'
import { type DeliveryOutcome } from '../../contracts/outcome'
import { complaintOf } from '../complaint'
import { type BatchDialect, type BatchOutcome } from '../dialect'
import { notTaken } from '../not-taken'
import { outcomeOfStatus } from '../outcome-of-status'
import { parseAnswer, UNREADABLE_ANSWER, Words } from '../parse-answer'

const Limit = z.int().positive()
const Status = z.object({
  batch_limit: Limit.optional().catch(undefined),
  data: z
    .object({ batch_limit: Limit.optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

const Result = z.object({
  status: z.enum(['synced', 'skipped', 'stale', 'error']),
  code: Words.optional().catch(undefined),
  message: Words.optional().catch(undefined),
  id: z
    .union([Words, z.number().transform(String)])
    .optional()
    .catch(undefined),
})
const Refusal = z.object({ success: z.literal(false) })
const Results = z.object({ data: z.object({ results: z.array(z.unknown()) }) })

/** Many envelopes of `unified` in one call. */
export const unifiedBatch: BatchDialect = {
  limitRequest: { method: 'GET', path: '/api/sync/status', headers: {}, body: null },

  limit(answer) {
    const status = Status.safeParse(parseAnswer(answer))
    if (answer.status !== 200 || !status.success) return null
    return status.data.data?.batch_limit ?? status.data.batch_limit ?? null
  },

  request: (envelopes) => ({
    method: 'POST',
    path: '/api/sync/batch',
    headers: {},
    body: JSON.stringify({ events: envelopes }),
  }),

  outcome(answer, envelopes): BatchOutcome {
    const json = parseAnswer(answer)
    const { status: httpStatus } = answer
    if (httpStatus < 200 || httpStatus >= 300) {
      return { kind: 'whole', outcome: outcomeOfStatus(answer, complaintOf(json), false) }
    }
    if (Refusal.safeParse(json).success) {
      const { code, message } = complaintOf(json)
      const detail = `The SaaS answered, and did not take the batch${message ? `: ${message}` : '.'}`
      return { kind: 'whole', outcome: { kind: 'rejected', httpStatus, code: code ?? 'SKIPPED', detail } }
    }
    const results = Results.safeParse(json)
    if (results.data?.data.results.length !== envelopes.length) {
      return { kind: 'whole', outcome: unbelievable(httpStatus) }
    }
    return {
      kind: 'each',
      outcomes: results.data.data.results.map((result) => outcomeOfResult(result, httpStatus)),
    }
  },
}

function unbelievable(httpStatus: number): DeliveryOutcome {
  const detail = 'The SaaS answered a batch, but not with one result for each record.'
  return { kind: 'unavailable', httpStatus, code: UNREADABLE_ANSWER, detail }
}

function outcomeOfResult(json: unknown, httpStatus: number): DeliveryOutcome {
  const result = Result.safeParse(json)
  if (!result.success) return unbelievable(httpStatus)
  const { status, id, code = null, message = null } = result.data
  switch (status) {
    case 'synced':
      return id ? { kind: 'delivered', httpStatus, saasId: id } : { kind: 'delivered', httpStatus }
    case 'stale':
      return { kind: 'superseded', httpStatus }
    case 'skipped':
    case 'error':
      return notTaken(httpStatus, { code, message }, status.toUpperCase())
  }
}
