import { z } from 'zod'

/** How far back the chart of deliveries goes: a day by the hour, a week or 30 days by the day. */
export const ChartRange = z.enum(['day', 'week', 'month'])
export type ChartRange = z.infer<typeof ChartRange>

/** The range that an address names; a day for one that it does not know. */
export function readChartRange(params: URLSearchParams): ChartRange {
  return ChartRange.catch('day').parse(params.get('chart'))
}
