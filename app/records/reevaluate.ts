import { type RecordContext } from '../contracts/record-context'
import { type Database, type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { toError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { PAGE, type PageOptions, reevaluatePage } from './reevaluate-page'
import { letOthersEnd } from './let-others-end'
import { concludeRemoval } from './conclude-removal'
import { advanceRun, beginRun, endRun, lockRun, type OpenRun, type RunEnd, type RunKey } from './run-row'

/** What working on a run needs. */
export interface ReevaluateOptions extends Omit<PageOptions, 'now'> {
  db: Database
  clock: Clock
  /** What the shop of a source connection decides for its records now; null when it is gone. */
  contextOf(sql: Sql, sourceConnectionId: string): Promise<RecordContext | null>
  /** Aborted when it is to end after the page in hand. */
  signal?: AbortSignal
}

/**
 * Works on a run for a while, page by page. What it has done is saved with each page, so that whoever goes on begins where it ended.
 *
 * @returns `more` when it is to be gone on with; `over` when it is finished, failed or cancelled, or waits for the SaaS
 * @throws what the database throws: the run stays as it is, to be gone on with
 */
export async function reevaluate(runId: string, options: ReevaluateOptions): Promise<'more' | 'over'> {
  const { db, clock, signal } = options
  const run = await beginRun(db, runId)
  if (!run) return 'over'
  await letOthersEnd(db)
  try {
    do {
      if (!(await workPage(run, options))) return 'over'
    } while (!signal?.aborted)
    return 'more'
  } catch (error) {
    if (isOfDatabase(error)) throw error
    options.logger.error({ err: toError(error), runId }, 'run.failed')
    const words = 'It was stopped by an error in Parity. What changes from now on is looked at all the same.'
    await endRun(db, run, { state: 'failed', words }, clock())
    return 'over'
  }
}

/** One page in one transaction. @returns whether there may be more */
function workPage(key: RunKey, { db, clock, contextOf, ...options }: ReevaluateOptions): Promise<boolean> {
  return db.transaction(async (tx) => {
    const now = clock()
    const run = await lockRun(tx, key)
    if (!run) return false
    const context = await contextOf(tx, run.sourceConnectionId)
    if (!context) {
      await endRun(tx, run, { state: 'cancelled', words: 'The shop has no connection any more.' }, now)
      return false
    }

    const { isDue, ...page } = await reevaluatePage(tx, run, context, { ...options, now })
    // A removal is as far as it has records deleted: those that it passes by are none of its.
    await advanceRun(tx, run, run.kind === 'removal' ? { ...page, done: page.changed } : page)
    if (isDue) await notifyDue(tx, [context.shopId])
    if (page.done === PAGE) return true
    const end = await conclude(tx, run)
    if (end) await endRun(tx, run, end, now)
    return false
  })
}

/** How a run ends that has looked at its last record; null while the SaaS has not deleted all yet: then it is looked at again later. */
function conclude(tx: Sql, run: OpenRun): Promise<RunEnd | null> | RunEnd {
  switch (run.kind) {
    case 're-evaluation':
      return { state: 'finished', words: 'All of them have been looked at.' }
    case 'removal':
      return concludeRemoval(tx, run)
  }
}

/** Errors of PostgreSQL and of connections carry a code: what they stopped can be gone on with. */
function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && error.name !== 'ParityError' && 'code' in error
}
