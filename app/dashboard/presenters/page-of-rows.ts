import { type Place } from '../activity-query'

/** How many rows a page of a list has. */
export const PAGE_SIZE = 25

/** One page of a list, newest first. */
export interface Page<Row> {
  rows: Row[]
  /** Where the neighbours begin; null where there are none. */
  newer: Place
  older: Place
}

/**
 * Cuts a page from rows in the order that they were read in: newest first, or oldest first when read backwards from a
 * `before`. One row more than a page tells that there is a neighbour on that side.
 */
export function pageOfRows<Row extends { id: string }>(read: Row[], place: Place): Page<Row> {
  const backwards = place !== null && 'before' in place
  const more = read.length > PAGE_SIZE
  const kept = read.slice(0, PAGE_SIZE)
  const rows = backwards ? kept.reverse() : kept
  const [first, last] = [rows.at(0), rows.at(-1)]
  const hasNewer = backwards ? more : place !== null
  const hasOlder = backwards || more

  return {
    rows,
    newer: hasNewer && first ? { before: first.id } : null,
    older: hasOlder && last ? { after: last.id } : null,
  }
}
