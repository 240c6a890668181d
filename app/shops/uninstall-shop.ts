import { Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { toSortable } from '../lib/time'
import { cancelReading } from './cancel-reading'
import { cancelRemovalRuns } from './end-removals'
import { forgetDismissals } from './dismiss-notice'
import { forgetKept } from './forget-kept'
import { DEFAULT_RESOURCES } from './saas-defaults'
import { cancelRuns } from './start-run'

const WHY_CANCELLED = 'The app was uninstalled.'

/** What became of the news that the app was uninstalled; `unknown_shop` when it was not installed, or is not any more. */
export type Uninstalled = 'uninstalled' | 'stale' | 'unknown_shop'

/**
 * Ends an installation: its sessions are removed, its settings and its connection's key are forgotten, nothing is sent any
 * more. Records and what was delivered stay, so that a reinstallation can tell what changed meanwhile; for how long what is kept is kept
 * stays, too, until then. News from before the present installation is stale and changes nothing.
 *
 * @param triggeredAt UTC text with nine decimals; empty when unknown
 */
export async function uninstallShop(
  tx: Sql,
  domain: string,
  triggeredAt: string,
  now: Date,
): Promise<Uninstalled> {
  const [shop] = await tx.query<{ id: string; installedAt: Date | null; uninstalledAt: Date | null }>(
    `SELECT "id", "installedAt", "uninstalledAt" FROM "Shop" WHERE "domain" = $1 FOR UPDATE`,
    [domain],
  )
  if (shop && isStale(triggeredAt, shop.installedAt)) return 'stale'

  await tx.query(`DELETE FROM "Session" WHERE "shop" = $1`, [domain])
  if (!shop || shop.uninstalledAt) return 'unknown_shop'
  await tx.query(
    `UPDATE "Shop" SET "uninstalledAt" = $2, "installedAt" = NULL, "updatedAt" = $2 WHERE "id" = $1`,
    [shop.id, now],
  )
  await tx.query(
    `UPDATE "SaasConnection" SET "kind" = 'built_in', "address" = NULL, "sealedKey" = NULL, "state" = 'not_connected',
            "stateReason" = 'The app is not installed.', "resources" = $3, "includeTestOrders" = false, "chosen" = '{}', "concurrency" = DEFAULT, "callsPerSecond" = DEFAULT,
            "generation" = "generation" + 1, "addressGeneration" = "generation" + 1, "removals" = '{}', "pausedAt" = NULL, "probeAt" = NULL, "breaker" = NULL,
            "batchLimit" = NULL, "batchLimitAskedAt" = NULL, "updatedAt" = $2
     WHERE "shopId" = $1`,
    [shop.id, now, DEFAULT_RESOURCES],
  )
  await forgetReach(tx, shop.id)
  await forgetDismissals(tx, shop.id)
  await tx.query(`DELETE FROM "AlertSettings" WHERE "shopId" = $1`, [shop.id])
  await cancelRuns(tx, shop.id, null, WHY_CANCELLED, now)
  await cancelRemovalRuns(tx, shop.id, Resource.options, WHY_CANCELLED, now)
  await cancelReading(tx, { shopId: shop.id, runId: null }, WHY_CANCELLED, now)
  await forgetKept(tx, shop.id)
  return 'uninstalled'
}

function isStale(triggeredAt: string, installedAt: Date | null): boolean {
  return triggeredAt !== '' && installedAt !== null && triggeredAt < toSortable(installedAt.toISOString())
}

/** Nothing can be asked of the store any more. */
async function forgetReach(tx: Sql, shopId: string): Promise<void> {
  const ofShop = `"sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))`
  await tx.query(`UPDATE "SourceConnection" SET "askable" = '{}' WHERE "shopId" = $1`, [shopId])
  await tx.query(`DELETE FROM "SourceReach" WHERE ${ofShop}`, [shopId])
  await tx.query(`DELETE FROM "Question" WHERE ${ofShop}`, [shopId])
}
