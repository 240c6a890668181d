import { type Spread } from '../statistics'

/** One number that the design wants reached. */
export interface Finding {
  what: string
  /** With its unit, and the spread of the rounds. */
  measured: string
  limit: string
  isReached: boolean
  /** What stands in the way; said when it is not reached. */
  obstacle: string
}

/** A number that no limit is set for, but others are measured against. */
export interface Reading {
  what: string
  measured: string
}

/** A median with its least and greatest, such as `1.84 (1.79 – 1.90)`. */
export function inWords({ median, least, greatest }: Spread, decimals: number, unit = ''): string {
  const [middle, low, high] = [median, least, greatest].map((value) => value.toFixed(decimals))
  return `${middle}${unit} (${low} – ${high})`
}
