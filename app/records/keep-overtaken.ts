import { type Sql } from '../db.server'
import { joinBytes } from '../lib/join-bytes'
import { KNOWN_NO_MORE } from './delivered-known'

/** What the SaaS has taken of a record that has moved on meanwhile. */
export interface Overtaken {
  recordId: string
  sentHash: string
  /** The connection's generation that it was sent under. */
  generation: number
  /** What was known when it was claimed, sealed. */
  known: Uint8Array
}

/**
 * Keeps what was known of records when they were sent. A record that has been deleted or sent anew since is left alone; so are those of a
 * connection that has changed since, whose policy may not allow what was known.
 */
export async function keepOvertaken(sql: Sql, shopId: string, records: Overtaken[]): Promise<void> {
  if (records.length === 0) return
  const known = joinBytes(records.map(({ known }) => known))
  await sql.query(
    // In the order of their ids, as everywhere: these are the records that intake is most likely to have in hand.
    `WITH held AS (
       SELECT r."id", r."sourceConnectionId" AS source, s.start, s.length
       FROM unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::int[]) AS s(id, hash, generation, start, length)
       JOIN "SaasConnection" c ON c."shopId" = $1 AND c."generation" = s.generation
       JOIN "SyncRecord" r ON r."id" = s.id
       WHERE r."sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))
         AND r."deliveredKnown" = ${KNOWN_NO_MORE} AND r."deliveredHash" = s.hash AND r."desiredAction" <> 'deleted'
       ORDER BY r."id" FOR NO KEY UPDATE OF r
     )
     UPDATE "SyncRecord" r SET "deliveredKnown" = substring($7::bytea FROM held.start FOR held.length)
     FROM held WHERE r."id" = held."id" AND r."sourceConnectionId" = held.source`,
    [
      shopId,
      records.map(({ recordId }) => recordId),
      records.map(({ sentHash }) => sentHash),
      records.map(({ generation }) => generation),
      known.starts,
      known.lengths,
      known.bytes,
    ],
  )
}
