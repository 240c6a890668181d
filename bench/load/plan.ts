import { z } from 'zod'

/** What a generator is to send, each webhook once, and how fast. */
export const Plan = z.object({
  url: z.string(),
  store: z.string(),
  secret: z.string(),
  news: z.discriminatedUnion('kind', [
    /** New orders, from the n-th on. */
    z.object({ kind: z.literal('orders'), first: z.number() }),
    /** Changes of products, in that order; change 0 creates. */
    z.object({
      kind: z.literal('products'),
      list: z.array(z.object({ product: z.number(), change: z.number() })),
    }),
  ]),
  seconds: z.number(),
  pace: z.discriminatedUnion('kind', [
    /** As fast as the answers come, on so many connections; at most so many webhooks. */
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

/** How many webhooks a plan may send. */
export function sizeOf({ news, pace, seconds }: Plan): number {
  if (news.kind === 'products') return news.list.length
  return pace.kind === 'closed' ? pace.atMost : Math.floor(pace.perSecond * seconds)
}
