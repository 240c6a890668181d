import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'

/** How many records are deleted together. */
const PAGE = 200

/** Records of one resource that a run has proved to be gone and has not deleted yet. */
export interface Gone {
  resource: ReadableResource
  externalIds: string[]
}

/** The next of what is to be deleted; null when nothing is. Reads an index of nothing else, so that all pages together cost what there is. */
export async function findGone(sql: Sql, runId: string): Promise<Gone | null> {
  const rows = await sql.query<{ resource: ReadableResource; externalId: string }>(
    `SELECT "resource", "externalId" FROM "RunSighting" WHERE "runId" = $1 AND "isGone" ORDER BY "resource", "externalId" LIMIT ${PAGE}`,
    [runId],
  )
  const resource = rows[0]?.resource
  if (resource === undefined) return null
  return {
    resource,
    externalIds: rows.filter((row) => row.resource === resource).map(({ externalId }) => externalId),
  }
}
