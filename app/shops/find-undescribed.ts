import { type Sql } from '../db.server'

/** The installed shops with a store of which it is not known how far it can be read. */
export async function findUndescribed(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT s."id" FROM "Shop" s JOIN "SourceConnection" o ON o."shopId" = s."id"
     WHERE s."uninstalledAt" IS NULL AND o."platform" = 'shopify'
       AND EXISTS (SELECT 1 FROM "Session" i WHERE i."id" = 'offline_' || o."account")
       AND NOT EXISTS (SELECT 1 FROM "SourceReach" e WHERE e."sourceConnectionId" = o."id")`,
  )
  return rows.map(({ id }) => id)
}

/** Whether a shop's store is to be asked how far it can be read, when a person opens the app: that may have renewed its access. */
export async function needsReach(sql: Sql, shopId: string): Promise<boolean> {
  const [row] = await sql.query<{ needs: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM "SourceConnection" o WHERE o."shopId" = $1 AND o."platform" = 'shopify' AND (
         NOT EXISTS (SELECT 1 FROM "SourceReach" e WHERE e."sourceConnectionId" = o."id")
         OR EXISTS (SELECT 1 FROM "Question" q WHERE q."sourceConnectionId" = o."id" AND q."tries" > 0))
     ) AS needs`,
    [shopId],
  )
  return row?.needs ?? false
}
