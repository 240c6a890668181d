import { type Sql } from '../db.server'
import { type GateFacts, heldBecause } from './gate'
import { noConnection } from './no-connection'

/**
 * Why what a shop sends must wait, in words for a person; null when it need not.
 *
 * @throws ParityError `CONNECTION_MISSING`
 */
export async function readHold(sql: Sql, shopId: string): Promise<string | null> {
  const [row] = await sql.query<GateFacts & { [column: string]: unknown }>(
    `SELECT "state", "stateReason", "pausedAt" FROM "SaasConnection" WHERE "shopId" = $1`,
    [shopId],
  )
  if (!row) throw noConnection()
  return heldBecause(row)
}
