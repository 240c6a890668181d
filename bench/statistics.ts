/** The value below which that share of the values lies, by the nearest rank; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = ascending(values)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** The middle value, with the least and the greatest: what one round may differ from another. */
export interface Spread {
  median: number
  least: number
  greatest: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = ascending(values)
  return {
    median: percentile(sorted, 0.5),
    least: sorted[0] ?? Number.NaN,
    greatest: sorted.at(-1) ?? Number.NaN,
  }
}

/** The quotients of two lists, round by round. */
export function quotients(above: readonly number[], below: readonly number[]): number[] {
  return above.map((value, round) => value / (below[round] ?? Number.NaN))
}

/** The first share of a drain is warming up: a worker has just started, and finds its pace. */
const WARM_UP_SHARE = 0.2

/**
 * How many a second, from the times in milliseconds at which each was done: from when a fifth was done until the very last. NaN
 * of fewer than two.
 */
export function steadyRate(doneAt: readonly number[]): number {
  const sorted = ascending(doneAt)
  const from = Math.floor(sorted.length * WARM_UP_SHARE)
  const [first, last] = [sorted[from], sorted.at(-1)]
  if (first === undefined || last === undefined || sorted.length < 2) return Number.NaN
  return ((sorted.length - 1 - from) * 1000) / (last - first)
}

/** The values in three parts of equal length, in the order that they came in. */
export function thirds<T>(values: readonly T[]): [T[], T[], T[]] {
  const [one, two] = [Math.floor(values.length / 3), Math.floor((values.length * 2) / 3)]
  return [values.slice(0, one), values.slice(one, two), values.slice(two)]
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}
