import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { DAY_MS } from '~/lib/time'
import { type ShopScope } from './scope.server'

/** How many delivered changes of each resource of a source connection it is about: the last ones. */
const LAST = 1_000
/** How many calls for changes are looked through for them: in trouble, most of the last ones have failed. */
const SEARCHED = 4_000

const Row = z.object({ resource: Resource.nullable(), count: z.number(), percentiles: z.array(z.number()) })

/** How long it took lately from a change in the store until the SaaS had taken it. */
export interface Freshness {
  /** How many changes this is about. */
  count: number
  /** Half of them took no longer, in milliseconds. */
  p50Ms: number
  /** 95 of a hundred took no longer, in milliseconds. */
  p95Ms: number
}

/** Freshness in all, and of each resource; null where no change was delivered within a day. */
export interface FreshnessView {
  all: Freshness | null
  byResource: Record<Resource, Freshness | null>
}

const NONE: FreshnessView['byResource'] = {
  order: null,
  product: null,
  customer: null,
  category: null,
  message: null,
}

/**
 * The freshness of the last changes of each resource that were delivered within a day. What a look at the store brought in is no change, nor
 * what is sent again. Each resource is read on its own, so that none is crowded out, and the cost does not grow with the attempts.
 */
export async function presentFreshness(db: Database, scope: ShopScope, now: Date): Promise<FreshnessView> {
  const view: FreshnessView = { all: null, byResource: { ...NONE } }
  if (scope.sourceIds.length === 0) return view
  const since = new Date(now.getTime() - DAY_MS)
  const values = [since, SEARCHED, LAST, ...Resource.options, ...scope.sourceIds]
  const rows = await db.query(statement(scope.sourceIds.length), values)
  for (const { resource, count, percentiles } of z.array(Row).parse(rows)) {
    const [p50Ms = 0, p95Ms = 0] = percentiles
    const freshness = { count, p50Ms, p95Ms }
    if (resource === null) view.all = freshness
    else view.byResource[resource] = freshness
  }
  return view
}

/** The two clocks are not one: what seems to be there before it happened took no time. */
function statement(sources: number): string {
  const first = 4 + Resource.options.length
  const each = Array.from({ length: sources }, (_, source) =>
    Resource.options.map((_, resource) => lastOf(`$${first + source}`, `$${4 + resource}`)),
  )
  return `
    SELECT "resource", count(*)::int AS "count", percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY GREATEST(0, took)) AS "percentiles"
    FROM (${each.flat().join(' UNION ALL ')}) delivered
    GROUP BY GROUPING SETS (("resource"), ()) HAVING count(*) > 0`
}

/** Named one by one, so that PostgreSQL sees how many there are of each, and reads no more than the last of those that are many. */
function lastOf(source: string, resource: string): string {
  return `(
    SELECT "resource", extract(epoch FROM "endedAt" - "changedAt")::float8 * 1000 AS took FROM (
      SELECT "resource", "outcome", "changedAt", "endedAt" FROM "SyncAttempt"
      WHERE "sourceConnectionId" = ${source}::uuid AND "resource" = ${resource} AND "startedAt" >= $1 AND "changedAt" IS NOT NULL
      ORDER BY "startedAt" DESC LIMIT $2
    ) searched WHERE "outcome" = 'delivered' LIMIT $3
  )`
}
