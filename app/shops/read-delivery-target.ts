import { type RecordContext } from '../contracts/record-context'
import { type DialectName } from '../contracts/resource'
import { type ConnectionState } from '../contracts/states'
import { type Sql } from '../db.server'

/** Where a record goes, and what its shop says of it. */
export interface DeliveryTarget {
  shopId: string
  isInstalled: boolean
  context: RecordContext
  connection: {
    id: string
    kind: 'environment' | 'built_in' | 'merchant'
    address: string | null
    dialect: DialectName
    sealedKey: Uint8Array | null
    state: ConnectionState
    stateReason: string | null
  }
}

type TargetRow = RecordContext &
  Omit<DeliveryTarget['connection'], 'id'> & {
    shopId: string
    connectionId: string
    uninstalledAt: Date | null
  }

/** The target of a record; null when the record, its shop or its connection is gone. */
export async function readDeliveryTarget(sql: Sql, recordId: string): Promise<DeliveryTarget | null> {
  const [row] = await sql.query<TargetRow & { [column: string]: unknown }>(
    `SELECT s."id" AS "shopId", s."currency", s."uninstalledAt", o."id" AS "sourceConnectionId", o."account" AS "store", o."platform",
            c."id" AS "connectionId", c."kind", c."address", c."dialect", c."sealedKey", c."piiPolicy", c."resources",
            c."includeTestOrders", c."generation", c."state", c."stateReason"
     FROM "SyncRecord" r
     JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId"
     JOIN "Shop" s ON s."id" = o."shopId"
     JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE r."id" = $1`,
    [recordId],
  )
  if (!row) return null

  const {
    shopId,
    uninstalledAt,
    connectionId: id,
    kind,
    address,
    dialect,
    sealedKey,
    state,
    stateReason,
    ...context
  } = row
  const connection = { id, kind, address, dialect, sealedKey, state, stateReason }
  return { shopId, isInstalled: uninstalledAt === null, context, connection }
}
