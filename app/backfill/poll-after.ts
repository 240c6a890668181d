const SHORTEST_MS = 2_000
const LONGEST_MS = 60_000

/**
 * When to look at an export again: in a quarter of the time that it has taken so far, so that a small one is found soon and a large one is
 * not asked about all the time. The store tells when it is ready; this is for when it does not.
 *
 * @param takenAt when it was begun, by the store's clock
 */
export function pollAfter(takenAt: string, now: Date): Date {
  const taken = now.getTime() - Date.parse(takenAt)
  return new Date(now.getTime() + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, taken / 4)))
}
