import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { causeKey } from './cause'
import { countRecords } from './count-records'

/** The dead letters of one resource that died of the same. */
export interface DeadGroup {
  resource: Resource
  /** As cause.ts has it. */
  cause: string
  /** Names the cause in addresses. */
  key: string
  count: number
}

/** The groups of the dead letters of some source connections, the largest first: read from the counts, so that it costs the same however many there are. */
export async function findCauses(sql: Sql, sourceIds: readonly string[]): Promise<DeadGroup[]> {
  const counts = await countRecords(sql, sourceIds)
  return counts
    .filter(({ state, count }) => state === 'dead' && count > 0)
    .map(({ resource, reason: cause, count }) => ({ resource, cause, key: causeKey(cause), count }))
    .sort((a, b) => b.count - a.count || a.key.localeCompare(b.key))
}

/** One group of a shop by its name; null when nothing is dead of that (any more). */
export async function findCauseOfShop(
  sql: Sql,
  shopId: string,
  named: { resource: Resource; key: string },
): Promise<DeadGroup | null> {
  const sources = await sql.query<{ id: string }>(`SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1`, [
    shopId,
  ])
  const groups = await findCauses(
    sql,
    sources.map(({ id }) => id),
  )
  return groups.find(({ resource, key }) => resource === named.resource && key === named.key) ?? null
}
