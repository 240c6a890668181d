import { type StoreReader } from '../contracts/store-reader'
import { countGone, isManyGone } from './count-gone'
import { deleteGone } from './delete-gone'
import { endRun } from './end-run'
import { proveAbsence } from './prove-absence'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { awaitDecision } from './await-decision'
import { wordsAtEnd } from './run-words'

/**
 * Takes a run whose slices have all ended a step nearer to its end. A deep reconciliation looks first for what is gone of that which it has
 * read whole, and deletes it; where that would be much, a person is asked.
 */
export async function concludeRun(run: Run, reader: StoreReader, ports: RunPorts): Promise<void> {
  if (run.kind === 'deep-reconciliation') {
    if (await proveAbsence(run, reader, ports)) return
    const counts = await countGone(ports.db, run)
    if (run.confirmedAt === null && counts.some(isManyGone)) return awaitDecision(run, counts, ports)
    const [next] = counts
    if (next) return deleteGone(run, next.resource, reader, ports)
  }
  const isComplete = run.slices.every(({ state }) => state === 'finished' || state === 'skipped')
  return endRun(run, { state: isComplete ? 'finished' : 'failed', words: wordsAtEnd(run) }, ports)
}
