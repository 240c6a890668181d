import { type Reach, type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'

interface ReachRow {
  reach: Reach['kind']
  days: number | null
  reason: string | null
}

/** How far a resource of a store can be read, as it was last noted. */
export async function readReach(
  sql: Sql,
  sourceConnectionId: string,
  resource: ReadableResource,
): Promise<Reach> {
  const [row] = await sql.query<ReachRow & { [column: string]: unknown }>(
    `SELECT "reach", "days", "reason" FROM "SourceReach" WHERE "sourceConnectionId" = $1 AND "resource" = $2`,
    [sourceConnectionId, resource],
  )
  return row ? toReach(row) : { kind: 'none', words: 'It is not known yet what the store lets Parity read.' }
}

function toReach({ reach, days, reason }: ReachRow): Reach {
  const words = reason ?? ''
  switch (reach) {
    case 'all':
      return { kind: 'all' }
    case 'since':
      return { kind: 'since', days: days ?? 0, words }
    case 'none':
      return { kind: 'none', words }
  }
}
