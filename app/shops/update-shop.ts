import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type RunOrder, startRuns } from './start-run'

/** What a shop says of itself; absent keys are unknown and change nothing. */
export interface ShopFacts {
  name?: string
  currency?: string
  timeZone?: string
}

/**
 * Keeps what the shop says of itself. A new currency is carried by every product of the shop: a run composes them anew.
 */
export async function updateShop(
  tx: Sql,
  domain: string,
  facts: ShopFacts,
  queue: Queue,
  now: Date,
): Promise<void> {
  const [before] = await tx.query<{ id: string; currency: string | null }>(
    `SELECT "id", "currency" FROM "Shop" WHERE "domain" = $1 FOR UPDATE`,
    [domain],
  )
  if (!before) return
  await tx.query(
    `UPDATE "Shop" SET "name" = COALESCE($2, "name"), "currency" = COALESCE($3, "currency"),
            "timeZone" = COALESCE($4, "timeZone"), "updatedAt" = $5
     WHERE "domain" = $1`,
    [domain, facts.name ?? null, facts.currency ?? null, facts.timeZone ?? null, now],
  )
  if (facts.currency !== undefined && facts.currency !== before.currency)
    await startRuns(tx, before.id, NEW_CURRENCY, { queue, now })
}

const NEW_CURRENCY: RunOrder = {
  resource: 'product',
  generation: null,
  startsAfresh: false,
  reason: "The shop's currency is now known, or another: products carry it.",
}
