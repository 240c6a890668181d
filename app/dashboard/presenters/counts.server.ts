import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type StateCount } from '../parity'
import { type ShopScope } from './scope.server'

const Row = z.object({ resource: Resource, state: RecordState, count: z.number() })

/** How many records of a shop are in which state: one pass over the index (sourceConnectionId, resource, state). */
export async function countRecords(db: Database, scope: ShopScope): Promise<StateCount[]> {
  const rows = await db.query(
    `SELECT "resource", "state", count(*)::float8 AS "count" FROM "SyncRecord"
     WHERE "sourceConnectionId" = ANY($1::uuid[]) GROUP BY "resource", "state"`,
    [scope.sourceIds],
  )
  return rows.map((row) => Row.parse(row))
}
