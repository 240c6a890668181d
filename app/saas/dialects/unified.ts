import { z } from 'zod'
import { type DeliveryOutcome } from '../../contracts/outcome'
import { type Envelope } from '../../contracts/shared-schema'
import { type Dialect, type SaasAnswer } from '../dialect'
import { complaintOf } from '../complaint'
import { notTaken } from '../not-taken'
import { outcomeOfStatus } from '../outcome-of-status'
import { parseAnswer, UNREADABLE_ANSWER, Words } from '../parse-answer'
import { unifiedBatch } from './unified-batch'
import { unifiedDigest } from './unified-digest'

/** What decides is read strictly; what only informs is left out where it is not as expected. */
const Taken = z.object({
  success: z.boolean(),
  data: z
    .object({
      syncedCount: z.number(),
      staleCount: z.number().catch(0),
      id: z
        .union([Words, z.number().transform(String)])
        .optional()
        .catch(undefined),
    })
    .optional(),
})
/** A refusal in the SaaS's own envelope. */
const Refusal = z.object({ success: z.literal(false) })

/** The default dialect: the shared sync schema itself, one envelope a call. */
export const unified: Dialect = {
  excludes: () => null,

  request: (envelope) => ({
    method: 'POST',
    path: '/api/sync/webhook',
    headers: {},
    body: JSON.stringify(envelope),
  }),

  outcome(answer, envelope) {
    const json = parseAnswer(answer)
    const isSuccess = answer.status >= 200 && answer.status < 300
    return isSuccess
      ? outcomeOfSuccess(answer, json)
      : outcomeOfStatus(answer, complaintOf(json), isUnknownThere(json, envelope))
  },

  batch: unifiedBatch,
  digest: unifiedDigest,
}

function outcomeOfSuccess(answer: SaasAnswer, json: unknown): DeliveryOutcome {
  const { status: httpStatus } = answer
  const taken = Taken.safeParse(json)
  if (!taken.success) {
    const detail = 'The SaaS answered, but not in a way that says whether it took the record.'
    return { kind: 'unavailable', httpStatus, code: UNREADABLE_ANSWER, detail }
  }

  const { success, data } = taken.data
  if (data && data.staleCount > 0) return { kind: 'superseded', httpStatus }
  if (success && (!data || data.syncedCount > 0)) {
    return data?.id ? { kind: 'delivered', httpStatus, saasId: data.id } : { kind: 'delivered', httpStatus }
  }
  return notTaken(httpStatus, complaintOf(json), 'SKIPPED')
}

/**
 * Whether a 404 would mean that the SaaS has no such record to delete. Deletions go to the same address as everything else,
 * so that a 404 without the SaaS's own error envelope means that the address is wrong.
 */
function isUnknownThere(json: unknown, envelope: Envelope): boolean {
  return envelope.action === 'deleted' && Refusal.safeParse(json).success
}
