import { joinBytes } from '../lib/join-bytes'
import { type DesiredChange } from './record-row'

/** The types of `desiredParameters`, from `$1` on, for an `unnest` in the statement. */
export const DESIRED_TYPES = `$1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::int[],
  $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::int[], $13::int[]`

/** What its columns are called. */
export const DESIRED_NAMES =
  'state, reason, updated, triggered, action, hash, revision, attempts, due, since, changed, start, length'

/** What is known of a row `c` of them, sealed; null for nothing. */
export const DESIRED_KNOWN = `CASE WHEN c.length > 0 THEN substring($14::bytea FROM c.start FOR c.length) END`

/** The first fourteen parameters of a statement that writes desired states: a list for each column, and what is known of all as one string of bytes. */
export function desiredParameters(changes: DesiredChange[]): unknown[] {
  const column = <Key extends keyof DesiredChange>(key: Key) => changes.map((change) => change[key])
  // Nothing known is no bytes: sealed bytes are never empty.
  const known = joinBytes(column('known').map((bytes) => bytes ?? new Uint8Array()))
  return [
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
  ]
}
