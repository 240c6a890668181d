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

function read(text: string): { seconds: string; decimals: string } {
  const [, date, time, decimals = '', zone] = TIMESTAMP.exec(text) ?? []
  const instant = date && time && zone ? Date.parse(`${date}T${time}${withColon(zone)}`) : Number.NaN
  if (Number.isNaN(instant)) throw new RangeError('not a timestamp with a time zone')

  return { seconds: new Date(instant).toISOString().slice(0, 19), decimals }
}

function withColon(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z'
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}

/** The time as a clock of this process tells it; injected wherever time matters. */
export type Clock = () => Date
export const systemClock: Clock = () => new Date()
