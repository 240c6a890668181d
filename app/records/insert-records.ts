import { type Sql } from '../db.server'
import { LostRace } from '../lib/again'
import { DESIRED_KNOWN, DESIRED_NAMES, DESIRED_TYPES, desiredParameters } from './desired-columns'
import { type DesiredChange, type RecordRow } from './record-row'
import { type Moved } from './write-changes'

/** A record that was not there, and what is to be written of it. */
export interface MadeRecord {
  row: Pick<RecordRow, 'id' | 'sourceConnectionId' | 'resource' | 'externalId'>
  change: DesiredChange
}

/**
 * Writes records that were not there, in one statement, whole: what is first made empty and then filled costs twice. The caller sends them in
 * the order of their ids, and the rows that it locked before them, so that two transactions cannot deadlock.
 *
 * A row that has the key of one of them, and not the id that follows from it, is at fault: what the database says of it is thrown.
 *
 * @throws LostRace when somebody else has made one of them meanwhile: the transaction is to be begun anew
 */
export async function insertRecords(tx: Sql, made: MadeRecord[], { by, now }: Moved): Promise<void> {
  if (made.length === 0) return
  const column = <Key extends keyof MadeRecord['row']>(key: Key) => made.map(({ row }) => row[key])
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "reason", "desiredUpdatedAt", "desiredTriggeredAt",
       "desiredAction", "desiredHash", "revision", "attempts", "dueAt", "waitingSince", "changedAt", "known", "desiredAt", "desiredBy", "updatedAt")
     SELECT c.id, c.source, c.resource, c.external, c.state, c.reason, c.updated, c.triggered, c.action, c.hash, c.revision, c.attempts, c.due, c.since,
       c.changed, ${DESIRED_KNOWN},
       CASE WHEN c.hash IS NOT NULL THEN $19::timestamptz END, CASE WHEN c.hash IS NOT NULL THEN $20 END, $19
     FROM unnest(${DESIRED_TYPES}, $15::uuid[], $16::uuid[], $17::text[], $18::text[]) AS c(${DESIRED_NAMES}, id, source, resource, external)
     ON CONFLICT ("id") DO NOTHING RETURNING "id"`,
    [
      ...desiredParameters(made.map(({ change }) => change)),
      column('id'),
      column('sourceConnectionId'),
      column('resource'),
      column('externalId'),
      now,
      by,
    ],
  )
  if (inserted.length < made.length) throw new LostRace()
}
