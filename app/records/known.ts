import { z } from 'zod'
import { Version } from '../contracts/version'

const Part = z.object({
  /** The version of the news that this part came with. */
  asOf: Version,
  /** The fields in the shared vocabulary; an absent key is unknown. */
  data: z.record(z.string(), z.unknown()),
})

/**
 * All that is known of one record: what a fold reads and writes, and what is stored sealed.
 *
 * `hints` names, by part, the newest trigger time at which something said that the part may have changed.
 */
export const Known = z.object({
  parts: z.record(z.string(), Part),
  hints: z.record(z.string(), z.string()),
  action: z.enum(['created', 'updated']),
  /** The source's update time as it wrote it, of the newest core. */
  updatedAt: z.string().nullable(),
  deletion: z
    .object({ version: Version, deletedAt: z.string(), mergedIntoExternalId: z.string().optional() })
    .nullable(),
})
export type Known = z.infer<typeof Known>
export type KnownPart = z.infer<typeof Part>

/** Nothing yet. */
export const NOTHING: Known = { parts: {}, hints: {}, action: 'updated', updatedAt: null, deletion: null }
