import { type Reach, type ReadableResource, READING_ORDER } from '../contracts/store-reader'
import { type Sql } from '../db.server'

/** How far a store can be read, by resource, and what of it is withheld. */
export type StoreReach = Record<ReadableResource, { reach: Reach; denied: string[] }>

/**
 * Keeps how far a store can be read; what can be read of it can be asked for.
 *
 * @returns the resources of which more can be read than was noted before
 */
export async function noteReach(
  tx: Sql,
  sourceConnectionId: string,
  reaches: StoreReach,
  now: Date,
): Promise<ReadableResource[]> {
  const before = await tx.query<{ resource: ReadableResource; reach: Reach['kind'] }>(
    `SELECT "resource", "reach" FROM "SourceReach" WHERE "sourceConnectionId" = $1 ORDER BY "resource" FOR NO KEY UPDATE`,
    [sourceConnectionId],
  )
  const rows = READING_ORDER.map((resource) => ({ resource, ...toRow(reaches[resource].reach) }))
  const denied = READING_ORDER.map((resource) => reaches[resource].denied)
  await tx.query(
    `INSERT INTO "SourceReach" ("sourceConnectionId", "resource", "reach", "days", "reason", "deniedFields", "updatedAt")
     SELECT $1, e.resource, e.reach, e.days, e.reason, ARRAY(SELECT jsonb_array_elements_text(e.denied)), $7
     FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::jsonb[]) AS e(resource, reach, days, reason, denied)
     ON CONFLICT ("sourceConnectionId", "resource") DO UPDATE SET
       "reach" = EXCLUDED."reach", "days" = EXCLUDED."days", "reason" = EXCLUDED."reason",
       "deniedFields" = EXCLUDED."deniedFields", "updatedAt" = EXCLUDED."updatedAt"`,
    [
      sourceConnectionId,
      rows.map(({ resource }) => resource),
      rows.map(({ reach }) => reach),
      rows.map(({ days }) => days),
      rows.map(({ reason }) => reason),
      denied.map((fields) => JSON.stringify(fields)),
      now,
    ],
  )
  const askable = rows.filter(({ reach }) => reach !== 'none').map(({ resource }) => resource)
  await tx.query(
    `UPDATE "SourceConnection" SET "askable" = $2, "updatedAt" = $3 WHERE "id" = $1 AND "askable" IS DISTINCT FROM $2`,
    [sourceConnectionId, askable, now],
  )
  return before.flatMap(({ resource, reach }) =>
    FARNESS[reach] < FARNESS[reaches[resource].reach.kind] ? [resource] : [],
  )
}

const FARNESS: Record<Reach['kind'], number> = { none: 0, since: 1, all: 2 }

function toRow(reach: Reach): { reach: Reach['kind']; days: number | null; reason: string | null } {
  switch (reach.kind) {
    case 'all':
      return { reach: 'all', days: null, reason: null }
    case 'since':
      return { reach: 'since', days: reach.days, reason: reach.words }
    case 'none':
      return { reach: 'none', days: null, reason: reach.words }
  }
}
