import { type ChangedRecord, type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { toSortable } from '../lib/time'

const MINUTE_MS = 60_000
/** How far each look goes back before the last one: search indexes lag, and some filters match whole days. */
const OVERLAP_MS = 30 * MINUTE_MS
/** What changed just now may still be on its way as a webhook. The next look goes back far enough for it. */
export const MAY_BE_ON_ITS_WAY_MS = 2 * MINUTE_MS

/** From when to when a look at the last changes goes; UTC text with nine decimals. */
export interface LookWindow {
  from: string
  until: string
}

/** From when to when nobody was there to be told of changes. */
export interface LookSpan {
  since: Date
  until: Date
}

/**
 * The window of the next look. Before the first one there is nothing but the overlap: a backfill brings in what is older.
 *
 * @param span all of it is in the window, also the last minutes: its webhooks have found nobody
 */
export function lookWindow(lookedUntil: string | null, now: Date, span?: LookSpan): LookWindow {
  const last = lookedUntil === null ? now.getTime() : Date.parse(lookedUntil)
  const from = Math.min(last, span?.since.getTime() ?? last) - OVERLAP_MS
  const until = Math.max(now.getTime() - MAY_BE_ON_ITS_WAY_MS, span?.until.getTime() ?? 0)
  const sortable = (ms: number) => toSortable(new Date(ms).toISOString())
  return { from: sortable(from), until: sortable(until) }
}

/** What changed in a window, page by page, newest first. The store is asked no further back. */
export async function* listChanges(
  reader: StoreReader,
  resource: ReadableResource,
  { from, until }: LookWindow,
): AsyncGenerator<ChangedRecord[]> {
  for await (const page of reader.changes(resource)) {
    const inside = page.filter(({ updatedAt }) => updatedAt >= from && updatedAt <= until)
    if (inside.length > 0) yield inside
    if (page.some(({ updatedAt }) => updatedAt < from)) return
  }
}
