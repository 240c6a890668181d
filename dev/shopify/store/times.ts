import type { Time } from './model'

/** UTC at second precision, as the store keeps its times. */
export function secondsOf(ms: number): Time {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** The same moment with the offset of a time zone and no decimals, as a webhook body writes it. */
export function withOffset(time: Time, zone: string): string {
  const at = new Date(time)
  const offset = offsetMinutes(at, zone)
  const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, 19)
  const sign = offset < 0 ? '-' : '+'
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function offsetMinutes(at: Date, zone: string): number {
  let format = formatters.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    formatters.set(zone, format)
  }
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}
