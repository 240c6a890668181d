import { v7 as uuidV7 } from 'uuid'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { utcMinute } from './run-words'

/** What processes do that can be missed: they take webhooks, or work jobs. */
export type Part = 'serving' | 'working'

/** When nobody did. */
export interface Downtime {
  parts: Part[]
  /** When somebody last did. */
  since: Date
  /** When somebody did again. */
  until: Date
}

/**
 * Leaves each store a run that says that Parity was not there, and has it looked at at once, over all of that time at least.
 * A store that has not been looked at yet is still being read, and its first look goes back far enough by itself.
 */
export async function reportDowntime(tx: Sql, queue: Queue, downtime: Downtime): Promise<void> {
  const { since, until } = downtime
  const sources = await tx.query<{ id: string; isLookedAt: boolean }>(
    `SELECT o."id", bool_or(e."lookedAt" IS NOT NULL) AS "isLookedAt"
     FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId" JOIN "SourceReach" e ON e."sourceConnectionId" = o."id"
     WHERE s."uninstalledAt" IS NULL GROUP BY o."id" ORDER BY o."id"`,
  )
  await tx.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "detail", "startedAt", "endedAt")
     SELECT r.id, r.source, 'reconciliation', 'finished', $3::text, $4::timestamptz, $5::timestamptz
     FROM unnest($1::uuid[], $2::uuid[]) AS r(id, source)`,
    [sources.map(() => uuidV7()), sources.map(({ id }) => id), wordsOf(downtime), since, until],
  )
  const span = { since: since.toISOString(), until: until.toISOString() }
  const jobs = sources.filter(({ isLookedAt }) => isLookedAt)
  await queue.send(
    'reconcile',
    jobs.map(({ id }) => ({ sourceConnectionId: id, downtime: span })),
    tx,
  )
}

function wordsOf({ parts, since, until }: Downtime): string {
  const wasNot = parts.length > 1 ? 'not running' : WAS_NOT[parts[0]!]
  return `Parity was ${wasNot} from ${utcMinute(since)} to ${utcMinute(until)}. What changed in the store meanwhile is looked for.`
}

const WAS_NOT: Record<Part, string> = {
  serving: 'not reachable',
  working: 'not at work',
}
