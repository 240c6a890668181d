import { z } from 'zod'
import { Resource } from '../contracts/resource'
import { RecordState } from '../contracts/states'
import { type Sql } from '../db.server'

/** What records are counted under: their state, or `unknown` while only a hint has named them. */
export const CountedState = z.enum([...RecordState.options, 'unknown'])
export type CountedState = z.infer<typeof CountedState>

const Count = z.object({
  resource: Resource,
  state: CountedState,
  /** For excluded records, why, in words for a person; empty for the others. */
  reason: z.string(),
  count: z.number(),
})

/** How many records of one resource stand in one place. */
export type RecordCount = z.infer<typeof Count>

/**
 * How many records of some source connections stand where; what has none is left out. The database counts as it writes records
 * (docs/decisions/016), so that this reads a few rows, however many records there are.
 */
export async function countRecords(sql: Sql, sourceIds: readonly string[]): Promise<RecordCount[]> {
  // Both values of isSum are named because the index begins with it.
  const rows = await sql.query(
    `SELECT "resource", "state", "reason", sum("difference")::float8 AS "count" FROM "RecordCount"
     WHERE "isSum" IN (false, true) AND "sourceConnectionId" = ANY ($1::uuid[])
     GROUP BY "resource", "state", "reason" HAVING sum("difference") <> 0`,
    [sourceIds],
  )
  return rows.map((row) => Count.parse(row))
}
