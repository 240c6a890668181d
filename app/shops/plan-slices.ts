import { type ReadableResource, READING_ORDER, type Selection } from '../contracts/store-reader'
import { DAY_MS } from '../lib/time'

/** Orders of so many days come first: they are what people look for. */
const RECENT_DAYS = 90

/**
 * The slices of a run in the order in which they are read. Orders are two: the newest, then those before them. The two overlap by a day,
 * because stores may take a bound for its whole day.
 *
 * @param since only what was updated since then; null for all
 */
export function planSlices(
  resources: readonly ReadableResource[],
  since: Date | null,
  now: Date,
): Selection[] {
  return READING_ORDER.filter((resource) => resources.includes(resource)).flatMap((resource) =>
    spansOf(resource, now).map((span) => ({ resource, ...span, updatedFrom: since })),
  )
}

type Span = Pick<Selection, 'createdFrom' | 'createdUntil'>

function spansOf(resource: ReadableResource, now: Date): Span[] {
  if (resource !== 'order') return [{ createdFrom: null, createdUntil: null }]
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  return [
    { createdFrom: daysAgo(RECENT_DAYS), createdUntil: null },
    { createdFrom: null, createdUntil: daysAgo(RECENT_DAYS - 1) },
  ]
}
