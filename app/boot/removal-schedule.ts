import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type Schedule } from '../jobs/schedule'
import { findOpenRuns } from '../records/run-row'

const SECOND_MS = 1_000

/** Goes on with what is removed from SaaS's, and ends what they have deleted. */
export function removalSchedule(db: Database, queue: Queue): Schedule {
  return {
    name: 'removals',
    everyMs: 10 * SECOND_MS,
    async run() {
      const runs = await findOpenRuns(db, ['removal'])
      await queue.send(
        'reevaluate',
        runs.map((runId) => ({ runId })),
        db,
      )
      return { runs: runs.length }
    },
  }
}
