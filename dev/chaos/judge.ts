import { lostWebhooks, misunderstoodWebhooks, refusedWebhooks } from './checks/acknowledged'
import { lateReturns, returnsOf } from './checks/given-back'
import { changedBodies } from './checks/keys'
import { unloggedCalls } from './checks/log'
import { olderSends, olderTakes } from './checks/order'
import { overlaps } from './checks/overlaps'
import { callsWhilePaused } from './checks/silence'
import { openAttempts, strandedRecords } from './checks/states'
import { type Evidence } from './evidence'

/** The longest that a record may be kept by a worker that died. */
const GIVEN_BACK_MS = 60_000

/** Everything that must hold, and each breach of it in words. */
export type Verdict = Record<string, string[]>

/** Holds the evidence against every promise. @param isGivenBackSoon whether only deaths keep a record from its next call */
export function judge(evidence: Evidence, isGivenBackSoon: boolean): Verdict {
  const {
    comparison,
    withoutTombstone,
    sends,
    requests,
    takes,
    attempts,
    records,
    webhooks,
    storedWebhooks,
  } = evidence
  const calls = sends.map(({ sequence, ...send }) => ({ ...send, name: `call ${sequence}` }))
  const tries = attempts.map((attempt) => ({ ...attempt, name: `attempt ${attempt.id}` }))
  const returns = returnsOf(evidence.deaths, sends)
  return {
    'the SaaS equals the store': [
      ...comparison.differences,
      ...withoutTombstone.map((record) => `${record} is gone in the store, and has no tombstone`),
    ],
    'no two calls for one record overlapped': overlaps(calls),
    'no two attempts of one record overlapped': overlaps(tries),
    'nothing acknowledged is missing': lostWebhooks(webhooks, storedWebhooks),
    'everything stored was understood': misunderstoodWebhooks(webhooks, storedWebhooks),
    'everything was acknowledged in the end': refusedWebhooks(webhooks),
    'nothing older won': [...olderSends(sends), ...olderTakes(takes)],
    'one idempotency key, one body': changedBodies(requests),
    'every call is an attempt in the log': unloggedCalls(requests, attempts),
    'nothing was sent while it was paused by hand': callsWhilePaused(requests, evidence.pauses),
    'everything came to rest': [...strandedRecords(records), ...openAttempts(attempts)],
    'a dead worker gives back within a minute': isGivenBackSoon ? lateReturns(returns, GIVEN_BACK_MS) : [],
  }
}
