import { type DeliveryOutcome } from '../contracts/outcome'
import { type ConnectionNews } from '../shops/note-connection'

/** What an outcome shows of the connection; null when it is about the record alone. */
export function connectionNewsOf(outcome: DeliveryOutcome): ConnectionNews | null {
  switch (outcome.kind) {
    case 'delivered':
    case 'superseded':
      return { kind: 'took' }
    case 'rejected':
    case 'waits':
      return null
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
