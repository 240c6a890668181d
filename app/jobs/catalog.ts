import { z } from 'zod'
import { Resource } from '../contracts/resource'
import { ReplayableState } from '../contracts/states'

/** From one time to another, ISO 8601. */
interface Span {
  since: string
  until: string
}

/** Dead letters of a shop. */
interface Dead extends Span {
  shopId: string
  resource: Resource | null
  cause?: string | undefined
}

/** As app/records/cause.ts makes it. */
const CauseKey = z.string().regex(/^[0-9a-f]{32}$/)

/**
 * Every job that Parity knows: its payload (ids only, never content of a store), its key (of one key, one job waits at a time), how many run
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
  /** Asks a shop's store how far it can be read. */
  describeReach: {
    payload: z.object({ shopId: z.uuid() }),
    key: ({ shopId }: { shopId: string }) => shopId,
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 30, expireInSeconds: 60 },
  },
  /**
   * Lets a shop's records stand where its connection is, for a while: held while nothing may be sent, waiting when it may. Where there are
   * more it is sent again.
   */
  alignHeld: {
    payload: z.object({ shopId: z.uuid() }),
    key: ({ shopId }: { shopId: string }) => shopId,
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 120 },
  },
  /** Works on a backfill or a deep reconciliation for a while; where there is more to do now it is sent again. */
  workRun: {
    payload: z.object({ runId: z.uuid() }),
    key: ({ runId }: { runId: string }) => runId,
    concurrency: 2,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 10, expireInSeconds: 120 },
  },
  /** Asks a store what has changed lately, and finds what no webhook has told. */
  reconcile: {
    payload: z.object({
      sourceConnectionId: z.uuid(),
      /** When Parity was not there: all of it is looked through. */
      downtime: z.object({ since: z.iso.datetime(), until: z.iso.datetime() }).optional(),
    }),
    key: ({ sourceConnectionId, downtime }: { sourceConnectionId: string; downtime?: Span | undefined }) =>
      downtime ? `${sourceConnectionId}/${downtime.since}/${downtime.until}` : sourceConnectionId,
    concurrency: 4,
    queue: { policy: 'short', retryLimit: 0, retryBackoff: false, retryDelay: 0, expireInSeconds: 900 },
    stretchMs: 600_000,
  },
  /** Compares what the SaaS holds with what it was sent, by hashes: all of it in one go, as half of a comparison says nothing. */
  compareDigest: {
    payload: z.object({ sourceConnectionId: z.uuid() }),
    key: ({ sourceConnectionId }: { sourceConnectionId: string }) => sourceConnectionId,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 3, retryBackoff: true, retryDelay: 60, expireInSeconds: 1800 },
    stretchMs: 1_500_000,
  },
  /** Works on a run that looks at every record again, for a while; where there is more it is sent again. */
  reevaluate: {
    payload: z.object({ runId: z.uuid() }),
    key: ({ runId }: { runId: string }) => runId,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 10, expireInSeconds: 120 },
  },
  /**
   * Sends everything of a shop again that died between two times, or of that what died of one cause (by its key), for a while; where there
   * is more it is sent again.
   */
  replayDead: {
    payload: z.object({
      shopId: z.uuid(),
      since: z.iso.datetime(),
      until: z.iso.datetime(),
      resource: Resource.nullable(),
      cause: CauseKey.optional(),
    }),
    key: ({ shopId, since, until, resource, cause }: Dead) =>
      [shopId, resource ?? 'all', ...(cause === undefined ? [] : [cause]), since, until].join('/'),
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 120 },
  },
  /** Dismisses what died of one cause until then, with a person's reason, for a while; where there is more it is sent again. */
  dismissDead: {
    payload: z.object({
      shopId: z.uuid(),
      until: z.iso.datetime(),
      resource: Resource,
      cause: CauseKey,
      reason: z.string(),
    }),
    key: ({ shopId, until, resource, cause }: Omit<Dead, 'since'>) =>
      `${shopId}/${resource}/${cause}/${until}`,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 120 },
  },
  /** Sends all records of a shop again that have stood in some states since before that time, for a while; where there are more it is sent again. */
  replayMatching: {
    payload: z.object({
      shopId: z.uuid(),
      states: z.array(ReplayableState),
      resource: Resource.nullable(),
      until: z.iso.datetime(),
    }),
    key: ({
      shopId,
      states,
      resource,
      until,
    }: Pick<Dead, 'shopId' | 'resource' | 'until'> & { states: string[] }) =>
      [shopId, resource ?? 'all', states.join('+'), until].join('/'),
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 120 },
  },
  /** Maps the events of a source again that could not be mapped, for a while; where there are more it is sent again. */
  replayEvents: {
    payload: z.object({ sourceConnectionId: z.uuid(), since: z.iso.datetime(), until: z.iso.datetime() }),
    key: ({ sourceConnectionId, since, until }: Span & { sourceConnectionId: string }) =>
      `${sourceConnectionId}/${since}/${until}`,
    concurrency: 1,
    queue: { policy: 'short', retryLimit: 5, retryBackoff: true, retryDelay: 5, expireInSeconds: 120 },
  },
} as const

/** The name of a job. */
export type JobName = keyof typeof JOBS
/** What a job of that name is given. */
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]['payload']>
/** The key of a job: of several that are sent with it, one waits. */
export function jobKey<Name extends JobName>(name: Name, payload: JobPayload<Name>): string {
  // Name by name the two fit together; TypeScript looks at all names at once.
  const key = JOBS[name].key as (payload: JobPayload<Name>) => string
  return key(payload)
}

/** The names of all jobs. */
export const JOB_NAMES = Object.keys(JOBS) as JobName[]
