import { setTimeout as pause } from 'node:timers/promises'
import { type Sql } from '../db.server'

const LOOK_MS = 20
/** Longer than a transaction of Parity takes, and short enough to live with where one hangs. */
const PATIENCE_MS = 10_000

/**
 * Waits until every transaction of Parity that is open now has ended. One that began before a change was committed may still act on
 * what held before it: whoever looks at what it writes must come after it.
 */
export async function letOthersEnd(sql: Sql): Promise<void> {
  const [{ now } = { now: '' }] = await sql.query<{ now: string }>(`SELECT clock_timestamp()::text AS "now"`)
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const open = await sql.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE "datname" = current_database() AND "application_name" = 'parity' AND "xact_start" < $1::timestamptz AND "pid" <> pg_backend_pid()
       LIMIT 1`,
      [now],
    )
    if (open.length === 0) return
    await pause(LOOK_MS)
  }
}
