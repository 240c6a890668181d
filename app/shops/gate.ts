import { type ConnectionState } from '../contracts/states'

/** What decides whether calls may be made to a connection. */
export interface GateFacts {
  state: ConnectionState
  stateReason: string | null
  /** When a person paused it; null when nobody did. */
  pausedAt: Date | null
  /** When it may be tried again with one record; null while it is open. */
  probeAt: Date | null
}

/** Whether a connection lets records through: all, one to see whether it is well again, or none. */
export type Gate = 'open' | 'probe' | 'closed'

/** The gate of a connection at that time. Pure. */
export function gateOf({ state, pausedAt, probeAt }: GateFacts, now: Date): Gate {
  if (pausedAt || state === 'not_connected') return 'closed'
  if (!probeAt) return 'open'
  return probeAt <= now ? 'probe' : 'closed'
}

/**
 * Why what is sent waits for the connection, in words for a person; null when it need not. A SaaS that cannot be reached holds
 * nothing: its records wait or are retried, each by its own schedule.
 */
export function heldBecause({ state, stateReason, pausedAt }: Omit<GateFacts, 'probeAt'>): string | null {
  if (pausedAt) return 'Sending is paused.'
  switch (state) {
    case 'connected':
    case 'unreachable':
      return null
    case 'refused':
    case 'misdirected':
    case 'paused':
    case 'not_connected':
      return stateReason ?? 'The connection is not ready.'
  }
}
