/** A day, in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?\s*(Z|z|[+-]\d{2}:?\d{2})$/

/**
 * A source's timestamp as ISO 8601 in UTC with `Z`, with exactly the decimals that it came with.
 *
 * @throws RangeError when the text is no timestamp with a zone.
 */
export function toUtc(text: string): string {
  const { seconds, decimals } = read(text)
  return `${seconds}${decimals ? `.${decimals}` : ''}Z`
}

/**
 * A source's timestamp as UTC text with nine decimals, which plain text comparison orders.
 *
 * @throws RangeError when the text is no timestamp with a zone.
 */
export function toSortable(text: string): string {
  const { seconds, decimals } = read(text)
  return `${seconds}.${decimals.padEnd(9, '0').slice(0, 9)}Z`
}

/** The instant of a sortable timestamp, to the millisecond; null for an empty one. */
export function instantOf(sortable: string): Date | null {
  return sortable === '' ? null : new Date(sortable)
}

function read(text: string): { seconds: string; decimals: string } {
  const [, date, time, decimals = '', zone] = TIMESTAMP.exec(text) ?? []
  const isWhole = date !== undefined && time !== undefined && zone !== undefined && isOnCalendar(date)
  const instant = isWhole ? Date.parse(`${date}T${time}${withColon(zone)}`) : Number.NaN
  const utc = Number.isNaN(instant) ? '' : new Date(instant).toISOString()
  // A year outside 0000 – 9999 is written with a sign and six digits, which text comparison cannot order; PostgreSQL has no year 0.
  if (!/^(?!0000)\d{4}-/.test(utc)) throw new RangeError('not a timestamp with a time zone')

  return { seconds: utc.slice(0, 19), decimals }
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Date.parse takes 30 February for 2 March. */
function isOnCalendar(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && !isLeap ? 28 : (DAYS[month - 1] ?? 0)
  return day >= 1 && day <= days
}

function withColon(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z'
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}

/** The time as a clock of this process tells it; injected wherever time matters. */
export type Clock = () => Date

/** The clock of this machine. */
export const systemClock: Clock = () => new Date()

/**
 * The next time after one, a billionth of a second later: for clocks that tell less than what happened.
 *
 * @param time UTC text with nine decimals, or empty, which stays so
 */
export function justAfter(time: string): string {
  const [, seconds, decimals] = /^(.*)\.(\d{9})Z$/.exec(time) ?? []
  if (seconds === undefined) return time
  const next = Math.min(Number(decimals) + 1, 999_999_999)
  return `${seconds}.${String(next).padStart(9, '0')}Z`
}
