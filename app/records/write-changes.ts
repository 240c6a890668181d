import { type DesiredBy } from '../contracts/desired-by'
import { type Sql } from '../db.server'
import { KNOWN_NO_MORE } from './delivered-known'
import { DESIRED_KNOWN, DESIRED_NAMES, DESIRED_TYPES, desiredParameters } from './desired-columns'
import { type DesiredChange } from './record-row'

/** What is to be written of a record. */
export interface ChangedRecord {
  id: string
  sourceConnectionId: string
  change: DesiredChange
}

/** What moved the records, and when. */
export interface Moved {
  by: DesiredBy
  now: Date
}

/**
 * Writes the new desired states of records that the caller has locked, in one statement. Where what is known moves away from what the SaaS
 * took, what was known then is kept beside it, unless it is deleted: docs/decisions/019. A look at all records changes what is sent of what
 * is known, and not what is known.
 */
export async function writeChanges(tx: Sql, changes: ChangedRecord[], { by, now }: Moved): Promise<void> {
  if (changes.length === 0) return
  await tx.query(
    `UPDATE "SyncRecord" r SET
       "state" = c.state, "reason" = c.reason, "desiredUpdatedAt" = c.updated, "desiredTriggeredAt" = c.triggered,
       "desiredAction" = c.action, "desiredHash" = c.hash, "revision" = c.revision, "attempts" = c.attempts,
       "dueAt" = c.due, "waitingSince" = c.since, "changedAt" = c.changed, "cause" = CASE WHEN c.state = 'dead' THEN r."cause" END,
       "known" = ${DESIRED_KNOWN}, "updatedAt" = $17,
       "desiredAt" = CASE WHEN ${MOVES} THEN $17 ELSE r."desiredAt" END, "desiredBy" = CASE WHEN ${MOVES} THEN $18 ELSE r."desiredBy" END,
       "deliveredKnown" = CASE
         WHEN r."deliveredAt" IS NULL OR c.state IN ('in_step', 'deleted') THEN NULL
         WHEN c.action = 'deleted' AND r."desiredAction" IS DISTINCT FROM 'deleted' THEN ${KNOWN_NO_MORE}
         WHEN r."deliveredKnown" IS NULL AND $18 <> 're-evaluation' THEN r."known"
         ELSE r."deliveredKnown" END
     FROM unnest(${DESIRED_TYPES}, $15::uuid[], $16::uuid[]) AS c(${DESIRED_NAMES}, id, source)
     WHERE r."id" = c.id AND r."sourceConnectionId" = c.source`,
    [
      ...desiredParameters(changes.map(({ change }) => change)),
      changes.map(({ id }) => id),
      changes.map(({ sourceConnectionId }) => sourceConnectionId),
      now,
      by,
    ],
  )
}

/** Whether the SaaS would see something else. */
const MOVES = `r."desiredHash" IS DISTINCT FROM c.hash`
