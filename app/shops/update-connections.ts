import { type Database, type Sql } from '../db.server'
import { ensureShops, type EnsureOptions } from './ensure-shops'

/** How many shops are looked at in one transaction. */
const PAGE = 100

/**
 * Brings the connections of all installed shops to what the environment says now. Shops that have not been set up yet are left to
 * their first news or load. Can be repeated, and run by several processes at once.
 */
export async function updateConnections(
  db: Database,
  options: Omit<EnsureOptions, 'now'>,
  now: Date,
): Promise<void> {
  let after: string | undefined = ''
  while (after !== undefined) {
    const domains = await installedAfter(db, after)
    await db.transaction((tx) => ensureShops(tx, domains, { ...options, now }))
    after = domains.length === PAGE ? domains.at(-1) : undefined
  }
}

async function installedAfter(sql: Sql, domain: string): Promise<string[]> {
  const rows = await sql.query<{ domain: string }>(
    `SELECT s."domain" FROM "Shop" s JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE s."domain" > $1 AND s."uninstalledAt" IS NULL ORDER BY s."domain" LIMIT ${PAGE}`,
    [domain],
  )
  return rows.map((row) => row.domain)
}
