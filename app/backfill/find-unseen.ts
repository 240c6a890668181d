import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type RecordRow } from '../records/record-row'
import { type Run } from './read-run'

/** A record that a run has not accounted for. */
export type UnseenRecord = Pick<RecordRow, 'id' | 'externalId' | 'known'>

/** Records that were here before a run began, should be in the store, and have not been accounted for; so many at most. */
export function findUnseen(
  sql: Sql,
  { id, sourceConnectionId, startedAt }: Pick<Run, 'id' | 'sourceConnectionId' | 'startedAt'>,
  resource: ReadableResource,
  most: number,
): Promise<UnseenRecord[]> {
  return sql.query<UnseenRecord & { [column: string]: unknown }>(
    `SELECT r."id", r."externalId", r."known" FROM "SyncRecord" r
     WHERE r."sourceConnectionId" = $1 AND r."resource" = $2 AND r."createdAt" < $3 AND r."desiredAction" IN ('created', 'updated')
       AND NOT EXISTS (SELECT 1 FROM "RunSighting" s WHERE s."runId" = $4 AND s."resource" = $2 AND s."externalId" = r."externalId")
     ORDER BY r."externalId" LIMIT $5`,
    [sourceConnectionId, resource, startedAt, id, most],
  )
}
