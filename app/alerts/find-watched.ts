import { z } from 'zod'
import { IncidentKind } from '../contracts/incident'
import { ConnectionState } from '../contracts/states'
import { type Sql } from '../db.server'
import { type OpenIncident } from './judge-incident'

const Open = z.object({
  id: z.string(),
  kind: IncidentKind,
  openedAt: z.coerce.date(),
  seenAt: z.coerce.date(),
  toldAt: z.coerce.date().nullable(),
})

const Watched = z.object({
  shopId: z.string(),
  /** From how many failed records on there is an incident; null where nobody wants to hear of any more. */
  failuresFrom: z.number().nullable(),
  connectionState: ConnectionState.nullable(),
  /** Whether a person has paused sending. */
  isPaused: z.boolean(),
  failed: z.number(),
  open: z.array(Open),
})

/** A shop whose incidents are watched: somebody wants to be told, or one of them is open. */
export type Watched = z.infer<typeof Watched>
export type WatchedIncident = OpenIncident & { id: string; kind: IncidentKind }

/** At most `limit` watched shops in the order of their ids, from after that one on. Reads the counts, never the records. */
export async function findWatched(sql: Sql, after: string | null, limit: number): Promise<Watched[]> {
  const rows = await sql.query(FIND, [after, limit])
  return rows.map((row) => Watched.parse(row))
}

/** A time as text with its zone: what JSON makes of it is read back as the same instant, to the millisecond. */
const FIND = `
  SELECT s."id" AS "shopId", c."state" AS "connectionState", c."pausedAt" IS NOT NULL AS "isPaused",
         CASE WHEN a."email" IS NOT NULL OR a."webhookUrl" IS NOT NULL THEN a."failuresFrom" END AS "failuresFrom",
         coalesce((SELECT sum(r."difference") FROM "RecordCount" r
                   WHERE r."isSum" IN (false, true) AND r."state" = 'dead'
                     AND r."sourceConnectionId" = ANY (ARRAY(SELECT o."id" FROM "SourceConnection" o WHERE o."shopId" = s."id"))
                  ), 0)::float8 AS "failed",
         coalesce((SELECT json_agg(json_build_object('id', i."id", 'kind', i."kind", 'openedAt', i."openedAt", 'seenAt', i."seenAt",
                                                     'toldAt', i."toldAt"))
                   FROM "Incident" i WHERE i."shopId" = s."id" AND i."closedAt" IS NULL), '[]') AS "open"
  FROM (
    SELECT "shopId" AS id FROM "AlertSettings" WHERE "email" IS NOT NULL OR "webhookUrl" IS NOT NULL
    UNION SELECT "shopId" FROM "Incident" WHERE "closedAt" IS NULL
  ) watched
  JOIN "Shop" s ON s."id" = watched.id
  LEFT JOIN "AlertSettings" a ON a."shopId" = s."id"
  LEFT JOIN "SaasConnection" c ON c."shopId" = s."id"
  WHERE $1::uuid IS NULL OR s."id" > $1::uuid ORDER BY s."id" LIMIT $2`
