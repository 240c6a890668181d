import { z } from 'zod'

/**
 * A record's place in the order of its source: the source's update time of the whole record, then the trigger time, both
 * from the source's clock as UTC text with nine decimals, so that plain text comparison orders them. Empty means unknown and
 * sorts lowest. Arrival time never counts.
 */
export const Version = z.object({ updatedAt: z.string(), triggeredAt: z.string() })
export type Version = z.infer<typeof Version>

/** Lower than every version that a source gave. */
export const NO_VERSION: Version = { updatedAt: '', triggeredAt: '' }

/** Orders two versions: negative when `a` is older, positive when it is newer, 0 when neither is. */
export function compareVersions(a: Version, b: Version): number {
  return compareText(a.updatedAt, b.updatedAt) || compareText(a.triggeredAt, b.triggeredAt)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
