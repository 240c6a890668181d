import { type DeliveryOutcome } from '../contracts/outcome'
import { waitAfter } from '../lib/backoff'
import { type Settlement } from '../records/settle-record'

/** A held record looks again once a minute. */
const HELD_MS = 60_000

/** What was sent, for the settlement of a delivery. */
export interface Sent {
  hash: string
  bodyHash: string
  revision: string
  generation: number
  /** Failed calls in a row before this one. */
  attempts: number
}

/** What an outcome means for the record: one place, pure and total. */
export function settlementOf(
  outcome: DeliveryOutcome,
  sent: Sent,
  now: Date,
  random: () => number = Math.random,
): Settlement {
  switch (outcome.kind) {
    case 'delivered':
    case 'superseded': {
      const { hash, bodyHash, revision, generation } = sent
      const saasId = outcome.kind === 'delivered' ? (outcome.saasId ?? null) : null
      return { kind: 'delivered', hash, bodyHash, revision, generation, saasId }
    }
    case 'rejected':
      return { kind: 'dead', code: outcome.code, words: outcome.detail }
    case 'waits':
    case 'unavailable':
      return retry(outcome, sent.attempts + 1, now, random)
    case 'misdirected':
    case 'unauthorised':
    case 'paused':
      return hold(outcome.code, outcome.detail, now)
  }
}

/** The record waits for its connection, and none of its tries is spent. */
export function hold(code: string, words: string, now: Date): Settlement {
  const dueAt = new Date(now.getTime() + HELD_MS)
  return { kind: 'later', state: 'held', dueAt, counts: false, code, words }
}

function retry(
  outcome: Extract<DeliveryOutcome, { kind: 'waits' | 'unavailable' }>,
  failures: number,
  now: Date,
  random: () => number,
): Settlement {
  const { code, detail } = outcome
  const scheduled = waitAfter(failures, random)
  if (scheduled === null) {
    return {
      kind: 'dead',
      code,
      words: `${detail} It was tried for more than a day. Send it again when the SaaS is well.`,
    }
  }
  const asked = outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? 0) : 0
  const dueAt = new Date(now.getTime() + Math.max(scheduled, asked))
  return { kind: 'later', state: 'retrying', dueAt, counts: true, code, words: detail }
}
