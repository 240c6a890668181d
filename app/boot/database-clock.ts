import { type Sql } from '../db.server'
import { type Clock, systemClock } from '../lib/time'

/** A clock that goes by the database's time: leases and due times are written by one process and judged by another. */
export interface DatabaseClock {
  clock: Clock
  /** Compares with the database again. */
  adjust(): Promise<void>
}

/** A clock that has been compared with the database once. @param own the clock of this machine */
export async function createDatabaseClock(sql: Sql, own: Clock = systemClock): Promise<DatabaseClock> {
  let ahead = 0
  const adjust = async () => {
    const before = own().getTime()
    const [row] = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    // The answer was written somewhere between the question and now.
    if (row) ahead = row.now.getTime() - (before + own().getTime()) / 2
  }
  await adjust()
  return { clock: () => new Date(own().getTime() + ahead), adjust }
}
