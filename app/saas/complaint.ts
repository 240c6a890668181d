import { z } from 'zod'
import { type Complaint } from './outcome-of-status'
import { Words } from './parse-answer'

/** What a SaaS says of its refusal: in `error`, or beside the counts of a record that it skipped. */
const Said = z.object({ code: Words.optional().catch(undefined), message: Words.optional().catch(undefined) })
const Refused = z.object({
  error: z.union([Said, Words.transform((message) => ({ code: undefined, message }))]).optional(),
  data: Said.optional(),
})

/** What the answer of a SaaS says of its refusal, as far as it can be read. */
export function complaintOf(json: unknown): Complaint {
  const refused = Refused.safeParse(json)
  const said = refused.data?.error ?? refused.data?.data
  return { code: said?.code ?? null, message: said?.message ?? null }
}
