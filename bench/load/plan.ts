import { z } from 'zod'

/** What a generator is to send: orders from the n-th on, each once, each signed before the first is sent. */
export const Plan = z.object({
  url: z.string(),
  store: z.string(),
  secret: z.string(),
  firstOrder: z.number(),
  seconds: z.number(),
  pace: z.discriminatedUnion('kind', [
    /** As fast as the answers come, on so many connections; at most so many orders. */
    z.object({ kind: z.literal('closed'), connections: z.number(), atMost: z.number() }),
    /** So many a second, whether or not the answers come. */
    z.object({ kind: z.literal('open'), perSecond: z.number() }),
  ]),
})
export type Plan = z.infer<typeof Plan>

/** What came of a plan. Latencies are in milliseconds, counted from when a request was due to be sent. */
export const LoadResult = z.object({
  acknowledged: z.number(),
  /** Answers other than 200, and requests without one. */
  failed: z.number(),
  seconds: z.number(),
  latencies: z.array(z.number()),
  /** When the first request was due, in milliseconds since 1970. */
  startedAt: z.number(),
})
export type LoadResult = z.infer<typeof LoadResult>

/** How many orders a plan may send. */
export function ordersOf({ pace, seconds }: Plan): number {
  return pace.kind === 'closed' ? pace.atMost : Math.floor(pace.perSecond * seconds)
}
