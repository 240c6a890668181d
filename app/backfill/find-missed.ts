import { type ChangedRecord, type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'

/** Those of the changed records of which no news has told: what is held of them is older, or nothing. */
export async function findMissed(
  sql: Sql,
  sourceConnectionId: string,
  resource: ReadableResource,
  changed: ChangedRecord[],
): Promise<ChangedRecord[]> {
  const rows = await sql.query<{ externalId: string; updatedAt: string }>(
    `SELECT "externalId", "desiredUpdatedAt" AS "updatedAt" FROM "SyncRecord"
     WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" = ANY($3)`,
    [sourceConnectionId, resource, changed.map(({ externalId }) => externalId)],
  )
  const held = new Map(rows.map(({ externalId, updatedAt }) => [externalId, updatedAt]))
  return changed.filter(({ externalId, updatedAt }) => updatedAt > (held.get(externalId) ?? ''))
}
