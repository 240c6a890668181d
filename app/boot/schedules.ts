import { forgetIncidents } from '../alerts/forget-incidents'
import { sweepQuestions } from '../backfill/sweep-questions'
import { type Database } from '../db.server'
import { type AlignOptions } from '../delivery/align-connection'
import { alignMisplaced } from '../delivery/align-misplaced'
import { countAttempts } from '../delivery/count-attempts'
import { sweep } from '../delivery/sweep'
import { analyzeGrown } from '../jobs/analyze-grown'
import { type Schedule } from '../jobs/schedule'
import { retain } from '../privacy/retain'
import { forgetLogs } from '../receiver/forget-logs'
import { sumCounts } from '../records/sum-counts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS

/** Everything that Parity does by the clock, once in a cluster. */
export function schedulesOf(db: Database, told: Pick<AlignOptions, 'onAbandoned'> = {}): Schedule[] {
  return [
    {
      name: 'sweep',
      everyMs: 10 * SECOND_MS,
      run: async ({ now }) => ({ shops: await sweep(db, now) }),
    },
    {
      // With a lease of 25 seconds: what a worker holds that dies is given back within a minute, also behind a closed gate.
      name: 'alignment',
      everyMs: 20 * SECOND_MS,
      run: async ({ now, signal }) => ({ shops: await alignMisplaced(db, now, { signal, ...told }) }),
    },
    {
      name: 'counts',
      everyMs: 10 * SECOND_MS,
      run: async ({ signal }) => ({ summed: await sumCounts(db, signal) }),
    },
    {
      name: 'analysis',
      everyMs: 10 * SECOND_MS,
      run: async () => ({ tables: await analyzeGrown(db) }),
    },
    {
      name: 'questions',
      everyMs: 10 * SECOND_MS,
      run: async ({ now }) => ({ sources: await sweepQuestions(db, now) }),
    },
    {
      name: 'retention',
      everyMs: 10 * MINUTE_MS,
      run: async ({ now, signal }) => ({
        ...(await retain(db, now, signal)),
        receiverLogs: await forgetLogs(db, now, signal),
        incidents: await forgetIncidents(db, now, signal),
      }),
    },
    {
      name: 'statistics',
      everyMs: MINUTE_MS,
      run: (turn) => countAttempts(db, turn),
    },
  ]
}
