import { KEEP_BOUNDS } from '../contracts/keep-days'
import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'
import { letOthersEnd } from '../records/let-others-end'
import { SLICE } from './slice'

/**
 * Gives the bodies of webhooks their time anew, of shops that keep them for longer or shorter than they did. Called off or interrupted, it
 * begins with that shop again the next time.
 */
export async function datePayloads(sql: Sql, now: Date, signal: AbortSignal): Promise<void> {
  const shops = await sql.query<ShopRow>(
    `SELECT s."id", s."payloadDays" AS "days", ARRAY(SELECT o."id" FROM "SourceConnection" o WHERE o."shopId" = s."id") AS "sourceIds"
     FROM "Shop" s WHERE s."payloadDays" <> s."payloadsDated"`,
  )
  // What is being written by what held before is to be found.
  if (shops.length > 0) await letOthersEnd(sql)
  for (const shop of shops) await dateOf(sql, shop, now, signal)
}

type ShopRow = { id: string; days: number; sourceIds: string[] }

async function dateOf(
  sql: Sql,
  { id, days, sourceIds }: ShopRow,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  for (const sourceId of sourceIds) {
    let last: Place | undefined = oldest(now)
    while (last && !signal.aborted) last = await dateSlice(sql, sourceId, last, days)
  }
  if (signal.aborted) return
  await sql.query(`UPDATE "Shop" SET "payloadsDated" = $2 WHERE "id" = $1 AND "payloadDays" = $2`, [id, days])
}

/** An event's place in the order of arrival. The time is text, as it has more digits than a Date. */
type Place = { receivedAt: string; id: string }

/** Before it, no event has a body any more. */
function oldest(now: Date): Place {
  const receivedAt = new Date(now.getTime() - (KEEP_BOUNDS.payloadDays.most + 1) * DAY_MS).toISOString()
  return { receivedAt, id: '00000000-0000-0000-0000-000000000000' }
}

/** Dates the next events, locked in intake's order: by their keys. @returns the last of them; undefined when there are no more */
async function dateSlice(sql: Sql, sourceId: string, after: Place, days: number): Promise<Place | undefined> {
  const [last] = await sql.query<Place>(
    `WITH page AS MATERIALIZED (
       SELECT "id", "receivedAt" FROM "WebhookEvent"
       WHERE "sourceConnectionId" = $1 AND ("receivedAt", "id") > ($2::timestamptz, $3::uuid)
       ORDER BY "receivedAt", "id" LIMIT ${SLICE}
     ), locked AS MATERIALIZED (
       SELECT "id" FROM "WebhookEvent"
       WHERE "id" = ANY (ARRAY(SELECT "id" FROM page)) AND "sourceConnectionId" = $1 AND "payload" IS NOT NULL
       ORDER BY "origin" COLLATE "C", "deliveryId" COLLATE "C" FOR NO KEY UPDATE
     ), dated AS (
       UPDATE "WebhookEvent" e SET "payloadExpiresAt" = e."receivedAt" + make_interval(days => $4::int)
       FROM locked WHERE e."id" = locked."id" AND e."sourceConnectionId" = $1 AND e."payload" IS NOT NULL
     )
     SELECT "receivedAt"::text AS "receivedAt", "id" FROM page ORDER BY page."receivedAt" DESC, "id" DESC LIMIT 1`,
    [sourceId, after.receivedAt, after.id, days],
  )
  return last
}
