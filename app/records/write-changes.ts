import { type DesiredBy } from '../contracts/desired-by'
import { type Sql } from '../db.server'
import { joinBytes } from '../lib/join-bytes'
import { KNOWN_NO_MORE } from './delivered-known'
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
  const column = <Key extends keyof DesiredChange>(key: Key) => changes.map(({ change }) => change[key])
  // Nothing known is no bytes: sealed bytes are never empty.
  const known = joinBytes(column('known').map((bytes) => bytes ?? new Uint8Array()))

  await tx.query(
    `UPDATE "SyncRecord" r SET
       "state" = c.state, "reason" = c.reason, "desiredUpdatedAt" = c.updated, "desiredTriggeredAt" = c.triggered,
       "desiredAction" = c.action, "desiredHash" = c.hash, "revision" = c.revision, "attempts" = c.attempts,
       "dueAt" = c.due, "waitingSince" = c.since, "changedAt" = c.changed, "cause" = CASE WHEN c.state = 'dead' THEN r."cause" END,
       "known" = CASE WHEN c.length > 0 THEN substring($15::bytea FROM c.start FOR c.length) END, "updatedAt" = $16,
       "desiredAt" = CASE WHEN ${MOVES} THEN $16 ELSE r."desiredAt" END, "desiredBy" = CASE WHEN ${MOVES} THEN $18 ELSE r."desiredBy" END,
       "deliveredKnown" = CASE
         WHEN r."deliveredAt" IS NULL OR c.state IN ('in_step', 'deleted') THEN NULL
         WHEN c.action = 'deleted' AND r."desiredAction" IS DISTINCT FROM 'deleted' THEN ${KNOWN_NO_MORE}
         WHEN r."deliveredKnown" IS NULL AND $18 <> 're-evaluation' THEN r."known"
         ELSE r."deliveredKnown" END
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::int[],
                 $10::timestamptz[], $11::timestamptz[], $12::int[], $13::int[], $14::uuid[], $17::timestamptz[])
       AS c(id, state, reason, updated, triggered, action, hash, revision, attempts, due, since, start, length, source, changed)
     WHERE r."id" = c.id AND r."sourceConnectionId" = c.source`,
    [
      changes.map(({ id }) => id),
      column('state'),
      column('reason'),
      column('desiredUpdatedAt'),
      column('desiredTriggeredAt'),
      column('desiredAction'),
      column('desiredHash'),
      column('revision'),
      column('attempts'),
      column('dueAt'),
      column('waitingSince'),
      known.starts,
      known.lengths,
      changes.map(({ sourceConnectionId }) => sourceConnectionId),
      known.bytes,
      now,
      column('changedAt'),
      by,
    ],
  )
}

/** Whether the SaaS would see something else. */
const MOVES = `r."desiredHash" IS DISTINCT FROM c.hash`
