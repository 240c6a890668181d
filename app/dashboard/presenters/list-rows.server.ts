import { type Database } from '~/db.server'
import { type Place } from '../activity-query'
import { PAGE_SIZE } from './page-of-rows'
import { type ShopScope } from './scope.server'

/** A table that is read newest first, along its index (sourceConnectionId, time, id). */
export type TimedTable =
  { name: 'WebhookEvent'; time: 'receivedAt' } | { name: 'SyncAttempt'; time: 'startedAt' }

interface ListOptions {
  table: TimedTable
  /** What is read: SQL over `t`, a row of the table, and `r`, its record or nothing. */
  columns: string
  outcome: string | null
  resource: string | null
  place: Place
  limit?: number
}

/**
 * One row more than a page of a shop's events or attempts, with their records: newest first, or oldest first when read
 * backwards. Each source is read along its index and the results are merged, so that a page costs the same however
 * much there is. A place that is not a row of the shop is as if it were not given.
 */
export async function listRows(
  db: Database,
  scope: ShopScope,
  options: ListOptions,
): Promise<{ rows: unknown[]; place: Place }> {
  const place = await knownPlace(db, scope, options.table, options.place)
  const backwards = place !== null && 'before' in place
  const rows = await db.query(statement(options, backwards), [
    scope.sourceIds,
    place && ('before' in place ? place.before : place.after),
    options.outcome,
    options.resource,
    (options.limit ?? PAGE_SIZE) + 1,
  ])
  return { rows, place }
}

function statement({ table, columns }: ListOptions, backwards: boolean): string {
  const { name, time } = table
  const order = backwards ? 'ASC' : 'DESC'
  const beyond = backwards ? '>' : '<'
  const resource = name === 'WebhookEvent' ? 't."resource"' : 'r."resource"'

  return `
    SELECT t.* FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (
      SELECT ${columns} FROM "${name}" t
      LEFT JOIN "SyncRecord" r ON r."id" = t."recordId" AND r."sourceConnectionId" = t."sourceConnectionId"
      WHERE t."sourceConnectionId" = s.id
        AND ($2::uuid IS NULL OR (t."${time}", t."id") ${beyond}
          (SELECT p."${time}", p."id" FROM "${name}" p WHERE p."id" = $2::uuid))
        AND ($3::text IS NULL OR t."outcome" = $3::text)
        AND ($4::text IS NULL OR ${resource} = $4::text)
      ORDER BY t."${time}" ${order}, t."id" ${order} LIMIT $5
    ) t ORDER BY t."${time}" ${order}, t."id" ${order} LIMIT $5`
}

async function knownPlace(db: Database, scope: ShopScope, table: TimedTable, place: Place): Promise<Place> {
  if (!place) return null

  const found = await db.query(
    `SELECT 1 FROM "${table.name}" WHERE "id" = $1::uuid AND "sourceConnectionId" = ANY($2::uuid[])`,
    ['before' in place ? place.before : place.after, scope.sourceIds],
  )
  return found.length > 0 ? place : null
}
