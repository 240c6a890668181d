import { type Days } from '../activity-query'
import { createLanguage } from '../language'

/** From one instant (ISO 8601) until before another; null for no such bound. */
export interface Span {
  since: string | null
  until: string | null
}

const NEXT_DAY_MS = 36 * 3_600_000

/** The time that some days of the shop's clock take. */
export function spanOf({ from, to }: Days, timeZone: string | null): Span {
  const { midnight, day } = createLanguage({ locale: 'en', timeZone })
  // A day has 23 to 25 hours: 36 after its beginning it is the next, at any hour.
  const after = (last: string) =>
    midnight(day(new Date(Date.parse(midnight(last)) + NEXT_DAY_MS).toISOString()))
  return { since: from && midnight(from), until: to && after(to) }
}
