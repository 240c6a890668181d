import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'

/** Keeps the fields that a store turned out to withhold, beside those that are known. */
export async function noteDenied(
  tx: Sql,
  sourceConnectionId: string,
  resource: ReadableResource,
  denied: string[],
  now: Date,
): Promise<void> {
  if (denied.length === 0) return
  await tx.query(
    `UPDATE "SourceReach" SET "updatedAt" = $4,
            "deniedFields" = ARRAY(SELECT DISTINCT field FROM unnest("deniedFields" || $3::text[]) AS f(field) ORDER BY field)
     WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND NOT "deniedFields" @> $3::text[]`,
    [sourceConnectionId, resource, denied, now],
  )
}
