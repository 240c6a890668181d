import { z } from 'zod'

/** How many changes no webhook has told of, by the topic of the webhook that did not come, such as `products/update`. */
export const Missed = z.record(z.string(), z.number().int().positive())
export type Missed = z.infer<typeof Missed>

/** How often each topic is among these. */
export function countTopics(topics: readonly string[]): Missed {
  const counts: Missed = {}
  for (const topic of topics) counts[topic] = (counts[topic] ?? 0) + 1
  return counts
}

/** Several counts as one. */
export function sumMissed(all: readonly Missed[]): Missed {
  const sum: Missed = {}
  for (const [topic, count] of all.flatMap((missed) => Object.entries(missed)))
    sum[topic] = (sum[topic] ?? 0) + count
  return sum
}
