import { type Sql } from '../db.server'
import { type Schedule } from './schedule'

/**
 * How long a process holds a schedule unless it says so again. A hold that runs out, and no lock of the database's: it needs no
 * connection or transaction that stays open as long as the run, it ends by itself wherever the process died (a lost machine keeps
 * its connection, and every lock on it, until TCP notices), and anyone can read who holds what.
 */
export const HOLD_MS = 30_000
/** How far clocks of a cluster may be apart. A time further ahead than it can be was written by a clock that was wrong. */
const CLOCK_TOLERANCE_MS = 60_000

/** A schedule that this process holds. `startedAt` tells this hold from every other of the same schedule. */
export interface Hold {
  name: string
  startedAt: Date
  /** When the last run that ended well began. */
  doneAt: Date | null
}

/** Which row a schedule has, for $1 name, $2 now and $3 period. */
const IS_FREE = `("heldUntil" IS NULL OR "heldUntil" <= $2 OR "heldUntil" > $2 + interval '${HOLD_MS + CLOCK_TOLERANCE_MS} milliseconds')`
const IS_DUE = `("nextAt" <= $2 OR "nextAt" > $2 + ($3 + ${CLOCK_TOLERANCE_MS}) * interval '1 millisecond')`

/** Of the schedules, those that seem to be due and that nobody holds. Writes nothing: this is what every process asks all the time. */
export async function findDue(sql: Sql, schedules: readonly Schedule[], now: Date): Promise<Schedule[]> {
  const rows = await sql.query<{ name: string }>(
    `SELECT d.name FROM unnest($1::text[], $3::bigint[]) AS d(name, every) LEFT JOIN "Schedule" s ON s."name" = d.name
     WHERE s."name" IS NULL OR ${IS_FREE} AND ${IS_DUE.replaceAll('$3', 'd.every')}`,
    [schedules.map(({ name }) => name), now, schedules.map(({ everyMs }) => everyMs)],
  )
  return schedules.filter(({ name }) => rows.some((row) => row.name === name))
}

/**
 * Takes a schedule: of all processes that try, one. It is due again at the next multiple of its period that is still to come, so that
 * what was missed is made up for once.
 *
 * @param when `due`: only where its time has come; `now`: whenever nobody runs it
 * @returns null when it was not to be had
 */
export async function takeSchedule(
  sql: Sql,
  { name, everyMs }: Schedule,
  now: Date,
  when: 'due' | 'now',
): Promise<Hold | null> {
  await sql.query(`INSERT INTO "Schedule" ("name", "nextAt") VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    name,
    now,
  ])
  const [row] = await sql.query<{ doneAt: Date | null }>(
    `UPDATE "Schedule" SET "startedAt" = $2, "heldUntil" = $4,
       "nextAt" = "nextAt" + (floor(extract(epoch FROM $2::timestamptz - "nextAt") * 1000 / $3::bigint) + 1) * $3 * interval '1 millisecond'
     WHERE "name" = $1 AND ${IS_FREE}${when === 'due' ? ` AND ${IS_DUE}` : ''} RETURNING "doneAt"`,
    [name, now, everyMs, new Date(now.getTime() + HOLD_MS)],
  )
  return row ? { name, startedAt: now, doneAt: row.doneAt } : null
}

/** Holds on for another while. @returns false when the hold had run out and another process has taken the schedule */
export async function keepSchedule(sql: Sql, { name, startedAt }: Hold, now: Date): Promise<boolean> {
  const kept = await sql.query(
    `UPDATE "Schedule" SET "heldUntil" = $3 WHERE "name" = $1 AND "startedAt" = $2 AND "heldUntil" IS NOT NULL RETURNING "name"`,
    [name, startedAt, new Date(now.getTime() + HOLD_MS)],
  )
  return kept.length > 0
}

/** Lets go of a schedule, unless another process has taken it meanwhile. */
export async function releaseSchedule(
  sql: Sql,
  { name, startedAt }: Hold,
  endedWell: boolean,
): Promise<void> {
  await sql.query(
    `UPDATE "Schedule" SET "heldUntil" = NULL, "doneAt" = CASE WHEN $3 THEN "startedAt" ELSE "doneAt" END
     WHERE "name" = $1 AND "startedAt" = $2`,
    [name, startedAt, endedWell],
  )
}
