import { type PiiPolicy, type Platform, type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/** A source connection with what its shop decides for all of its records. */
export interface Source {
  sourceConnectionId: string
  platform: Platform
  store: string
  currency: string | null
  piiPolicy: PiiPolicy
  resources: Resource[]
  includeTestOrders: boolean
  generation: number
}

/** A source connection by its id; null when it is gone. */
export async function readSource(sql: Sql, sourceConnectionId: string): Promise<Source | null> {
  const [row] = await sql.query<Source & { [column: string]: unknown }>(
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
