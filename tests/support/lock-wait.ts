import { type Sql } from '~/db.server'
import { until } from '../../dev/until'

/** Waits until somebody waits for a lock in a test's database. @throws Error when nobody does */
export async function untilOneWaits(sql: Sql): Promise<void> {
  const waiting = () =>
    sql.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  await until('one waits for a lock', async () => (await waiting()).length > 0)
}
