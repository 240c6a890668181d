import { type Database } from '../db.server'
import { beginAnew, endSlice } from './change-slice'
import { type Slice } from './read-run'

const MINUTE_MS = 60_000
/** How long a slice waits after an export that failed, one after the other; after the last it is given up. */
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS]

/** Ends a try of a slice: what it stored stays, and it is tried again with another export, a few times. */
export async function failTry(
  db: Database,
  slice: Slice,
  why: { code: string; words: string },
  now: Date,
): Promise<void> {
  const wait = WAITS_MS[slice.tries]
  await (wait === undefined
    ? endSlice(db, slice, { state: 'failed', ...why }, now)
    : beginAnew(db, slice, why, new Date(now.getTime() + wait)))
}
