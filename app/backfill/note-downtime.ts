import { v7 as uuidV7 } from 'uuid'
import { type Database, type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { utcMinute } from './run-words'

/** A schedule that runs every ten seconds while any worker does: when it last ended well is when Parity was last at work. */
const PULSE = 'sweep'
/** A deployment takes less; and a webhook that was not acknowledged meanwhile comes again by itself. */
const DOWN_MS = 2 * 60_000

/**
 * Finds out, when a worker starts, whether nobody worked for a while. If so, each store gets a run that says so, and is looked at at once: the
 * look goes back to where the last one ended, and so over all of that time. Several workers that start together note it once.
 *
 * @returns the time since which nobody had worked; null when somebody had until just now, or nobody ever did
 */
export async function noteDowntime(db: Database, queue: Queue, now: Date): Promise<Date | null> {
  const [pulse] = await db.query<{ doneAt: Date | null }>(
    `SELECT "doneAt" FROM "Schedule" WHERE "name" = $1`,
    [PULSE],
  )
  const since = pulse?.doneAt ?? null
  if (since === null || now.getTime() - since.getTime() < DOWN_MS) return null

  const words = `Parity was not at work from ${utcMinute(since)} to ${utcMinute(now)}. What changed in the store meanwhile is looked for.`
  await db.transaction(async (tx) => {
    const ids = await sourcesToTell(tx, since)
    await tx.query(
      `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "detail", "startedAt", "endedAt")
       SELECT r.id, r.source, 'reconciliation', 'finished', $3::text, $4::timestamptz, $5::timestamptz
       FROM unnest($1::uuid[], $2::uuid[]) AS r(id, source)`,
      [ids.map(() => uuidV7()), ids, words, since, now],
    )
    const jobs = ids.map((sourceConnectionId) => ({ sourceConnectionId }))
    await queue.send('reconcile', jobs, tx)
  })
  return since
}

/** The sources whose stores nobody has told of it yet. Whoever comes second waits, and then sees what the first has written. */
async function sourcesToTell(tx: Sql, since: Date): Promise<string[]> {
  const sources = await tx.query<{ id: string }>(
    `SELECT o."id" FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId"
     WHERE s."uninstalledAt" IS NULL AND EXISTS (SELECT 1 FROM "SourceReach" e WHERE e."sourceConnectionId" = o."id")
     ORDER BY o."id" FOR NO KEY UPDATE OF o`,
  )
  const told = await tx.query<{ id: string }>(
    `SELECT "sourceConnectionId" AS "id" FROM "SyncRun" WHERE "sourceConnectionId" = ANY($1) AND "kind" = 'reconciliation' AND "startedAt" = $2`,
    [sources.map(({ id }) => id), since],
  )
  const isTold = new Set(told.map(({ id }) => id))
  return sources.map(({ id }) => id).filter((id) => !isTold.has(id))
}
