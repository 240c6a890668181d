import { z } from 'zod'

/** One way for the SaaS to misbehave. Several may be in force; the first that matches a request is played. */
export const SaasFault = z.intersection(
  z.discriminatedUnion('kind', [
    /** Answers with that status and body; `retryAfter` is seconds, or a text such as an HTTP date. */
    z.object({
      kind: z.literal('status'),
      status: z.number().int().min(100).max(599),
      code: z.string().optional(),
      message: z.string().optional(),
      body: z.unknown().optional(),
      retryAfter: z.union([z.number(), z.string()]).optional(),
      headers: z.record(z.string(), z.string()).default({}),
    }),
    /** Answers as it should, but later. */
    z.object({ kind: z.literal('slow'), ms: z.number().min(0) }),
    /** Takes the request and never answers. */
    z.object({ kind: z.literal('hang') }),
    /** Resets the connection; `after` says whether the request was taken first. */
    z.object({ kind: z.literal('reset'), after: z.enum(['nothing', 'taking']).default('nothing') }),
    /** Takes the request, then cuts the answer off in the middle. */
    z.object({ kind: z.literal('cut_off') }),
    /** 200 with what is not JSON. */
    z.object({ kind: z.literal('garbage'), text: z.string().default('<html>It works!</html>') }),
    /** 200 with an endless-looking JSON body. */
    z.object({ kind: z.literal('huge'), bytes: z.number().int().min(1).default(20_000_000) }),
    /** 200, but nothing was taken: `skippedCount` 1, or `success` false. */
    z.object({ kind: z.literal('not_taken'), how: z.enum(['skipped', 'unsuccessful']).default('skipped') }),
    /** 200, says that it holds a newer revision. */
    z.object({ kind: z.literal('stale') }),
    /** 429 with `Retry-After` for what goes beyond so many requests a second. */
    z.object({ kind: z.literal('rate_limit'), perSecond: z.number().positive() }),
    /** A batch answer with too few results. */
    z.object({ kind: z.literal('short_batch') }),
  ]),
  z.object({
    /** Only requests that carry this record. */
    externalId: z.string().optional(),
    resource: z.string().optional(),
    /** Only paths that begin so. */
    path: z.string().optional(),
    /** For the next so many requests; absent: until told otherwise. */
    times: z.number().int().positive().optional(),
    /** For each request apart, from 0 to 1. */
    chance: z.number().min(0).max(1).default(1),
  }),
)
export type SaasFault = z.infer<typeof SaasFault>
export type SaasFaultInput = z.input<typeof SaasFault>
