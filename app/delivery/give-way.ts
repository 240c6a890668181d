import { type Lane } from './lane'

/** For how long a lane keeps its place in a process while others want it. */
const SHARE_MS = 5_000

/** Whether the lane leaves its place to another that wants it: it has had its share, or may do nothing for a while. It comes again after the others. */
export function givesWay(lane: Lane): boolean {
  const { signal, options, takenAt } = lane
  if (!signal.isWanted()) return false
  const hasHadItsShare = options.clock().getTime() - takenAt.getTime() >= SHARE_MS
  if (!hasHadItsShare && !isAtRest(lane)) return false
  signal.isDue = true
  return true
}

/** Whether nothing is in hand, and nothing may be begun for a while. */
export function isAtRest(lane: Lane): boolean {
  return lane.calls.size === 0 && isQuiet(lane)
}

/** Whether the SaaS has asked for patience that is not over. */
export function isQuiet({ pace, options }: Lane): boolean {
  return pace.quietUntil > options.clock().getTime()
}
