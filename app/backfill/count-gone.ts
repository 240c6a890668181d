import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type Run } from './read-run'

/** How many records of a resource are gone from the store, of how many that were held. */
export interface GoneCount {
  resource: ReadableResource
  gone: number
  held: number
}

/** What a run has proved to be gone and has not deleted yet. */
export function countGone(
  sql: Sql,
  { id, sourceConnectionId }: Pick<Run, 'id' | 'sourceConnectionId'>,
): Promise<GoneCount[]> {
  return sql.query<GoneCount & { [column: string]: unknown }>(
    `SELECT g."resource", g.gone, (
       SELECT count(*)::int FROM "SyncRecord" r
       WHERE r."sourceConnectionId" = $2 AND r."resource" = g."resource" AND r."desiredAction" IN ('created', 'updated')
     ) AS held
     FROM (SELECT "resource", count(*)::int AS gone FROM "RunSighting" WHERE "runId" = $1 AND "isGone" GROUP BY "resource") g
     ORDER BY g."resource"`,
    [id, sourceConnectionId],
  )
}

const SHARE = 0.01

/** Whether so many would go that a person is to be asked first. Pure. */
export function isManyGone({ gone, held }: GoneCount): boolean {
  return gone > held * SHARE
}
