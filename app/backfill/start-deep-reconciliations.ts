import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { ParityError } from '../lib/errors'
import { startBackfill } from '../shops/start-backfill'
import { isQuietHour } from './quiet-hour'

const HOUR_MS = 60 * 60_000
/** Once a night: not twice in the same one, and any hour will do for a shop whose nights were missed. */
const SHORTEST_MS = 20 * HOUR_MS
const LONGEST_MS = 48 * HOUR_MS

interface Candidate {
  id: string
  shopId: string
  timeZone: string | null
  /** When its store was last compared, or else when it was first connected. */
  lastAt: Date
}

/** Starts the daily comparison of each store at a quiet hour of its shop, unless the store is being read already. @returns how many it started */
export async function startDeepReconciliations(
  db: Database,
  { queue, now, signal }: { queue: Queue; now: Date; signal: AbortSignal },
): Promise<number> {
  let started = 0
  for (const candidate of await findCandidates(db, now)) {
    if (signal.aborted) break
    if (isTime(candidate, now) && (await start(db, candidate, queue, now))) started++
  }
  return started
}

function isTime({ timeZone, lastAt }: Candidate, now: Date): boolean {
  return now.getTime() - lastAt.getTime() > LONGEST_MS || isQuietHour(timeZone, now)
}

function findCandidates(db: Database, now: Date): Promise<Candidate[]> {
  return db.query<Candidate & { [column: string]: unknown }>(
    `SELECT o."id", o."shopId", s."timeZone", COALESCE(last."startedAt", o."createdAt") AS "lastAt"
     FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId"
     LEFT JOIN LATERAL (
       SELECT r."startedAt" FROM "SyncRun" r
       WHERE r."sourceConnectionId" = o."id" AND r."kind" = 'deep-reconciliation' ORDER BY r."startedAt" DESC LIMIT 1
     ) AS last ON true
     WHERE o."platform" = 'shopify' AND s."uninstalledAt" IS NULL AND COALESCE(last."startedAt", o."createdAt") <= $1
     ORDER BY o."id"`,
    [new Date(now.getTime() - SHORTEST_MS)],
  )
}

async function start(db: Database, { id, shopId }: Candidate, queue: Queue, now: Date): Promise<boolean> {
  const wish = {
    kind: 'deep-reconciliation' as const,
    resources: null,
    since: null,
    reason: 'It is done every day.',
    isByClock: true,
  }
  try {
    await db.transaction((tx) => startBackfill(tx, { shopId, sourceConnectionId: id }, wish, { queue, now }))
    return true
  } catch (error) {
    if (error instanceof ParityError) return false
    throw error
  }
}
