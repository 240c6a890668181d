import { type Sql } from '../db.server'
import { type DesiredChange } from './record-row'

/**
 * Writes the new desired states of records that the caller has locked, in one statement.
 *
 * @returns the ids of those that are to be delivered now: desired differs from delivered, and nothing holds them back
 */
export async function writeChanges(
  tx: Sql,
  changes: { id: string; change: DesiredChange }[],
  now: Date,
): Promise<string[]> {
  if (changes.length === 0) return []
  const column = <Key extends keyof DesiredChange>(key: Key) => changes.map(({ change }) => change[key])

  await tx.query(
    `UPDATE "SyncRecord" r SET
       "state" = c.state, "reason" = c.reason, "known" = c.known,
       "desiredUpdatedAt" = c.updated, "desiredTriggeredAt" = c.triggered, "desiredAction" = c.action,
       "desiredHash" = c.hash, "revision" = c.revision, "attempts" = c.attempts,
       "dueAt" = c.due, "waitingSince" = c.since, "updatedAt" = $13
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::bigint[], $10::int[], $11::timestamptz[], $12::timestamptz[])
       AS c(id, state, reason, known, updated, triggered, action, hash, revision, attempts, due, since)
     WHERE r."id" = c.id`,
    [
      changes.map(({ id }) => id),
      column('state'),
      column('reason'),
      column('known'),
      column('desiredUpdatedAt'),
      column('desiredTriggeredAt'),
      column('desiredAction'),
      column('desiredHash'),
      column('revision'),
      column('attempts'),
      column('dueAt'),
      column('waitingSince'),
      now,
    ],
  )
  return changes
    .filter(({ change }) => change.state === 'waiting' && change.dueAt !== null)
    .map(({ id }) => id)
}
