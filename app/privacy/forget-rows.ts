import { type Sql } from '../db.server'
import { inSlices } from '../lib/in-slices'
import { SLICE } from './slice'

/** Tables of rows that age, with the time that an index orders each source connection's rows by. */
const TIME = { WebhookEvent: 'receivedAt', SyncAttempt: 'startedAt', SyncRun: 'startedAt' } as const
/** What else must hold of a row that may go. */
const ONLY = { WebhookEvent: '', SyncAttempt: '', SyncRun: 'AND t."endedAt" IS NOT NULL' } as const

/**
 * Deletes the rows of some source connections that are older than that, the oldest of each first.
 *
 * @returns how many
 */
export function forgetRows(
  sql: Sql,
  table: keyof typeof TIME,
  sourceIds: readonly string[],
  before: Date,
  signal: AbortSignal,
): Promise<number> {
  // An array, and not IN: the planner then goes by the primary key whatever it believes of the table.
  const statement = `
    DELETE FROM "${table}" WHERE "sourceConnectionId" = ANY ($1::uuid[]) AND "id" = ANY (ARRAY(
      SELECT old."id" FROM unnest($1::uuid[]) AS source(id) CROSS JOIN LATERAL (
        SELECT t."id" FROM "${table}" t WHERE t."sourceConnectionId" = source.id AND t."${TIME[table]}" < $2 ${ONLY[table]}
        ORDER BY t."${TIME[table]}" LIMIT $3
      ) old LIMIT $3
    )) RETURNING "id"`
  return inSlices(
    SLICE,
    signal,
    async (size) => (await sql.query(statement, [sourceIds, before, size])).length,
  )
}

/** Deletes events that are older than that and belong to no source connection: their stores had not installed the app. @returns how many */
export function forgetStrayEvents(sql: Sql, before: Date, signal: AbortSignal): Promise<number> {
  // Ordered as the index is: the planner does not see that NULL is but one value.
  const statement = `
    DELETE FROM "WebhookEvent" WHERE "sourceConnectionId" IS NULL AND "id" = ANY (ARRAY(
      SELECT "id" FROM "WebhookEvent" WHERE "sourceConnectionId" IS NULL AND "receivedAt" < $1
      ORDER BY "sourceConnectionId" DESC, "receivedAt" LIMIT $2
    )) RETURNING "id"`
  return inSlices(SLICE, signal, async (size) => (await sql.query(statement, [before, size])).length)
}
