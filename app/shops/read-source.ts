import { type RecordContext } from '../contracts/record-context'
import { Removals } from '../contracts/removals'
import { type Sql } from '../db.server'
import { type GateFacts, heldBecause } from './gate'

/** The columns that a RecordContext is made of, of "SourceConnection" o, "Shop" s and "SaasConnection" c. */
export const CONTEXT_COLUMNS = `s."id" AS "shopId", o."id" AS "sourceConnectionId", o."platform", o."account" AS "store", o."askable", s."currency",
  c."piiPolicy", c."resources", c."includeTestOrders", c."removals", c."erasedFields", c."generation", c."addressGeneration", c."state", c."stateReason", c."pausedAt"`

/** A row of `CONTEXT_COLUMNS`. */
export type ContextRow = Omit<RecordContext, 'heldBecause' | 'removals'> &
  Omit<GateFacts, 'probeAt'> & { removals: unknown }

/** What a shop decides for its records, from its row. */
export function toContext({ state, stateReason, pausedAt, removals, ...context }: ContextRow): RecordContext {
  const held = heldBecause({ state, stateReason, pausedAt })
  return { ...context, removals: Removals.parse(removals), heldBecause: held }
}

/** What the shop of a source connection decides for its records; null when the connection is gone. */
export async function readSource(sql: Sql, sourceConnectionId: string): Promise<RecordContext | null> {
  const [row] = await sql.query<ContextRow & { [column: string]: unknown }>(
    `SELECT ${CONTEXT_COLUMNS}
     FROM "SourceConnection" o
     JOIN "Shop" s ON s."id" = o."shopId"
     JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE o."id" = $1`,
    [sourceConnectionId],
  )
  return row ? toContext(row) : null
}
