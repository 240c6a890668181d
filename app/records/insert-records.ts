import { type Sql } from '../db.server'
import { LostRace } from '../lib/again'
import { joinBytes } from '../lib/join-bytes'
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
  const rowColumn = <Key extends keyof MadeRecord['row']>(key: Key) => made.map(({ row }) => row[key])
  const column = <Key extends keyof DesiredChange>(key: Key) => made.map(({ change }) => change[key])
  // Nothing known is no bytes: sealed bytes are never empty.
  const known = joinBytes(column('known').map((bytes) => bytes ?? new Uint8Array()))

  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "reason", "desiredUpdatedAt", "desiredTriggeredAt",
       "desiredAction", "desiredHash", "revision", "attempts", "dueAt", "waitingSince", "changedAt", "known", "desiredAt", "desiredBy", "updatedAt")
     SELECT c.id, c.source, c.resource, c.external, c.state, c.reason, c.updated, c.triggered, c.action, c.hash, c.revision, c.attempts, c.due, c.since,
       c.changed, CASE WHEN c.length > 0 THEN substring($18::bytea FROM c.start FOR c.length) END,
       CASE WHEN c.hash IS NOT NULL THEN $19::timestamptz END, CASE WHEN c.hash IS NOT NULL THEN $20 END, $19
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                 $11::bigint[], $12::int[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::int[], $17::int[])
       AS c(id, source, resource, external, state, reason, updated, triggered, action, hash, revision, attempts, due, since, changed, start, length)
     ON CONFLICT ("id") DO NOTHING RETURNING "id"`,
    [
      rowColumn('id'),
      rowColumn('sourceConnectionId'),
      rowColumn('resource'),
      rowColumn('externalId'),
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
      column('changedAt'),
      known.starts,
      known.lengths,
      known.bytes,
      now,
      by,
    ],
  )
  if (inserted.length < made.length) throw new LostRace()
}
