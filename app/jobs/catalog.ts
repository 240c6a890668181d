import { z } from 'zod'
import { Resource } from '../contracts/resource'

/**
 * Every job that Parity knows: its payload (ids only, never content), its key (of one key, one job waits at a time), how many run
 * at once in one worker, and how the queue treats it. A job is a hint; the tables are the truth.
 */
export const JOBS = {
  /** Asks Shopify for a shop's name, currency and time zone. */
  describeShop: {
    payload: z.object({ shopId: z.uuid() }),
    key: ({ shopId }: { shopId: string }) => shopId,
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 30, expireInSeconds: 60 },
  },
  /** Lets a shop's records stand where its connection is: held while nothing may be sent, waiting when it may. */
  alignHeld: {
    payload: z.object({ shopId: z.uuid() }),
    key: ({ shopId }: { shopId: string }) => shopId,
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 900 },
  },
  /** Composes every record of a resource anew after something that all of them carry has changed, such as the shop's currency. */
  recompose: {
    payload: z.object({ sourceConnectionId: z.uuid(), resource: Resource }),
    key: ({ sourceConnectionId, resource }: { sourceConnectionId: string; resource: Resource }) =>
      `${sourceConnectionId}/${resource}`,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 10, expireInSeconds: 900 },
  },
} as const

export type JobName = keyof typeof JOBS
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>
/** The key of a job: of several that are sent with it, one waits. */
export function jobKey<Name extends JobName>(name: Name, payload: JobPayload<Name>): string {
  // Name by name the two fit together; TypeScript looks at all names at once.
  const key = JOBS[name].key as (payload: JobPayload<Name>) => string
  return key(payload)
}

export const JOB_NAMES = Object.keys(JOBS) as JobName[]
