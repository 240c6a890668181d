import { type Action } from '../contracts/resource'
import { type ChangedRecord, type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { justAfter } from '../lib/time'

/** A change of which no news has told. */
export interface MissedChange extends ChangedRecord {
  /** created: nothing is known of the record. */
  action: Exclude<Action, 'deleted'>
  /** A time by the store's clock that is after all that was heard of the record: it was changed since. */
  hintedAt: string
}

/** Those of the changed records of which no news has told: what is held of them is older, or nothing. */
export async function findMissed(
  sql: Sql,
  sourceConnectionId: string,
  resource: ReadableResource,
  changed: ChangedRecord[],
): Promise<MissedChange[]> {
  const rows = await sql.query<{ externalId: string; updatedAt: string; heardAt: string }>(
    `SELECT "externalId", "desiredUpdatedAt" AS "updatedAt", "desiredTriggeredAt" AS "heardAt" FROM "SyncRecord"
     WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" = ANY($3)`,
    [sourceConnectionId, resource, changed.map(({ externalId }) => externalId)],
  )
  const held = new Map(rows.map((row) => [row.externalId, row]))
  return changed.flatMap((one) => {
    const { updatedAt = '', heardAt = '' } = held.get(one.externalId) ?? {}
    if (one.updatedAt <= updatedAt) return []
    // A replica that lagged may have been asked after the change, and have told of what was before.
    const action = updatedAt === '' ? 'created' : 'updated'
    return [{ ...one, action, hintedAt: one.updatedAt > heardAt ? one.updatedAt : justAfter(heardAt) }]
  })
}
