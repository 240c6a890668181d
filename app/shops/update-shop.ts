import { type Sql } from '../db.server'

/** What a shop says of itself; absent keys are unknown and change nothing. */
export interface ShopFacts {
  name?: string
  currency?: string
  timeZone?: string
}

/**
 * Keeps what the shop says of itself.
 *
 * @returns whether its currency changed, which every product of it carries
 */
export async function updateShop(tx: Sql, domain: string, facts: ShopFacts, now: Date): Promise<boolean> {
  const [before] = await tx.query<{ currency: string | null }>(
    `SELECT "currency" FROM "Shop" WHERE "domain" = $1 FOR UPDATE`,
    [domain],
  )
  await tx.query(
    `UPDATE "Shop" SET "name" = COALESCE($2, "name"), "currency" = COALESCE($3, "currency"),
            "timeZone" = COALESCE($4, "timeZone"), "updatedAt" = $5
     WHERE "domain" = $1`,
    [domain, facts.name ?? null, facts.currency ?? null, facts.timeZone ?? null, now],
  )
  return before !== undefined && facts.currency !== undefined && facts.currency !== before.currency
}
