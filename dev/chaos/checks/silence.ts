import { type Pause, type SeenRequest } from '../evidence'

/** How long after a pause a call may still come: it was on its way. */
const GRACE_MS = 1_000

/** Every call that came while sending was paused by hand. */
export function callsWhilePaused(
  requests: readonly Pick<SeenRequest, 'sequence' | 'startedAt' | 'records'>[],
  pauses: readonly Pause[],
): string[] {
  return requests
    .filter(({ records }) => records > 0)
    .filter(({ startedAt }) => pauses.some(({ from, to }) => startedAt > from + GRACE_MS && startedAt < to))
    .map(({ sequence, startedAt }) => `request ${sequence} came at ${new Date(startedAt).toISOString()}`)
}
