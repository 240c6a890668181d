import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'

const KEPT_DAYS = 90
/** How many go in one statement. */
const SLICE = 1_000

/** Forgets notices and incidents that were over three months ago. @returns how many it forgot */
export async function forgetIncidents(sql: Sql, now: Date, signal: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS)
  let forgotten = 0
  for (const statement of [FORGET_NOTICES, FORGET_INCIDENTS]) {
    let gone = SLICE
    while (gone === SLICE && !signal.aborted) {
      gone = (await sql.query(statement, [before, SLICE])).length
      forgotten += gone
    }
  }
  return forgotten
}

const FORGET_NOTICES = `
  DELETE FROM "AlertNotice" WHERE "id" IN (SELECT "id" FROM "AlertNotice" WHERE "madeAt" < $1 LIMIT $2) RETURNING 1`
const FORGET_INCIDENTS = `
  DELETE FROM "Incident" WHERE "id" IN (SELECT "id" FROM "Incident" WHERE "closedAt" < $1 LIMIT $2) RETURNING 1`
