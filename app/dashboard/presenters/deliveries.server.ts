import { z } from 'zod'
import { AttemptOutcome } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type ChartRange } from '../chart-range'
import { knownTimeZone } from '../language'
import { Instant } from './instant'
import { type ShopScope } from './scope.server'

const SPANS: Record<ChartRange, { count: number; unit: 'hour' | 'day' }> = {
  day: { count: 24, unit: 'hour' },
  week: { count: 7, unit: 'day' },
  month: { count: 30, unit: 'day' },
}

/** How an attempt is counted that ended so: as taken, as failed, or not at all, because it had no end of its own. */
const COUNTED_AS: Record<AttemptOutcome, 'taken' | 'failed' | null> = {
  in_flight: null,
  delivered: 'taken',
  superseded: 'taken',
  rejected: 'failed',
  waits: null,
  misdirected: 'failed',
  unauthorised: 'failed',
  paused: 'failed',
  unavailable: 'failed',
  abandoned: 'failed',
}

const outcomesOf = (counted: 'taken' | 'failed') =>
  AttemptOutcome.options.filter((outcome) => COUNTED_AS[outcome] === counted)

const Bar = z.object({
  /** When the hour or the day began, ISO 8601. */
  from: Instant,
  /** Calls that the SaaS took. */
  taken: z.number(),
  /** Calls that failed; what is sent for a record twice counts twice. */
  failed: z.number(),
})

/** The deliveries of one hour or one day. */
export type DeliveryBar = z.infer<typeof Bar>

/** The deliveries of a while, a bar for each hour or day, the last being the one that is. */
export interface Deliveries {
  range: ChartRange
  unit: 'hour' | 'day'
  bars: DeliveryBar[]
  taken: number
  failed: number
}

/**
 * What was delivered and what failed, from the hourly counts, which are a minute old at most. Days are those of the shop's clock; an hour
 * that two of them share, where a zone is not whole hours from UTC, counts for the one that it began in.
 */
export async function presentDeliveries(
  db: Database,
  scope: ShopScope,
  range: ChartRange,
  now: Date,
): Promise<Deliveries> {
  const { count, unit } = SPANS[range]
  const values = [
    scope.sourceIds,
    now,
    count - 1,
    knownTimeZone(scope.timeZone),
    outcomesOf('taken'),
    outcomesOf('failed'),
  ]
  const rows = await db.query(BARS[unit], values)
  const bars = rows.map((row) => Bar.parse(row))
  const sum = (field: 'taken' | 'failed') => bars.reduce((total, bar) => total + bar[field], 0)
  return { range, unit, bars, taken: sum('taken'), failed: sum('failed') }
}

/** Each bar from its beginning to the next one's: hours are as long as each other, a day of a shop may have 23 or 25 of them. */
const BEGINNINGS = {
  hour: `date_trunc('hour', $2::timestamptz, 'UTC') - n * interval '1 hour'`,
  day: `(date_trunc('day', $2::timestamptz AT TIME ZONE $4) - n * interval '1 day') AT TIME ZONE $4`,
}

const barsBy = (beginning: string) => `
  SELECT bar."from", coalesce(sum(d."attempts") FILTER (WHERE d."outcome" = ANY ($5::text[])), 0)::int AS "taken",
         coalesce(sum(d."attempts") FILTER (WHERE d."outcome" = ANY ($6::text[])), 0)::int AS "failed"
  FROM (
    SELECT n, each."from", lead(each."from", 1, 'infinity') OVER (ORDER BY n DESC) AS "to"
    FROM generate_series(0, $3::int) n CROSS JOIN LATERAL (SELECT (${beginning}) AS "from" WHERE $4::text IS NOT NULL) each
  ) bar
  LEFT JOIN "DeliveryStatistic" d
    ON d."sourceConnectionId" = ANY ($1::uuid[]) AND d."hour" >= bar."from" AND d."hour" < bar."to"
  GROUP BY bar."from" ORDER BY bar."from"`

const BARS = { hour: barsBy(BEGINNINGS.hour), day: barsBy(BEGINNINGS.day) }
