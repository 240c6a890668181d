import { z } from 'zod'
import { compareVersions, Version } from '../contracts/version'

const Stamp = Version.extend({ tie: z.string() })
/** The place of one payload in the order of its source. `tie` follows from its content: it orders payloads of one version. */
export type Stamp = z.infer<typeof Stamp>

const Part = z.object({
  /** The stamp of the newest news that carried this part. */
  asOf: Stamp,
  /** The fields in the shared vocabulary; an absent key is unknown. */
  data: z.record(z.string(), z.unknown()),
  /** The stamps of those fields that the newest news did not carry; absent when it carried them all. */
  older: z.record(z.string(), Stamp).optional(),
})

const Tombstone = z.object({
  version: Version,
  deletedAt: z.string(),
  mergedIntoExternalId: z.string().optional(),
})
/** That a record is gone, since when, and what it was merged into. */
export type Tombstone = z.infer<typeof Tombstone>

/**
 * All that is known of one record: what a fold reads and writes, and what is stored sealed.
 *
 * `hints` names, by part, the newest trigger time at which something said that the part may have changed.
 */
export const Known = z.object({
  parts: z.record(z.string(), Part),
  hints: z.record(z.string(), z.string()),
  /** The source's time at which it was last asked for everything of the record; absent when it never was. */
  askedAt: z.string().optional(),
  action: z.enum(['created', 'updated']),
  /** The source's update time as it wrote it, of the newest core. */
  updatedAt: z.string().nullable(),
  /** The newest deletion that was heard of. It stays when newer content brings the record back: what is older than it is gone. */
  deletion: Tombstone.nullable(),
  /** The newest proof that it is not in the store any more, although nobody said that it was deleted; absent when there is none. */
  absence: Tombstone.optional(),
})
export type Known = z.infer<typeof Known>
/** What is known of one part of a record. */
export type KnownPart = z.infer<typeof Part>

/** Nothing yet. */
export const NOTHING: Known = { parts: {}, hints: {}, action: 'updated', updatedAt: null, deletion: null }

/** The deletion of a record that is gone; null while it is there, or was brought back by a newer core. */
export function tombstone({ deletion, absence, parts }: Known): Tombstone | null {
  if (parts.core) return null
  return deletion && absence ? newerTombstone(deletion, absence) : (deletion ?? absence ?? null)
}

/** The newer of two deletions of one record. What it was merged into may be said by either: a record is merged once. */
export function newerTombstone(held: Tombstone, news: Tombstone): Tombstone {
  const order = compareVersions(news.version, held.version) || (news.deletedAt < held.deletedAt ? 1 : -1)
  const [newer, other] = order > 0 ? [news, held] : [held, news]
  const isToldByOther = newer.mergedIntoExternalId === undefined && other.mergedIntoExternalId !== undefined
  return isToldByOther ? { ...newer, mergedIntoExternalId: other.mergedIntoExternalId } : newer
}
