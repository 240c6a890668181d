import { type Sql } from '../db.server'

/** Keeps the scopes that the shop grants now with its offline session. */
export async function updateScopes(tx: Sql, domain: string, scopes: string[]): Promise<void> {
  await tx.query(`UPDATE "Session" SET "scope" = $2 WHERE "id" = 'offline_' || $1::text`, [
    domain,
    scopes.join(','),
  ])
}
