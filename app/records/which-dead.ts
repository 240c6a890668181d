import { Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/** How many records one transaction changes. */
export const SLICE = 500

/** Which dead records are meant. */
export interface WhichDead {
  /** They died at this time or later. */
  since: Date
  /** They were dead when the command was given: what dies of it again is left alone. */
  until: Date
  /** Null for all. */
  resource: Resource | null
  /** What they died of, as cause.ts has it. Null for whatever it was. */
  cause: string | null
}

/** How many records those are. */
export async function countDead(sql: Sql, shopId: string, dead: WhichDead): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "SyncRecord" WHERE ${areMeant(dead)}`,
    parameters(shopId, dead),
  )
  return row?.count ?? 0
}

/** The ids of a slice of them, locked in the order of their ids. */
export async function lockDead(tx: Sql, shopId: string, dead: WhichDead): Promise<string[]> {
  const meant = areMeant(dead)
  const rows = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SyncRecord" WHERE "id" = ANY (ARRAY(SELECT "id" FROM "SyncRecord" WHERE ${meant} LIMIT ${SLICE}))
       AND ${meant} ORDER BY "id" FOR NO KEY UPDATE`,
    parameters(shopId, dead),
  )
  return rows.map(({ id }) => id)
}

/** For $1 shop, $2 and $3 times, $4 resources, $5 cause: along an index of sources, resources and what is dead. */
function areMeant({ cause }: WhichDead): string {
  return `"sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1)) AND "resource" = ANY($4::text[])
    AND "state" = 'dead' AND "desiredHash" IS NOT NULL AND "diedAt" BETWEEN $2 AND $3 ${cause === null ? '' : `AND COALESCE("cause", '') = $5`}`
}

function parameters(shopId: string, { since, until, resource, cause }: WhichDead): unknown[] {
  const resources = resource === null ? Resource.options : [resource]
  return [shopId, since, until, resources, ...(cause === null ? [] : [cause])]
}
