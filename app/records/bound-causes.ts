import { type Sql } from '../db.server'
import { OTHER_CAUSES } from './cause'
import { type Settled, type Settlement } from './settle-records'

/** How many causes of dead letters are told apart in a shop: a SaaS may say something else of each record. */
export const MOST_CAUSES = 100

/**
 * Lets what dies of one cause too many die of `OTHER_CAUSES`, so that neither the page nor the counts grow with what a SaaS says. Asks
 * the database only when something dies; one worker at a time settles the records of a shop.
 */
export async function boundCauses(sql: Sql, shopId: string, claims: Settled[]): Promise<Settled[]> {
  if (!claims.some(({ settlement }) => settlement.kind === 'dead')) return claims

  const known = new Set(await causesOf(sql, shopId))
  return claims.map((claim) => ({ ...claim, settlement: bounded(claim.settlement, known) }))
}

function bounded(settlement: Settlement, known: Set<string>): Settlement {
  if (settlement.kind !== 'dead' || known.has(settlement.cause)) return settlement
  if (known.size >= MOST_CAUSES) return { ...settlement, cause: OTHER_CAUSES }
  known.add(settlement.cause)
  return settlement
}

async function causesOf(sql: Sql, shopId: string): Promise<string[]> {
  // Both values of isSum are named because the index begins with it.
  const rows = await sql.query<{ cause: string }>(
    `SELECT DISTINCT "reason" AS "cause" FROM "RecordCount"
     WHERE "isSum" IN (false, true) AND "state" = 'dead'
       AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))`,
    [shopId],
  )
  return rows.map(({ cause }) => cause)
}
