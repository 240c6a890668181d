import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { readResources, type Run } from './read-run'

/** What a person decided to keep counts for as long as nothing newer is heard of the record. */
const STILL_KEPT = `r."sourceConnectionId" = k."sourceConnectionId" AND r."resource" = k."resource" AND r."externalId" = k."externalId"
  AND r."desiredUpdatedAt" = k."desiredUpdatedAt" AND r."desiredTriggeredAt" = k."desiredTriggeredAt"`

/** How many records of a resource a run has left alone because a person decided to keep them. */
export interface KeptCount {
  resource: ReadableResource
  kept: number
}

/** What a run has read of and did not see, and left alone because a person decided to keep it. */
export function countKept(
  sql: Sql,
  run: Pick<Run, 'id' | 'sourceConnectionId' | 'slices'>,
): Promise<KeptCount[]> {
  return sql.query<KeptCount & { [column: string]: unknown }>(
    `SELECT k."resource", count(*)::int AS kept FROM "KeptRecord" k JOIN "SyncRecord" r ON ${STILL_KEPT}
     WHERE k."sourceConnectionId" = $1 AND k."resource" = ANY($2) AND r."desiredAction" IN ('created', 'updated')
       AND NOT EXISTS (SELECT 1 FROM "RunSighting" s WHERE s."runId" = $3 AND s."resource" = k."resource" AND s."externalId" = k."externalId")
     GROUP BY k."resource" ORDER BY k."resource"`,
    [run.sourceConnectionId, readResources(run), run.id],
  )
}

/** Whether a person decided before to keep some of what a run has proved to be gone. */
export async function isKeptAmongGone(
  sql: Sql,
  { id, sourceConnectionId }: Pick<Run, 'id' | 'sourceConnectionId'>,
): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM "RunSighting" s
     JOIN "KeptRecord" k ON k."sourceConnectionId" = $2 AND k."resource" = s."resource" AND k."externalId" = s."externalId"
     JOIN "SyncRecord" r ON ${STILL_KEPT}
     WHERE s."runId" = $1 AND s."isGone" LIMIT 1`,
    [id, sourceConnectionId],
  )
  return rows.length > 0
}
