import { type KeepDays } from '../contracts/keep-days'
import { type Sql } from '../db.server'

/** Source connections whose shops keep what they have equally long. */
export interface KeptAlike extends Pick<KeepDays, 'historyDays' | 'statisticDays'> {
  ids: string[]
}

/** Sorts source connections by how long their shops keep what they have: nearly always that is one group. */
export async function keptAlike(sql: Sql, sourceIds: readonly string[]): Promise<KeptAlike[]> {
  return sql.query<KeptAlike & { [column: string]: unknown }>(
    `SELECT s."historyDays", s."statisticDays", array_agg(o."id" ORDER BY o."id") AS "ids"
     FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId"
     WHERE o."id" = ANY ($1::uuid[]) GROUP BY 1, 2 ORDER BY 1, 2`,
    [sourceIds],
  )
}
