import { randomBytes } from 'node:crypto'
import { type DeliveryOutcome } from '../contracts/outcome'
import { sha256 } from '../lib/sha256'
import { callSaas } from '../saas/call-saas'
import { type Dialect, type SaasAnswer, type SaasRequest, type SaasSilence } from '../saas/dialect'
import { type Send } from './prepare-send'
import { type Access } from './resolve-access'

/** One call: the records that travel in it, and the trace that the SaaS sees. */
export interface Call {
  sends: Send[]
  traceId: string
}

/** What a call came to: for each record in order; `isWhole` when the SaaS spoke of the call and of none of the records. */
export interface CallOutcome {
  outcomes: DeliveryOutcome[]
  isWhole: boolean
}

interface CallOptions {
  dialect: Dialect
  access: Extract<Access, { kind: 'address' }>
  now: Date
  /** How long it may take; the client's own limit unless given. */
  timeoutMs: number | undefined
}

/** Makes the call for one record, or for several where the dialect has batches. Never throws for what a SaaS does. */
export async function sendRecords(call: Call, options: CallOptions): Promise<CallOutcome> {
  const { dialect } = options
  const envelopes = call.sends.map(({ envelope }) => envelope)
  const [first] = envelopes
  if (envelopes.length === 1 && first) {
    const answer = await ask(dialect.request(first), call, options)
    return { isWhole: false, outcomes: [silence(answer) ?? dialect.outcome(answer as SaasAnswer, first)] }
  }

  const batch = dialect.batch
  if (!batch) throw new Error('A dialect without batches was given several records.')
  const answer = await ask(batch.request(envelopes), call, options)
  const quiet = silence(answer)
  const outcome = quiet
    ? ({ kind: 'whole', outcome: quiet } as const)
    : batch.outcome(answer as SaasAnswer, envelopes)
  if (outcome.kind === 'each') return { isWhole: false, outcomes: outcome.outcomes }
  return { isWhole: true, outcomes: envelopes.map(() => outcome.outcome) }
}

function ask(
  request: SaasRequest,
  { sends, traceId }: Call,
  { access, now, timeoutMs }: CallOptions,
): Promise<SaasAnswer | SaasSilence> {
  return callSaas(request, {
    address: access.address,
    apiKey: access.apiKey,
    givenBy: access.givenBy,
    idempotencyKey: idempotencyKey(sends),
    traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    now,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
}

/** The same for all tries of one send, and never for two different ones: record and revision, or a hash of all of them. */
function idempotencyKey(sends: Send[]): string {
  const keys = sends.map(({ row }) => `${row.id}:${row.revision}`)
  return keys.length === 1 ? keys[0]! : `batch:${sha256(keys.join('\n'))}`
}

function silence(answer: SaasAnswer | SaasSilence): DeliveryOutcome | null {
  if (answer.kind === 'answer') return null
  return { kind: 'unavailable', httpStatus: null, code: answer.code, detail: answer.detail }
}
