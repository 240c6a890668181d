import { type Clock } from '~/lib/time'
import { Refusal } from './answer'

/** How many requests a tenant may make in a span of time, in milliseconds. They may come at once. */
export interface RateLimit {
  requests: number
  perMs: number
}

/** A limit against runaways, far above what a store's changes need. */
export const DEFAULT_RATE_LIMIT: RateLimit = { requests: 120_000, perMs: 60_000 }

/**
 * Counts a tenant's requests in this process: each takes one from a bucket that fills up evenly.
 *
 * @throws Refusal `RATE_LIMITED` with `Retry-After` when the tenant's bucket is empty
 */
export function createRateLimiter({ requests, perMs }: RateLimit, clock: Clock): (storeId: string) => void {
  const buckets = new Map<string, { left: number; at: number }>()

  return (storeId) => {
    const now = clock().getTime()
    const bucket = buckets.get(storeId) ?? { left: requests, at: now }
    // A clock that is set back must not lock a tenant out.
    const elapsed = Math.max(0, now - bucket.at)
    const left = Math.min(requests, bucket.left + (elapsed / perMs) * requests)
    buckets.set(storeId, { left: left < 1 ? left : left - 1, at: now })
    if (left >= 1) return

    const seconds = Math.ceil(((1 - left) / requests) * (perMs / 1000))
    throw new Refusal('RATE_LIMITED', `More than ${requests} requests in ${perMs / 1000} seconds.`, {
      'Retry-After': String(Math.max(1, seconds)),
    })
  }
}
