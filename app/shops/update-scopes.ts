import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'

/** Keeps the scopes that the shop grants now with its offline session, and has its store asked how far it can be read with them. */
export async function updateScopes(tx: Sql, domain: string, scopes: string[], queue: Queue): Promise<void> {
  await tx.query(`UPDATE "Session" SET "scope" = $2 WHERE "id" = 'offline_' || $1::text`, [
    domain,
    scopes.join(','),
  ])
  const shops = await tx.query<{ shopId: string }>(
    `SELECT "id" AS "shopId" FROM "Shop" WHERE "domain" = $1 AND "uninstalledAt" IS NULL`,
    [domain],
  )
  await queue.send('describeReach', shops, tx)
}
