import { z } from 'zod'

/** A request as Parity made it, to be made again. */
export const RawRequest = z.object({
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  text: z.string(),
})
export type RawRequest = z.infer<typeof RawRequest>

/** What the raw loop is to post, over and over. */
export const RawPlan = z.object({
  url: z.string(),
  seconds: z.number(),
  connections: z.number(),
  requests: z.array(RawRequest).min(1),
})
export type RawPlan = z.infer<typeof RawPlan>

/** What came of it; latencies in milliseconds. */
export const RawResult = z.object({
  answered: z.number(),
  failed: z.number(),
  seconds: z.number(),
  latencies: z.array(z.number()),
})
export type RawResult = z.infer<typeof RawResult>
