import { type DeliveryOutcome } from '../contracts/outcome'
import { waitAfter } from '../lib/backoff'
import { causeOf } from '../records/cause'
import { type Settlement } from '../records/settle-records'

/** What a person does about a dead letter: it goes again by itself when the record changes. */
const WHAT_TO_DO = {
  rejected: 'Correct the record in the store, or have the SaaS take it and send it again.',
  waits: 'Send it again when the SaaS has the record that this one refers to.',
  unavailable: 'Send it again when the SaaS is well.',
  superseded: 'Remove it again; if it stays, delete it in the SaaS.',
}

const KEPT_NEWER = {
  code: 'SAAS_HAS_NEWER',
  detail: 'The SaaS was told to delete it, and kept it: it has a newer revision.',
}

/** What an outcome means for the record: one place, pure and total. */
export function settlementOf(
  outcome: DeliveryOutcome,
  /**
   * The hashes of the body and of the very text that were sent, how many calls in a row had failed before this one, and why the record is
   * left out when it was taken: of one that is removed.
   */
  sent: { bodyHash: string; textHash: string | null; attempts: number; leftOut?: string | undefined },
  now: Date,
  random: () => number = Math.random,
): Settlement {
  switch (outcome.kind) {
    case 'delivered':
      return {
        kind: 'delivered',
        bodyHash: sent.bodyHash,
        textHash: sent.textHash,
        saasId: outcome.saasId ?? null,
        leftOut: sent.leftOut,
      }
    case 'superseded':
      // What was to be removed is there still, and nothing would be compared.
      if (sent.leftOut !== undefined) return dead(KEPT_NEWER, WHAT_TO_DO.superseded)
      // It holds something else, of a higher revision: what that is shows when the two sides are compared.
      return { kind: 'delivered', bodyHash: sent.bodyHash, textHash: null, saasId: null }
    case 'rejected':
      return dead(outcome, WHAT_TO_DO.rejected)
    case 'waits':
    case 'unavailable':
      return retry(outcome, sent.attempts + 1, now, random)
    case 'misdirected':
    case 'unauthorised':
    case 'paused':
      // The record waits for its connection, and none of its tries is spent: it is due as soon as the gate lets it through.
      return {
        kind: 'later',
        state: 'held',
        dueAt: now,
        counts: false,
        code: outcome.code,
        words: outcome.detail,
      }
  }
}

function retry(
  outcome: Extract<DeliveryOutcome, { kind: 'waits' | 'unavailable' }>,
  failures: number,
  now: Date,
  random: () => number,
): Settlement {
  const { code, detail } = outcome
  const scheduled = waitAfter(failures, random)
  if (scheduled === null)
    return dead(outcome, `It was tried for more than a day. ${WHAT_TO_DO[outcome.kind]}`)
  // That the SaaS is well again is no reason to come sooner than it asked, nor for what lacks another record.
  const kept = outcome.kind === 'waits' ? scheduled : (outcome.retryAfterMs ?? 0)
  const dueAt = new Date(now.getTime() + Math.max(scheduled, kept))
  const notBefore = kept > 0 ? { notBefore: new Date(now.getTime() + kept) } : {}
  return { kind: 'later', state: 'retrying', dueAt, ...notBefore, counts: true, code, words: detail }
}

function dead({ code, detail }: { code: string; detail: string }, more: string): Settlement {
  return { kind: 'dead', code, words: `${sentence(detail)} ${more}`, cause: causeOf(code, detail) }
}

/** Words that another sentence can follow. */
function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`
}
