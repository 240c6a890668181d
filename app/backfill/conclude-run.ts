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
 * Takes a run whose slices have all ended a step nearer to its end. A deep reconciliation looks first for what is gone, and deletes it; where
 * that would be much, a person is asked.
 */
export async function concludeRun(run: Run, reader: StoreReader, ports: RunPorts): Promise<void> {
  const isComplete = run.slices.every(({ state }) => state === 'finished' || state === 'skipped')
  if (!isComplete) return endRun(run, { state: 'failed', words: wordsAtEnd(run) }, ports)
  if (run.kind === 'deep-reconciliation') {
    if (await proveAbsence(run, reader, ports)) return
    const counts = await countGone(ports.db, run)
    if (run.confirmedAt === null && counts.some(isManyGone)) return awaitDecision(run, counts, ports)
    const [next] = counts
    if (next) return deleteGone(run, next.resource, reader, ports)
  }
  return endRun(run, { state: 'finished', words: wordsAtEnd(run) }, ports)
}
