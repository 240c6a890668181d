import { z } from 'zod'
import { Resource } from '../contracts/resource'

/**
 * Every job that Parity knows: its payload (ids only, never content), how many run at once in one worker, and how the
 * queue treats it. A job is a hint; the tables are the truth.
 */
export const JOBS = {
  /** Makes one record's delivered state equal its desired state. Never delayed and never retried by the queue. */
  deliver: {
    payload: z.object({ recordId: z.uuid() }),
    concurrency: 16,
    // Long, because a worker goes from job to job under the first one's time; a call has a lease of its own.
    queue: { policy: 'short', retryLimit: 0, expireInSeconds: 3_600 },
  },
  /** Asks Shopify for a shop's name, currency and time zone. */
  describeShop: {
    payload: z.object({ shopId: z.uuid() }),
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 30, expireInSeconds: 60 },
  },
  /** Composes every record of a resource anew after something that all of them carry has changed, such as the shop's currency. */
  recompose: {
    payload: z.object({ sourceConnectionId: z.uuid(), resource: Resource }),
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 10, expireInSeconds: 900 },
  },
} as const

export type JobName = keyof typeof JOBS
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>
export const JOB_NAMES = Object.keys(JOBS) as JobName[]
