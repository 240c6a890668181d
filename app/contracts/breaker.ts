import { z } from 'zod'

/** What a circuit breaker remembers of the last calls to a SaaS. */
export const Breaker = z.object({
  /** Calls and failures of the last minute, by slots of ten seconds; `slot` is the slot's number since 1970. */
  slots: z.array(z.object({ slot: z.int(), calls: z.int(), failures: z.int() })),
  /** Failed calls without a success between them. */
  inARow: z.int(),
  /** How often it has opened since the last success: each time the SaaS is left alone for longer. */
  openings: z.int(),
})
export type Breaker = z.infer<typeof Breaker>
