import { type Sql } from '../db.server'

/** Forgets which records a person of a shop decided to keep at the SaaS: it was said of the one that they were sent to. */
export async function forgetKept(tx: Sql, shopId: string): Promise<void> {
  await tx.query(
    `DELETE FROM "KeptRecord" WHERE "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))`,
    [shopId],
  )
}
