import { type ConnectionState } from '../contracts/states'
import { type Sql } from '../db.server'

/** How old a noted time may grow before it is written again: a busy connection is not rewritten at every call. */
const RESOLUTION_MS = 5_000

/** What a call showed of the connection. */
export type ConnectionNews =
  /** The SaaS took a record. */
  | { kind: 'took' }
  /** It answered, although it did not take the record: it can be reached. */
  | { kind: 'answered' }
  | { kind: 'failed'; state: Exclude<ConnectionState, 'connected' | 'not_connected'>; reason: string }

/** Notes on the connection what a call showed. Writes only what changed, and times every few seconds at most. */
export async function noteConnection(
  sql: Sql,
  connectionId: string,
  news: ConnectionNews,
  now: Date,
): Promise<void> {
  switch (news.kind) {
    case 'took':
      return note(sql, connectionId, { state: 'connected', reason: null, time: 'lastDeliveredAt', now })
    case 'failed':
      return note(sql, connectionId, { state: news.state, reason: news.reason, time: 'lastFailedAt', now })
    case 'answered':
      await sql.query(
        `UPDATE "SaasConnection" SET "state" = 'connected', "stateReason" = NULL, "updatedAt" = $2
         WHERE "id" = $1 AND "state" = 'unreachable'`,
        [connectionId, now],
      )
  }
}

async function note(
  sql: Sql,
  connectionId: string,
  shown: {
    state: ConnectionState
    reason: string | null
    time: 'lastDeliveredAt' | 'lastFailedAt'
    now: Date
  },
): Promise<void> {
  const { state, reason, time, now } = shown
  await sql.query(
    `UPDATE "SaasConnection" SET "state" = $2, "stateReason" = $3, "${time}" = $4, "updatedAt" = $4
     WHERE "id" = $1 AND "state" <> 'not_connected'
       AND ("state" <> $2 OR "${time}" IS NULL OR "${time}" < $5)`,
    [connectionId, state, reason, now, new Date(now.getTime() - RESOLUTION_MS)],
  )
}
