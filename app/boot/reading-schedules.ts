import { findRuns, findUntidyRuns } from '../backfill/find-runs'
import { findSourcesToReconcile } from '../backfill/find-sources-to-reconcile'
import { startDeepReconciliations } from '../backfill/start-deep-reconciliations'
import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type Schedule } from '../jobs/schedule'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** Everything that Parity does by the clock to read stores: it sends jobs, which do the work. */
export function readingSchedules(db: Database, queue: Queue): Schedule[] {
  const workOn = async (runIds: string[]) => {
    await queue.send(
      'workRun',
      runIds.map((runId) => ({ runId })),
      db,
    )
    return { runs: runIds.length }
  }
  return [
    {
      name: 'runs',
      everyMs: 5 * SECOND_MS,
      run: async ({ now }) => workOn(await findRuns(db, now)),
    },
    {
      name: 'tidying',
      everyMs: 10 * MINUTE_MS,
      run: async ({ now }) => workOn(await findUntidyRuns(db, now)),
    },
    {
      name: 'reconciliation',
      everyMs: MINUTE_MS,
      run: async ({ now }) => {
        const sources = await findSourcesToReconcile(db, now)
        const jobs = sources.map((sourceConnectionId) => ({ sourceConnectionId }))
        await queue.send('reconcile', jobs, db)
        return { sources: sources.length }
      },
    },
    {
      name: 'deep-reconciliation',
      everyMs: 10 * MINUTE_MS,
      run: async ({ now, signal }) => ({ runs: await startDeepReconciliations(db, { queue, now, signal }) }),
    },
  ]
}
