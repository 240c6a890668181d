import { type Breaker } from '../contracts/breaker'
import { type DeliveryOutcome } from '../contracts/outcome'
import { type Health } from '../shops/note-health'
import { afterCall, isTripped, opened, UNTRIED } from './breaker'

/** A connection that refuses is asked again once a minute. */
const HELD_PROBE_MS = 60_000

/** What is held of a connection's health while its lane runs. */
export interface Standing {
  state: Health['state']
  reason: string | null
  /** Null while the gate is open. */
  probeAt: Date | null
  breaker: Breaker
}

/**
 * What one call's outcome makes of the connection's standing: its state for people, its breaker, and its gate. Pure.
 *
 * @param isProbe whether the call tried a closed connection: its success opens the gate, its failure closes it again
 */
export function judgeCall(
  standing: Standing,
  outcome: DeliveryOutcome,
  isProbe: boolean,
  now: Date,
): Standing {
  switch (outcome.kind) {
    case 'delivered':
    case 'superseded':
    case 'rejected':
    case 'waits':
      // It answers, and knows us. A gate that closed while this call was under way is opened by a probe only.
      return standing.probeAt && !isProbe ? standing : well(standing, now)
    case 'misdirected':
      return close(standing, 'misdirected', outcome.detail, now)
    case 'unauthorised':
      return close(standing, 'refused', outcome.detail, now)
    case 'paused':
      return close(standing, 'paused', outcome.detail, now)
    case 'unavailable':
      return failed(standing, outcome.detail, isProbe, now)
  }
}

/** The standing of a connection whose stored row says so. */
export function standingOf(stored: Omit<Standing, 'breaker'> & { breaker: Breaker | null }): Standing {
  return { ...stored, breaker: stored.breaker ?? UNTRIED }
}

/** What failed before a gate was opened says nothing of how the SaaS is now. */
function well({ probeAt, breaker }: Standing, now: Date): Standing {
  const after = probeAt ? UNTRIED : afterCall(breaker, false, now)
  return { state: 'connected', reason: null, probeAt: null, breaker: after }
}

function close(standing: Standing, state: Standing['state'], reason: string, now: Date): Standing {
  return { ...standing, state, reason, probeAt: new Date(now.getTime() + HELD_PROBE_MS) }
}

function failed(standing: Standing, reason: string, isProbe: boolean, now: Date): Standing {
  const breaker = afterCall(standing.breaker, true, now)
  // A gate that is closed stays as it is: this call was under way when it closed.
  if (standing.probeAt && !isProbe) return { ...standing, breaker }
  // One call that fails is the record's trouble, until so many have that it is the connection's.
  if (!isProbe && !isTripped(breaker)) return { ...standing, breaker }

  const { breaker: open, waitMs } = opened(breaker)
  return { state: 'unreachable', reason, probeAt: new Date(now.getTime() + waitMs), breaker: open }
}
