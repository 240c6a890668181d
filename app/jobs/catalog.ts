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
  /** Works on a backfill or a deep reconciliation for a while; where there is more to do now it is sent again. */
  workRun: {
    payload: z.object({ runId: z.uuid() }),
    key: ({ runId }: { runId: string }) => runId,
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 10, expireInSeconds: 120 },
  },
  /** Works on a run that looks at every record again, for a while; where there is more it is sent again. */
  reevaluate: {
    payload: z.object({ runId: z.uuid() }),
    key: ({ runId }: { runId: string }) => runId,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 10, expireInSeconds: 120 },
  },
  /** Sends everything of a shop again that died in a while. */
  replayDead: {
    payload: z.object({
      shopId: z.uuid(),
      since: z.iso.datetime(),
      until: z.iso.datetime(),
      resource: Resource.nullable(),
    }),
    key: ({ shopId, since, resource }: { shopId: string; since: string; resource: Resource | null }) =>
      `${shopId}/${resource ?? 'all'}/${since}`,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 900 },
  },
  /** Maps the events of a source again that could not be mapped, for a while; where there are more it is sent again. */
  replayEvents: {
    payload: z.object({ sourceConnectionId: z.uuid(), since: z.iso.datetime(), until: z.iso.datetime() }),
    key: ({ sourceConnectionId, since }: { sourceConnectionId: string; since: string }) =>
      `${sourceConnectionId}/${since}`,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 120 },
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
