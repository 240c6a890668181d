import { type Latency } from '../measures/acknowledgement-latency'
import { type Spread, spread } from '../statistics'
import { type FindingId, NUMBERS } from './numbers'

/** One number that is to be reached, as it was measured. */
export interface Finding {
  id: FindingId
  measured: Spread
}

/** A number that no limit is set for, but others are measured against. */
export interface Reading {
  what: string
  measured: string
}

/** @param values one a round */
export function finding(id: FindingId, values: readonly number[]): Finding {
  return { id, measured: spread(values) }
}

/** A rate, one a round. */
export function rateReading(what: string, values: readonly number[]): Reading {
  return { what, measured: inWords(spread(values), 0) }
}

/** A quotient, one a round. */
export function ratioReading(what: string, values: readonly number[]): Reading {
  return { what, measured: inWords(spread(values), 2, ' ×') }
}

/** Latencies, one pair a round. */
export function latencyReading(what: string, values: readonly Latency[]): Reading {
  const of = (which: keyof Latency) => inWords(spread(values.map((value) => value[which])), 1, ' ms')
  return { what, measured: `p50 ${of('p50')}, p99 ${of('p99')}` }
}

/** A median with its least and greatest, such as `1.84 × (1.79 – 1.90)`; without them where they do not differ. */
export function inWords({ median, least, greatest }: Spread, decimals: number, unit = ''): string {
  const [middle, low, high] = [median, least, greatest].map((value) => value.toFixed(decimals))
  return low === high ? `${middle}${unit}` : `${middle}${unit} (${low} – ${high})`
}

/** Whether a number is reached; what is no number never is. */
export function isReached({ id, measured }: Finding): boolean {
  const { bound, limit } = NUMBERS[id]
  const value = judgedValue({ id, measured })
  switch (bound) {
    case 'at least':
      return value >= limit
    case 'at most':
      return value <= limit
    case 'under':
      return value < limit
  }
}

/** How far a number is from its limit, such as `31 % short` or `2.4 times too much`. */
export function distance(finding: Finding): string {
  const { bound, limit, decimals, unit } = NUMBERS[finding.id]
  const value = judgedValue(finding)
  if (bound === 'at least') return `${Math.round((1 - value / limit) * 100)} % short`
  return limit === 0
    ? `${value.toFixed(decimals)}${unit} too many`
    : `${(value / limit).toFixed(2)} times what it may be`
}

/** The value that must reach the limit: the middle one, or the worst. */
function judgedValue({ id, measured }: Finding): number {
  const { judged, bound } = NUMBERS[id]
  if (judged === 'median') return measured.median
  return bound === 'at least' ? measured.least : measured.greatest
}
