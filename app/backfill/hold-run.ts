import { type Sql } from '../db.server'
import { type Clock } from '../lib/time'

/** How long a process holds a run unless it says so again: who dies is followed by another after that time. */
export const HOLD_MS = 30_000

/** A run that this process works on. */
export interface RunHold {
  /** Aborted when somebody else holds the run by now. */
  lost: AbortSignal
  /** Lets go. @param until before when nobody is to go on; null for at once */
  release(until: Date | null): Promise<void>
}

/**
 * Holds a run, so that nobody else works on it, and says so again until it is let go. Holding is thrift, not safety: what is written of a
 * slice names the place that it goes on from.
 *
 * @returns null when somebody else holds it, or it is not to be worked on yet
 */
export async function holdRun(sql: Sql, runId: string, clock: Clock): Promise<RunHold | null> {
  const lost = new AbortController()
  const begin = clock()
  let held = new Date(begin.getTime() + HOLD_MS)
  const taken = await sql.query(
    `UPDATE "SyncRun" SET "heldUntil" = $3 WHERE "id" = $1 AND ("heldUntil" IS NULL OR "heldUntil" <= $2) RETURNING "id"`,
    [runId, begin, held],
  )
  if (taken.length === 0) return null

  const change = async (next: Date | null) => {
    const rows = await sql.query(
      `UPDATE "SyncRun" SET "heldUntil" = $3 WHERE "id" = $1 AND "heldUntil" = $2 RETURNING "id"`,
      [runId, held, next],
    )
    if (rows.length === 0) lost.abort()
    else if (next) held = next
  }
  let changing: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    // The database is away: the hold lasts for two more tries.
    changing = change(new Date(clock().getTime() + HOLD_MS)).catch(() => undefined)
  }, HOLD_MS / 3)

  return {
    lost: lost.signal,
    async release(until) {
      clearInterval(timer)
      await changing
      await change(until)
    },
  }
}
