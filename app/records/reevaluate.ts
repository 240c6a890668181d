import { type RecordContext } from '../contracts/record-context'
import { type Database, type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { toError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { PAGE, type PageOptions, reevaluatePage } from './reevaluate-page'
import { letOthersEnd } from './let-others-end'
import { advanceRun, beginRun, endRun, lockRun } from './run-row'

/** How long a run is worked on at a stretch: others want their turn, and a process that stops should not wait long. */
const STRETCH_MS = 10_000

export interface ReevaluateOptions extends Omit<PageOptions, 'now'> {
  db: Database
  clock: Clock
  /** What the shop of a source connection decides for its records now; null when it is gone. */
  contextOf(sql: Sql, sourceConnectionId: string): Promise<RecordContext | null>
}

/**
 * Works on a run for a while, page by page. What it has done is saved with each page, so that whoever goes on begins where it ended.
 *
 * @returns `more` when it is to be gone on with; `over` when it is finished, failed or cancelled
 * @throws what the database throws: the run stays as it is, to be gone on with
 */
export async function reevaluate(runId: string, options: ReevaluateOptions): Promise<'more' | 'over'> {
  const { db, clock } = options
  const until = clock().getTime() + STRETCH_MS
  if (!(await beginRun(db, runId))) return 'over'
  await letOthersEnd(db)
  try {
    do {
      if (!(await workPage(runId, options))) return 'over'
    } while (clock().getTime() < until)
    return 'more'
  } catch (error) {
    if (isOfDatabase(error)) throw error
    options.logger.error({ err: toError(error), runId }, 'run.failed')
    const words = 'It was stopped by an error in Parity. What changes from now on is looked at all the same.'
    await endRun(db, runId, { state: 'failed', words }, clock())
    return 'over'
  }
}

/** One page in one transaction. @returns whether there may be more */
function workPage(runId: string, { db, clock, contextOf, ...options }: ReevaluateOptions): Promise<boolean> {
  return db.transaction(async (tx) => {
    const now = clock()
    const run = await lockRun(tx, runId)
    const context = run && (await contextOf(tx, run.sourceConnectionId))
    if (!run || !context) return false

    const { isDue, ...page } = await reevaluatePage(tx, run, context, { ...options, now })
    await advanceRun(tx, runId, page)
    if (isDue) await notifyDue(tx, [context.shopId])
    if (page.done === PAGE) return true
    await endRun(tx, runId, { state: 'finished', words: 'All of them have been looked at.' }, now)
    return false
  })
}

/** Errors of PostgreSQL and of connections carry a code: what they stopped can be gone on with. */
function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && error.name !== 'ParityError' && 'code' in error
}
