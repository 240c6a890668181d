import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { sendAgain } from './send-again'
import { type ShopOfRecords } from './select-records'

/** A record that the SaaS holds otherwise than it was delivered. */
export interface DifferingRecord {
  id: string
  /** The revision that it was delivered with when it was compared: if that has changed since, the comparison is stale. */
  deliveredRevision: string | null
  /** The revision that the SaaS holds; 0 for none. It refuses what is not above it. */
  above: number
}

/**
 * Sends records again that the SaaS does not hold as they were delivered, each with a revision that the SaaS takes. Those that have moved
 * since they were compared are left alone.
 *
 * @returns how many are sent
 */
export async function resendDiffering(
  tx: Sql,
  shop: ShopOfRecords,
  records: DifferingRecord[],
  now: Date,
): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `SELECT r."id" FROM "SyncRecord" r JOIN unnest($2::uuid[], $3::bigint[]) AS c(id, delivered) ON r."id" = c.id
     WHERE r."sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))
       AND r."state" IN ('in_step', 'deleted') AND r."deliveredRevision" IS NOT DISTINCT FROM c.delivered
     ORDER BY r."id" FOR NO KEY UPDATE OF r`,
    [shop.shopId, records.map(({ id }) => id), records.map(({ deliveredRevision }) => deliveredRevision)],
  )
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0

  const above = new Map(records.map((record) => [record.id, record.above]))
  await tx.query(
    `UPDATE "SyncRecord" r SET "revision" = GREATEST(r."revision", c.above) FROM unnest($2::uuid[], $3::bigint[]) AS c(id, above)
     WHERE r."id" = c.id AND r."sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))`,
    [shop.shopId, ids, ids.map((id) => above.get(id) ?? 0)],
  )
  await sendAgain(tx, shop, ids, now)
  await notifyDue(tx, [shop.shopId])
  return ids.length
}
