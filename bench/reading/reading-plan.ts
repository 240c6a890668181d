import { z } from 'zod'
import { EXPORTED } from './store-lines'

/** A store to be read into an empty database: where its exports are, and what the store says that they hold. */
export const ReadingPlan = z.object({
  databaseUrl: z.string(),
  store: z.string(),
  exports: z.array(
    z.object({ resource: z.enum(EXPORTED), url: z.string(), records: z.number(), lines: z.number() }),
  ),
  /** Whether the heap is collected again and again, to see what stays. That takes time. */
  watchesHeap: z.boolean(),
})
export type ReadingPlan = z.infer<typeof ReadingPlan>

/** What came of it. Memory is in MB. */
export const ReadingResult = z.object({
  records: z.number(),
  seconds: z.number(),
  /** The most that was resident while it was read. */
  resident: z.number(),
  /** The most of the heap that was in use after a collection, all through; at the end only where it was not watched. */
  heap: z.number(),
})
export type ReadingResult = z.infer<typeof ReadingResult>

/** What came of the limit. */
export const LoadedResult = ReadingResult.pick({ records: true, seconds: true })

/** What a plan brings in. */
export function recordsOf({ exports }: ReadingPlan): number {
  return exports.reduce((sum, { records }) => sum + records, 0)
}
