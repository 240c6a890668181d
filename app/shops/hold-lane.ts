import { type Sql } from '../db.server'

/** How long a lane is held without a word from its worker: for so long a connection may stand still when a worker dies. */
const LANE_MS = 8_000
/** How often its worker gives word. */
export const KEEP_LANE_MS = 2_000

/** `busy`: another worker holds the lane. `closed`: the connection lets nothing through. */
export type LaneTaken = 'taken' | 'busy' | 'closed'

/** What came of asking for a lane. */
interface LaneAnswer {
  taken: LaneTaken
  /** When a closed connection may be tried again; null where that is not by the clock. */
  probeAt: Date | null
}

/**
 * Takes a shop's lane: the right to deliver to its connection, which one worker at a time has, so that pace, limits and breaker are
 * kept for the whole connection. (That no two calls for one record overlap does not depend on it: each record is claimed.)
 */
export async function takeLane(sql: Sql, shopId: string, laneId: string, now: Date): Promise<LaneAnswer> {
  const [lane] = await sql.query<{ isTaken: boolean; isBusy: boolean; probeAt: Date | null }>(
    `WITH taken AS (
       UPDATE "SaasConnection" SET "laneId" = $2, "laneUntil" = $4
       WHERE "shopId" = $1 AND ("laneId" IS NULL OR "laneUntil" <= $3)
         AND "pausedAt" IS NULL AND "state" <> 'not_connected' AND ("probeAt" IS NULL OR "probeAt" <= $3)
       RETURNING "id"
     )
     SELECT EXISTS (SELECT 1 FROM taken) AS "isTaken", "laneUntil" > $3 AS "isBusy", CASE WHEN "probeAt" > $3 THEN "probeAt" END AS "probeAt"
     FROM "SaasConnection" WHERE "shopId" = $1`,
    [shopId, laneId, now, new Date(now.getTime() + LANE_MS)],
  )
  if (lane?.isTaken) return { taken: 'taken', probeAt: null }
  return lane?.isBusy ? { taken: 'busy', probeAt: null } : { taken: 'closed', probeAt: lane?.probeAt ?? null }
}

/** Keeps a lane that is held. @returns false when it has been lost to another worker */
export async function keepLane(sql: Sql, shopId: string, laneId: string, now: Date): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE "SaasConnection" SET "laneUntil" = $3 WHERE "shopId" = $1 AND "laneId" = $2 RETURNING "id"`,
    [shopId, laneId, new Date(now.getTime() + LANE_MS)],
  )
  return rows.length > 0
}

/** Lets a lane go. One that was lost stays with who has it now. */
export async function releaseLane(sql: Sql, shopId: string, laneId: string): Promise<void> {
  await sql.query(
    `UPDATE "SaasConnection" SET "laneId" = NULL, "laneUntil" = NULL WHERE "shopId" = $1 AND "laneId" = $2`,
    [shopId, laneId],
  )
}
