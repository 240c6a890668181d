import { type StoreReader } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { countGone, isManyGone } from './count-gone'
import { deleteGone } from './delete-gone'
import { endRun } from './end-run'
import { findGone } from './find-gone'
import { countKept, isKeptAmongGone } from './kept-records'
import { proveAbsence } from './prove-absence'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { awaitDecision } from './await-decision'
import { type DeletionQuestion, wordsAtEnd } from './run-words'

/**
 * Takes a run whose slices have all ended a step nearer to its end. A deep reconciliation looks first for what is gone of that which it has
 * read whole, and deletes it; where that would be much, or a person decided before to keep some of it, a person is asked.
 */
export async function concludeRun(run: Run, reader: StoreReader, ports: RunPorts): Promise<void> {
  if (run.kind === 'deep-reconciliation') {
    if (await proveAbsence(run, reader, ports)) return
    const question = run.confirmedAt === null ? await whatToAsk(ports.db, run) : null
    if (question) return awaitDecision(run, question, ports)
    const gone = await findGone(ports.db, run.id)
    if (gone) return deleteGone(run, gone, reader, ports)
  }
  const isComplete = run.slices.every(({ state }) => state === 'finished' || state === 'skipped')
  const kept = run.kind === 'deep-reconciliation' ? await countKept(ports.db, run) : []
  return endRun(run, { state: isComplete ? 'finished' : 'failed', words: wordsAtEnd(run, kept) }, ports)
}

/** What a person is to be asked before anything is deleted; null when nothing. */
async function whatToAsk(sql: Sql, run: Run): Promise<DeletionQuestion | null> {
  const counts = await countGone(sql, run)
  if (counts.some(isManyGone)) return { counts, because: 'much' }
  return run.asksAgain && (await isKeptAmongGone(sql, run)) ? { counts, because: 'kept_before' } : null
}
