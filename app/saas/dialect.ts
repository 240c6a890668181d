import { type DeliveryOutcome } from '../contracts/outcome'
import { type Resource } from '../contracts/resource'
import { type Envelope } from '../contracts/shared-schema'

/** A call as a dialect wants it made; the client adds address, key, idempotency key and trace. */
export interface SaasRequest {
  method: 'GET' | 'POST' | 'DELETE'
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
  /** TIMEOUT, CONNECTION_REFUSED, CONNECTION_RESET, DNS, TLS, CUT_OFF, NOT_PUBLIC or NETWORK. */
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
  /** How many records travel in one call; null where the dialect has no such thing. */
  batch: BatchDialect | null
  /** How the SaaS is asked what it holds; null where the dialect has no such thing. */
  digest: DigestDialect | null
}

/** How a dialect carries many records in one call, to a SaaS that offers it. */
export interface BatchDialect {
  /** The call that asks the SaaS how many it takes. */
  limitRequest: SaasRequest
  /** What it answered; null when it offers no batches. */
  limit(answer: SaasAnswer): number | null
  /** The call that carries these records. */
  request(envelopes: Envelope[]): SaasRequest
  /** What the answer means: for each record, in order; or for the call as a whole, which settles none of them by itself. */
  outcome(answer: SaasAnswer, envelopes: Envelope[]): BatchOutcome
}

/** What the answer to a batch says: of each record in it, in order, or only of the call as a whole. */
export type BatchOutcome =
  { kind: 'each'; outcomes: DeliveryOutcome[] } | { kind: 'whole'; outcome: DeliveryOutcome }

/** Which of the SaaS's records are meant: those whose SHA-256 (hex) of the external id begins with the prefix. */
export interface DigestQuery {
  source: string
  store: string
  resource: Resource
  prefix: string
}

/** How many records are under a prefix, tombstones included, and their hash: the XOR of SHA-256 over external id, revision and text hash, by lines. */
export interface DigestSummary {
  prefix: string
  count: number
  /** Hex. */
  hash: string
}

/** What a SaaS holds of a record: the revision, and the SHA-256 (hex) of the very text of the event. */
export interface HeldRecord {
  externalId: string
  revision: number
  textHash: string
}

/** How a dialect asks a SaaS, which offers it, what it holds. */
export interface DigestDialect {
  request(query: DigestQuery): SaasRequest
  /** The summary of the prefix, and those of the 16 that are one digit longer; null when the answer is none. */
  summaries(answer: SaasAnswer): { whole: Omit<DigestSummary, 'prefix'>; children: DigestSummary[] } | null
  rowsRequest(query: DigestQuery): SaasRequest
  /** The records under the prefix; null when the answer is none, as when they are too many for one. */
  rows(answer: SaasAnswer): HeldRecord[] | null
  /** The text of the event that the SaaS sees of a record, alone or in a batch. */
  eventText(envelope: Envelope): string
}
