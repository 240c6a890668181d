import { z } from 'zod'
import { type Database } from '~/db.server'
import { DAY_MS } from '~/lib/time'
import { type ShopScope } from './scope.server'

/** How many of each source connection's last attempts are looked at. */
const LAST = 1_000

const Row = z.object({ count: z.number(), percentiles: z.array(z.number()).nullable() })

/** How long it took lately from a change in the store until the SaaS had taken it. */
export interface Freshness {
  /** How many changes this is about. */
  count: number
  /** Half of them took no longer, in milliseconds. */
  p50Ms: number
  /** 95 of a hundred took no longer, in milliseconds. */
  p95Ms: number
}

/**
 * The freshness of the last changes that were delivered within a day; null when there were none. A row of a backfill counts from the export
 * that it was read from, and what is sent again without a change does not count.
 */
export async function presentFreshness(db: Database, scope: ShopScope, now: Date): Promise<Freshness | null> {
  const [row] = await db.query(FRESHNESS, [scope.sourceIds, new Date(now.getTime() - DAY_MS), LAST])
  const { count, percentiles } = Row.parse(row)
  const [p50Ms, p95Ms] = percentiles ?? []
  return p50Ms === undefined || p95Ms === undefined ? null : { count, p50Ms, p95Ms }
}

/** The two clocks are not one: what seems to be there before it happened took no time. */
const FRESHNESS = `
  SELECT count(*)::int AS "count", percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY GREATEST(0, took)) AS "percentiles"
  FROM (
    SELECT extract(epoch FROM a."endedAt" - a."changedAt")::float8 * 1000 AS took
    FROM unnest($1::uuid[]) AS source(id) CROSS JOIN LATERAL (
      SELECT "outcome", "changedAt", "endedAt" FROM "SyncAttempt"
      WHERE "sourceConnectionId" = source.id AND "startedAt" >= $2 ORDER BY "startedAt" DESC LIMIT $3
    ) a
    WHERE a."outcome" = 'delivered' AND a."changedAt" IS NOT NULL
  ) delivered`
