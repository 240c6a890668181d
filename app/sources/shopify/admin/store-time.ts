import { toSortable } from '~/lib/time'

/**
 * When a question was put, by the clock of whoever answered it: the time of the answer, less how long it took, so that nothing that happened
 * after the store was read is taken for known. UTC text with nine decimals.
 *
 * @param date the header `Date`, which counts whole seconds; where there is none, our own clock is taken
 * @param from when the question was put, in milliseconds of our own clock
 * @param until when the answer was there
 */
export function storeTime(date: string | null, from: number, until: number): string {
  const answered = Date.parse(date ?? '')
  const asked = Number.isNaN(answered) ? from : answered - Math.max(0, until - from)
  return toSortable(new Date(asked).toISOString())
}
