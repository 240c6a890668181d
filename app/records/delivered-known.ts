import { type PiiPolicy } from '../contracts/resource'
import { type Sql } from '../db.server'
import { joinBytes } from '../lib/join-bytes'
import { type Sealer } from '../lib/sealing'
import { withinPiiPolicy } from './apply-pii-policy'
import { type Known } from './known'
import { type RecordRow } from './record-row'
import { openKnown, sealKnown } from './sealed-known'

/** What stands in `deliveredKnown` where it is not known any more what the SaaS took. Sealed bytes are never empty. */
export const KNOWN_NO_MORE = `''::bytea`

/** What is stored of a record's content: what is known, and what was known when the SaaS took it last. */
export interface StoredDelivered extends Pick<RecordRow, 'id' | 'known'> {
  deliveredKnown: Uint8Array | null
  /** When the SaaS took it last; null when it never did. */
  deliveredAt: Date | null
}

/** What was known of a record when the SaaS took it last. */
export type DeliveredKnown = { kind: 'never' } | { kind: 'forgotten' } | { kind: 'known'; known: Known }

/**
 * What was known when the SaaS took the record last, within what the policy allows now.
 *
 * @throws ParityError `SEAL_BROKEN` when the stored bytes cannot be opened
 */
export function openDelivered(stored: StoredDelivered, policy: PiiPolicy, sealer: Sealer): DeliveredKnown {
  const { id, known, deliveredKnown, deliveredAt } = stored
  if (deliveredAt === null) return { kind: 'never' }
  const sealed = deliveredKnown ?? known
  if (sealed === null || sealed.byteLength === 0) return { kind: 'forgotten' }
  return { kind: 'known', known: openKnown({ id, known: sealed }, policy, sealer) }
}

/**
 * What is kept of a record beside what is known, without the personal data that the policy does not allow any more.
 *
 * @returns sealed; null where nothing is kept, or it is within the policy as it is
 * @throws ParityError `SEAL_BROKEN` when the stored bytes cannot be opened
 */
export function withoutDeniedDelivered(
  { id, deliveredKnown }: Pick<StoredDelivered, 'id' | 'deliveredKnown'>,
  policy: PiiPolicy,
  sealer: Sealer,
): Uint8Array | null {
  if (deliveredKnown === null || deliveredKnown.byteLength === 0) return null
  const stored = openKnown({ id, known: deliveredKnown }, 'full', sealer)
  const allowed = withinPiiPolicy(stored, policy)
  return JSON.stringify(allowed) === JSON.stringify(stored) ? null : sealKnown(allowed, id, sealer)
}

/** What is to be kept of a record beside what is known, sealed. */
export interface RestrictedRecord {
  id: string
  deliveredKnown: Uint8Array
}

/** Writes what may be kept of records that the caller has locked; not where nothing is kept any more. */
export async function restrictDelivered(
  tx: Sql,
  { sourceConnectionId }: { sourceConnectionId: string },
  records: RestrictedRecord[],
): Promise<void> {
  if (records.length === 0) return
  const sealed = joinBytes(records.map(({ deliveredKnown }) => deliveredKnown))
  await tx.query(
    `UPDATE "SyncRecord" r SET "deliveredKnown" = substring($5::bytea FROM c.start FOR c.length)
     FROM unnest($2::uuid[], $3::int[], $4::int[]) AS c(id, start, length)
     WHERE r."id" = c.id AND r."sourceConnectionId" = $1 AND octet_length(r."deliveredKnown") > 0`,
    [sourceConnectionId, records.map(({ id }) => id), sealed.starts, sealed.lengths, sealed.bytes],
  )
}
