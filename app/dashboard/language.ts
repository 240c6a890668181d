import { createTell } from './told'
import { en, type Message, tongues, type Tongue, type WordKey } from './words'

type Values = Record<string, string | number>

/** How a person is spoken to: their language, and the clock of their shop. */
export interface Language {
  locale: string
  /** The tag of the language that the words are in. */
  tag: string
  /** The words for a key, with its values filled in; numbers are formatted, `count` chooses the plural form. */
  t(key: WordKey, values?: Values): string
  /** What a stage wrote down in English; what is not Parity's own stays as it is. */
  told(written: string): string
  /** A webhook topic in words, or the topic itself where there are none. */
  topic(topic: string): string
  number(value: number): string
  /** A number with all of its own decimals. */
  exact(value: number): string
  /** An amount (decimal digits, such as `-12.50`) of a currency (ISO 4217), with all of its own decimals and no others. */
  money(digits: string, currency: string): string
  /** A number in at most five signs or so, such as 1.2K. */
  short(value: number): string
  /** A share from 0 to 1, rounded down: only all is 100 %. */
  percent(share: number): string
  /** An instant (ISO 8601) to the second, in the shop's time zone, which is named. */
  time(instant: string): string
  date(instant: string): string
  /** The day and the month of an instant, for a scale. */
  shortDate(instant: string): string
  /** The hour and the minute of an instant. */
  hour(instant: string): string
  /** How long before `now` an instant was, or how long after; both ISO 8601. */
  relative(instant: string, now: string): string
  /** A length of time in milliseconds. */
  duration(milliseconds: number): string
  /** The day (YYYY-MM-DD) that an instant is in, on the shop's clock. */
  day(instant: string): string
  /** The instant (ISO 8601) at which a day (YYYY-MM-DD) begins on the shop's clock. */
  midnight(day: string): string
  bytes(count: number): string
  /** Several things in one sentence: a, b and c. */
  list(things: string[]): string
}

/** Speaks a language. A locale without a catalogue falls back to English, an unknown time zone to UTC. */
export function createLanguage(wanted: { locale: string; timeZone: string | null }): Language {
  const { locale, tag, catalogue, told } = choose(wanted.locale)
  const timeZone = knownTimeZone(wanted.timeZone)
  const plural = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const exacts = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
  const shorts = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const percents = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    roundingMode: 'floor',
  })
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone })
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const shortDates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone })
  const hours = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone })
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const unit = (value: number, name: string, digits: number) => {
    // A byte has no shorter name: the short form is but its singular.
    const unitDisplay = name === 'byte' ? 'long' : 'short'
    const style = { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits } as const
    return new Intl.NumberFormat(locale, style).format(value)
  }

  return {
    locale,
    tag,
    t(key, values = {}) {
      return fill(formOf(catalogue[key], plural.select(Number(values.count ?? 0))), values, numbers)
    },
    told: told ? createTell({ ...told, number: (value) => numbers.format(value) }) : (written) => written,
    topic(topic) {
      const key = `topic.${topic}`
      return isWordKey(key) ? formOf(catalogue[key], 'other') : topic
    },
    number: (value) => numbers.format(value),
    exact: (value) => exacts.format(value),
    money: (digits, currency) => moneyWords(locale, digits, currency),
    short: (value) => shorts.format(value),
    percent: (share) => percents.format(share),
    time: (instant) => times.format(new Date(instant)),
    date: (instant) => dates.format(new Date(instant)),
    shortDate: (instant) => shortDates.format(new Date(instant)),
    hour: (instant) => hours.format(new Date(instant)),
    relative(instant, now) {
      const [value, name] = distance(Date.parse(instant) - Date.parse(now))
      return relatives.format(value, name)
    },
    duration(milliseconds) {
      const [size, name] = LENGTHS.find(([least]) => milliseconds >= least) ?? ([1, 'millisecond'] as const)
      return unit(milliseconds / size, name, name === 'millisecond' ? 0 : 1)
    },
    day: (instant) => onClock(Date.parse(instant), timeZone).slice(0, 10),
    midnight: (day) => new Date(instantOnClock(`${day} 00:00:00`, timeZone)).toISOString(),
    list: (things) => lists.format(things),
    bytes: (count) => (count < 1_024 ? unit(count, 'byte', 0) : unit(count / 1_024, 'kilobyte', 1)),
  }
}

/** The digits are formatted as a text: as a number they would lose those beyond sixteen. */
function moneyWords(locale: string, digits: string, currency: string): string {
  const decimals = digits.split('.')[1]?.length ?? 0
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return format.format(digits as Intl.StringNumericLiteral)
}

/** A length of time is told in the first of these units that it is at least one of. */
const LENGTHS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const

/** What a clock in that zone shows at an instant: `YYYY-MM-DD HH:MM:SS`. */
function onClock(instant: number, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(instant)
}

/** The instant at which a clock in that zone shows that. */
function instantOnClock(shown: string, timeZone: string): number {
  const asUtc = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`)
  const wanted = asUtc(shown)
  // Twice, as the zone's distance from UTC at the first guess may not be the one at the instant.
  const guess = wanted - (asUtc(onClock(wanted, timeZone)) - wanted)
  return guess - (asUtc(onClock(guess, timeZone)) - wanted)
}

const SECOND = 1_000
const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60 * SECOND, SECOND, 'second'],
  [3_600 * SECOND, 60 * SECOND, 'minute'],
  [86_400 * SECOND, 3_600 * SECOND, 'hour'],
  [30 * 86_400 * SECOND, 86_400 * SECOND, 'day'],
  [365 * 86_400 * SECOND, 30 * 86_400 * SECOND, 'month'],
]

function distance(milliseconds: number): [value: number, unit: Intl.RelativeTimeFormatUnit] {
  const step = STEPS.find(([limit]) => Math.abs(milliseconds) < limit)
  const [, size, unit] = step ?? [0, 365 * 86_400 * SECOND, 'year' as const]
  return [Math.trunc(milliseconds / size), unit]
}

function choose(wanted: string): Tongue & { locale: string } {
  try {
    const { language, baseName } = new Intl.Locale(wanted)
    const spoken = tongues[language]
    if (spoken) return { locale: baseName, ...spoken }
  } catch {
    // A locale that nobody knows is a reason for English, not for an error page.
  }
  return { locale: 'en', ...tongues.en! }
}

/** That time zone (IANA), or UTC for none and for one that nobody knows. */
export function knownTimeZone(timeZone: string | null): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

function formOf(message: Message, category: Intl.LDMLPluralRule): string {
  return typeof message === 'string' ? message : (message[category] ?? message.other)
}

/** Whether there are words for a key. */
export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key)
}

function fill(text: string, values: Values, numbers: Intl.NumberFormat): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name]
    if (value === undefined) return hole
    return typeof value === 'number' ? numbers.format(value) : value
  })
}
