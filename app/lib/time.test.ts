import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, toSortable, toUtc } from './time'

const instant = fc.date({
  min: new Date('1970-01-02T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const decimals = fc.stringMatching(/^\d{0,12}$/)
const offset = fc.integer({ min: -14 * 60, max: 14 * 60 })

/** The instant as a clock with that offset from UTC (in minutes) writes it. */
function written(date: Date, minutes: number, fraction: string): string {
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const zone = `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
  return `${local}${fraction === '' ? '' : `.${fraction}`}${zone}`
}

describe('a timestamp in UTC', () => {
  it.each([
    ['2026-03-01T19:30:00-05:00', '2026-03-02T00:30:00Z'],
    ['2026-03-01T19:30:00Z', '2026-03-01T19:30:00Z'],
    ['2026-03-01 19:30:00+0530', '2026-03-01T14:00:00Z'],
    ['2026-03-01T19:30:00.123456789z', '2026-03-01T19:30:00.123456789Z'],
    ['2026-03-01T19:30:00.000Z', '2026-03-01T19:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('%s is %s', (text, utc) => {
    expect(toUtc(text)).toBe(utc)
  })

  it.each([
    '',
    'yesterday',
    '2026-03-01',
    '2026-03-01T19:30:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T19:30:60Z',
    '0000-01-01T00:00:00+05:00',
    '0000-06-01T00:00:00Z',
    '9999-12-31T23:00:00-05:00',
  ])('%j is refused', (text) => {
    expect(() => toUtc(text)).toThrow(RangeError)
  })

  it('is the same instant with the same decimals, whatever its zone', () => {
    fc.assert(
      fc.property(instant, offset, decimals, (date, minutes, fraction) => {
        const seconds = date.toISOString().slice(0, 19)
        expect(toUtc(written(date, minutes, fraction))).toBe(
          `${seconds}${fraction === '' ? '' : `.${fraction}`}Z`,
        )
      }),
    )
  })
})

describe('a sortable timestamp', () => {
  it('has nine decimals, however many it came with', () => {
    expect(toSortable('2026-03-01T19:30:00Z')).toBe('2026-03-01T19:30:00.000000000Z')
    expect(toSortable('2026-03-01T19:30:00.5Z')).toBe('2026-03-01T19:30:00.500000000Z')
    expect(toSortable('2026-03-01T19:30:00.1234567891Z')).toBe('2026-03-01T19:30:00.123456789Z')
  })

  it('is an instant, to the millisecond; an empty one is none', () => {
    expect(instantOf('2026-03-01T19:30:00.123456789Z')).toEqual(new Date('2026-03-01T19:30:00.123Z'))
    expect(instantOf('')).toBeNull()
  })

  it('compares as text as the instants compare', () => {
    fc.assert(
      fc.property(instant, instant, offset, offset, (a, b, zoneA, zoneB) => {
        const [textA, textB] = [toSortable(written(a, zoneA, '')), toSortable(written(b, zoneB, ''))]
        const seconds = Math.trunc(a.getTime() / 1000) - Math.trunc(b.getTime() / 1000)
        expect(Math.sign(textA < textB ? -1 : textA > textB ? 1 : 0)).toBe(Math.sign(seconds))
      }),
    )
  })
})
