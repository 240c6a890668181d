import { Breaker } from '../contracts/breaker'
import { type RecordContext } from '../contracts/record-context'
import { type DialectName } from '../contracts/resource'
import { type Sql } from '../db.server'
import { type GateFacts } from './gate'
import { CONTEXT_COLUMNS, type ContextRow, toContext } from './read-source'

/** Where a shop's records go, and what the shop says of them. */
export interface DeliveryTarget {
  shopId: string
  connection: Connection
  /** By source connection. */
  contexts: Map<string, RecordContext>
}

/** A shop's connection to its SaaS, as its row says. */
export interface Connection extends GateFacts {
  kind: 'environment' | 'built_in' | 'merchant'
  address: string | null
  dialect: DialectName
  sealedKey: Uint8Array | null
  generation: number
  /** The generation since which address and tenant are what they are. */
  addressGeneration: number
  /** What the circuit breaker remembers; null when all is well. */
  breaker: Breaker | null
  /** How many calls may be under way at once. */
  concurrency: number
  /** How many calls a second at most; null for no limit. */
  callsPerSecond: number | null
  /** How many records one call may carry; null for one. */
  batchLimit: number | null
  batchLimitAskedAt: Date | null
}

/** Whether two readings of a connection lead to one place with one key: what calls under the one show holds of the other. */
export function isSameAccess(one: Connection, other: Connection): boolean {
  const [key, otherKey] = [one.sealedKey, other.sealedKey].map((sealed) => Buffer.from(sealed ?? []))
  return one.generation === other.generation && key!.equals(otherKey!)
}

type TargetRow = ContextRow & Omit<Connection, 'breaker'> & { breaker: unknown }

/** The target of a shop; null when the shop, its sources or its connection are gone. */
export async function readDeliveryTarget(sql: Sql, shopId: string): Promise<DeliveryTarget | null> {
  const rows = await sql.query<TargetRow & { [column: string]: unknown }>(
    `SELECT ${CONTEXT_COLUMNS}, c."kind", c."address", c."dialect", c."sealedKey", c."probeAt", c."breaker",
            c."concurrency", c."callsPerSecond", c."batchLimit", c."batchLimitAskedAt"
     FROM "Shop" s
     JOIN "SourceConnection" o ON o."shopId" = s."id"
     JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE s."id" = $1 ORDER BY o."id"`,
    [shopId],
  )
  const [first] = rows
  if (!first) return null
  const contexts = new Map(rows.map((row) => [row.sourceConnectionId, toContext(row)]))
  // What an older version wrote and this one cannot read is forgotten: a breaker learns anew.
  return { shopId, connection: { ...first, breaker: StoredBreaker.parse(first.breaker) }, contexts }
}

const StoredBreaker = Breaker.nullable().catch(null)
