import { z } from 'zod'
import { type DigestDialect, type DigestQuery, type SaasRequest } from '../dialect'
import { parseAnswer } from '../parse-answer'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Summary = z.object({ count: z.int().nonnegative(), hash: Hash })
const Digest = z.object({
  success: z.literal(true),
  data: Summary.extend({
    children: z.array(Summary.extend({ prefix: z.string().regex(/^[0-9a-f]{1,64}$/) })).length(16),
  }),
})
const Rows = z.object({
  success: z.literal(true),
  data: z.object({
    rows: z.array(z.object({ external_id: z.string(), revision: z.int(), body_hash: Hash })),
  }),
})

/** What a SaaS of `unified` holds, told by hashes. */
export const unifiedDigest: DigestDialect = {
  request: (query) => asking('/api/sync/digest', query),

  summaries(answer) {
    const digest = Digest.safeParse(parseAnswer(answer))
    if (answer.status !== 200 || !digest.success) return null
    const { children, ...whole } = digest.data.data
    return { whole, children }
  },

  rowsRequest: (query) => asking('/api/sync/digest/rows', query),

  rows(answer) {
    const rows = Rows.safeParse(parseAnswer(answer))
    if (answer.status !== 200 || !rows.success) return null
    return rows.data.data.rows.map(({ external_id: externalId, revision, body_hash: textHash }) => ({
      externalId,
      revision,
      textHash,
    }))
  },

  eventText: (envelope) => JSON.stringify(envelope),
}

function asking(path: string, { source, store, resource, prefix }: DigestQuery): SaasRequest {
  const query = new URLSearchParams({ source, store, resource, prefix })
  return { method: 'GET', path: `${path}?${query}`, headers: {}, body: null }
}
