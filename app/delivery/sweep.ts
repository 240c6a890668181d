import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { findDue } from '../records/find-due'

/** How often a worker sweeps. */
export const SWEEP_MS = 10_000
/** How many records one sweep wakes at most; the next finds the rest. */
const LIMIT = 2_000
/** The advisory lock that one sweep at a time holds in the whole cluster. */
const SWEEP_LOCK = 7_206_001

/** Finds records that are due and sends a job for each: ended waits, leases that ran out, lost wake-ups. One at a time in a cluster. */
export async function sweep(db: Database, queue: Queue, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [
      SWEEP_LOCK,
    ])
    if (!lock?.held) return 0

    const due = await findDue(tx, now, LIMIT)
    await queue.send(
      'deliver',
      due.map((recordId) => ({ recordId })),
      tx,
    )
    return due.length
  })
}
