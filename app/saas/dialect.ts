import { type DeliveryOutcome } from '../contracts/outcome'
import { type Envelope } from '../contracts/shared-schema'

/** A call as a dialect wants it made; the client adds address, key, idempotency key and trace. */
export interface SaasRequest {
  method: 'POST' | 'DELETE'
  /** From the base URL on, beginning with a slash. */
  path: string
  headers: Record<string, string>
  /** The JSON text to send; null for none. */
  body: string | null
}

/** What came back: an HTTP answer, its text cut at the client's limit. */
export interface SaasAnswer {
  kind: 'answer'
  status: number
  text: string
  /** Whether the text was longer than the client reads. */
  truncated: boolean
  /** The wait that the SaaS asked for, in milliseconds. */
  retryAfterMs: number | null
}

/** Nothing came back that could be an answer. */
export interface SaasSilence {
  kind: 'silence'
  /** TIMEOUT, CONNECTION_REFUSED, CONNECTION_RESET, DNS, TLS, CUT_OFF or NETWORK. */
  code: string
  /** In words for a person. */
  detail: string
}

/** How to speak to one kind of SaaS: pure, total, and knowing neither network nor database. */
export interface Dialect {
  /** Why this record cannot or need not be carried, in words for a person; null when it can. */
  excludes(envelope: Envelope): string | null
  /** The call that carries the record. Only for what is not excluded. */
  request(envelope: Envelope): SaasRequest
  /** What the answer to that call means. */
  outcome(answer: SaasAnswer, envelope: Envelope): DeliveryOutcome
}
