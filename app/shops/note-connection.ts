import { type ConnectionState } from '../contracts/states'
import { type Sql } from '../db.server'

/** How old a noted time may grow before it is written again: a busy connection is not rewritten at every call. */
const RESOLUTION_MS = 5_000

/** What a call showed of the connection. */
export type ConnectionNews =
  | { kind: 'took' }
  | { kind: 'failed'; state: Exclude<ConnectionState, 'connected' | 'not_connected'>; reason: string }

/** Notes on the connection what a call showed. Writes only what changed, and times every few seconds at most. */
export async function noteConnection(
  sql: Sql,
  connectionId: string,
  news: ConnectionNews,
  now: Date,
): Promise<void> {
  const [state, reason, column] =
    news.kind === 'took' ? ['connected', null, 'lastDeliveredAt'] : [news.state, news.reason, 'lastFailedAt']
  await sql.query(
    `UPDATE "SaasConnection" SET "state" = $2, "stateReason" = $3, "${column}" = $4, "updatedAt" = $4
     WHERE "id" = $1 AND "state" <> 'not_connected'
       AND ("state" <> $2 OR "${column}" IS NULL OR "${column}" < $5)`,
    [connectionId, state, reason, now, new Date(now.getTime() - RESOLUTION_MS)],
  )
}
