const NEWEST_SHARE = 0.1
const EARLY_SHARE = 0.2

/**
 * Which share of the newest tenth was delivered in the first fifth of a drain: 1 where the newest go first, 0 where the oldest
 * do, about 0.2 where the order is none.
 *
 * @param takenAt when each was delivered, the oldest first
 */
export function newestFirst(takenAt: readonly number[]): number {
  const early = takenAt.toSorted((a, b) => a - b)[Math.ceil(takenAt.length * EARLY_SHARE) - 1] ?? Number.NaN
  const newest = takenAt.slice(-Math.ceil(takenAt.length * NEWEST_SHARE))
  return newest.filter((at) => at <= early).length / newest.length
}
