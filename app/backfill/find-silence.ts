import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'

/** Silence on a resource: since when its store has sent no webhook of it. */
export interface Silence {
  resource: ReadableResource
  /** When the last one arrived; null when none has within a day. */
  since: Date | null
}

/**
 * Whether a store has fallen silent on a resource that changed: nothing has arrived of it since the change, though others that were
 * lost would each show as one. Reads the events of a day at most, newest first.
 *
 * @param changedAt when the oldest change that no webhook told of happened
 */
export async function findSilence(
  sql: Sql,
  sourceConnectionId: string,
  resource: ReadableResource,
  changedAt: Date,
  now: Date,
): Promise<Silence | null> {
  const [last] = await sql.query<{ receivedAt: Date }>(
    `SELECT "receivedAt" FROM "WebhookEvent" WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "receivedAt" > $3
     ORDER BY "receivedAt" DESC, "id" DESC LIMIT 1`,
    [sourceConnectionId, resource, new Date(now.getTime() - DAY_MS)],
  )
  if (!last) return { resource, since: null }
  return last.receivedAt < changedAt ? { resource, since: last.receivedAt } : null
}
