import { type Comparison } from '../compare-mirror'

/** One record's share of a call, as the SaaS saw it. */
export interface SeenSend {
  /** The how-manieth request it was, from 1. */
  sequence: number
  /** Resource and id, such as `product 8201`. */
  record: string
  revision: number
  /** The source's own time of the state that was sent; null where the sender gave none. */
  version: string | null
  /** The event's JSON text. */
  text: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** Null while nobody has seen its end. */
  endedAt: number | null
  /** Null when no answer was given. */
  status: number | null
  /** The fault that it met at the SaaS. */
  fault: string | null
}

/** A request as the SaaS saw it, whatever it carried. */
export interface SeenRequest {
  sequence: number
  idempotencyKey: string | null
  /** The trace id of its `traceparent`; null where it bore none. */
  traceId: string | null
  /** The bytes as text. */
  text: string
  /** How many records it carried. */
  records: number
  startedAt: number
}

/** What the SaaS took for a record, in order. */
export interface SeenTake {
  record: string
  revision: number
}

/** A `SyncAttempt` with the name of its record. */
export interface AttemptRow {
  id: string
  record: string
  revision: number
  traceId: string
  startedAt: number
  /** Null while it is under way. */
  endedAt: number | null
  outcome: string
  code: string | null
}

/** A `SyncRecord`, as far as it tells where the record stands. */
export interface RecordStanding {
  id: string
  record: string
  state: string
  attempts: number
  dueAt: number | null
  lastErrorCode: string | null
  reason: string | null
}

/** A webhook of the stand-in, and how its attempts ended. */
export interface SentWebhook {
  id: string
  /** Resource and id of the record that it is about, where its topic is about one. */
  topic: string
  recordId: string
  /** The status of each attempt; null where nothing was answered. */
  statuses: (number | null)[]
}

/** A process that was killed. */
export interface Death {
  member: string
  at: number
}

/** A time in which sending was paused by hand: from the answer to the one command to the sending of the other. */
export interface Pause {
  from: number
  to: number
}

/** All that a scenario left behind, for the checks: plain data, so that a test can make it up. */
export interface Evidence {
  comparison: Comparison
  /** Of everything that is gone in the store, what the SaaS holds no tombstone of. */
  withoutTombstone: string[]
  sends: SeenSend[]
  requests: SeenRequest[]
  takes: SeenTake[]
  attempts: AttemptRow[]
  records: RecordStanding[]
  webhooks: SentWebhook[]
  /** What became of each stored webhook, by its delivery id: the outcome of its `WebhookEvent`. */
  storedWebhooks: ReadonlyMap<string, string>
  deaths: Death[]
  pauses: Pause[]
}
