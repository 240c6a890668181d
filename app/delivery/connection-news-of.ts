import { type DeliveryOutcome } from '../contracts/outcome'
import { type ConnectionNews } from '../shops/note-connection'

/** What an outcome shows of the connection. */
export function connectionNewsOf(outcome: DeliveryOutcome): ConnectionNews {
  switch (outcome.kind) {
    case 'delivered':
    case 'superseded':
      return { kind: 'took' }
    case 'rejected':
    case 'waits':
      return { kind: 'answered' }
    case 'misdirected':
      return { kind: 'failed', state: 'misdirected', reason: outcome.detail }
    case 'unauthorised':
      return { kind: 'failed', state: 'refused', reason: outcome.detail }
    case 'paused':
      return { kind: 'failed', state: 'paused', reason: outcome.detail }
    case 'unavailable':
      return { kind: 'failed', state: 'unreachable', reason: outcome.detail }
  }
}
