import { type RecordContext } from '../contracts/record-context'
import { type Sql } from '../db.server'

/** What the shop of a source connection decides for its records; null when the connection is gone. */
export async function readSource(sql: Sql, sourceConnectionId: string): Promise<RecordContext | null> {
  const [row] = await sql.query<RecordContext & { [column: string]: unknown }>(
    `SELECT o."id" AS "sourceConnectionId", o."platform", o."account" AS "store", s."currency", c."piiPolicy", c."resources",
            c."includeTestOrders", c."generation"
     FROM "SourceConnection" o
     JOIN "Shop" s ON s."id" = o."shopId"
     JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE o."id" = $1`,
    [sourceConnectionId],
  )
  return row ?? null
}
