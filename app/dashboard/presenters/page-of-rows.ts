import { type Place } from '../activity-query'

/** How many rows a page of a list has. */
export const PAGE_SIZE = 25

/** What was read for a page. */
export interface ReadRows<Row> {
  /** In the order of reading: newest first, or oldest first when read backwards; one more than a page where there are more. */
  rows: Row[]
  /** Where the reading began; null at the newest row. */
  place: Place
  /** The id of the row at which the search was given up; null when it came to the end. */
  searchedTo: string | null
}

/** One page of a list, newest first. */
export interface Page<Row> {
  rows: Row[]
  /** Where the neighbours begin; null where there are none. */
  newer: Place
  older: Place
  /** Whether there may be more beyond what was searched. */
  searchedInPart: boolean
}

/** Cuts a page from what was read, and says where its neighbours begin. */
export function pageOfRows<Row extends { id: string }>({
  rows,
  place,
  searchedTo,
}: ReadRows<Row>): Page<Row> {
  const kept = rows.slice(0, PAGE_SIZE)
  const full = rows.length > PAGE_SIZE
  // Ahead: where to read on. Behind: where this page was come from.
  const ahead = full ? kept.at(-1)?.id : searchedTo
  const from = place && ('before' in place ? place.before : place.after)
  const behind = kept.at(0)?.id ?? from
  const backwards = place !== null && 'before' in place
  const searchedInPart = !full && searchedTo !== null

  return backwards
    ? { rows: kept.reverse(), newer: before(ahead), older: after(behind), searchedInPart }
    : { rows: kept, newer: before(from && behind), older: after(ahead), searchedInPart }
}

function before(id: string | null | undefined): Place {
  return id ? { before: id } : null
}

function after(id: string | null | undefined): Place {
  return id ? { after: id } : null
}
