import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type Run } from './read-run'

/** How much is gone through at once. */
export interface UnseenPage {
  /** The most records of the resource that are looked at. */
  keys: number
  /** The most of them that are found. */
  most: number
}

/** Where in a resource records are looked for, and what was found there. */
export interface Unseen {
  /** The ids of the records that the run has not accounted for, in order. */
  externalIds: string[]
  /** The id up to which all were looked at; null when there is no record after the place. */
  until: string | null
}

/**
 * Records that were here before a run began, should be in the store, and have not been accounted for: among so many after an id. A walk
 * through the whole resource, in pages, reads each record once, however many there are. What a person decided to keep is left out, unless the
 * run asks again.
 */
export async function findUnseen(
  sql: Sql,
  {
    id,
    sourceConnectionId,
    startedAt,
    asksAgain,
  }: Pick<Run, 'id' | 'sourceConnectionId' | 'startedAt' | 'asksAgain'>,
  { resource, after }: { resource: ReadableResource; after: string },
  { keys, most }: UnseenPage,
): Promise<Unseen> {
  // Each is looked up by its key, as text that the planner cannot turn into a join: one would read all that the run has seen.
  const [found] = await sql.query<{ externalIds: string[]; until: string | null }>(
    `WITH page AS MATERIALIZED (
       SELECT "externalId", "createdAt", "desiredAction", "desiredUpdatedAt", "desiredTriggeredAt" FROM "SyncRecord"
       WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" > $3
       ORDER BY "externalId" LIMIT $6
     )
     SELECT (SELECT max("externalId") FROM page) AS "until", ARRAY(
       SELECT p."externalId" FROM page p
       WHERE p."createdAt" < $4 AND p."desiredAction" IN ('created', 'updated') AND (
         SELECT true FROM "RunSighting" s WHERE s."runId" = $5 AND s."resource" = $2 AND s."externalId" = p."externalId"
       ) IS NULL AND ($8 OR (
         SELECT true FROM "KeptRecord" k WHERE k."sourceConnectionId" = $1 AND k."resource" = $2 AND k."externalId" = p."externalId"
           AND k."desiredUpdatedAt" = p."desiredUpdatedAt" AND k."desiredTriggeredAt" = p."desiredTriggeredAt"
       ) IS NULL)
       ORDER BY p."externalId" LIMIT $7
     ) AS "externalIds"`,
    [sourceConnectionId, resource, after, startedAt, id, keys, most, asksAgain],
  )
  const { externalIds, until } = found!
  // Where there may be more in the page, it is gone on with after the last of them.
  return { externalIds, until: externalIds.length === most ? externalIds.at(-1)! : until }
}
