import { type Sql } from '../db.server'
import { inSlices } from '../lib/in-slices'
import { SLICE } from './slice'

/**
 * Deletes what was noted, before then, of who saw personal data: down the primary key, which sorts by time.
 *
 * @returns how many rows
 */
export function forgetViews(sql: Sql, before: Date, signal: AbortSignal): Promise<number> {
  // The least id (UUID v7) of that millisecond.
  const hex = before.getTime().toString(16).padStart(12, '0')
  const least = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
  const statement = `
    DELETE FROM "PersonalDataView" WHERE "id" = ANY (ARRAY(
      SELECT "id" FROM "PersonalDataView" WHERE "id" < $1::uuid ORDER BY "id" LIMIT $2
    )) RETURNING "id"`
  return inSlices(SLICE, signal, async (size) => (await sql.query(statement, [least, size])).length)
}
