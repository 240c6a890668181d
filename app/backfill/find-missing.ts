import { type StateNews } from '../contracts/news'
import { type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { type RunPorts } from './run-ports'
import { type Run } from './read-run'
import { refreshReach } from './refresh-reach'
import { isIntact } from './window-of'

/** The most ids that a store is asked for at once. */
const AT_ONCE = 50

/** What a store says of records that a run has missed. */
export interface Verdict {
  /** The ids that were asked for. Those of which nothing can be said are in neither of the others, and are not gone. */
  asked: string[]
  /** Those that are there after all. */
  states: StateNews[]
  /** The ids of those that it does not have. */
  gone: string[]
}

/**
 * Asks a store for records by their ids, and afterwards whether it could have shown them.
 *
 * @returns null when it can be read less far than the run has read it: then absence proves nothing
 * @throws ParityError as every question to a store
 */
export async function findMissing(
  run: Run,
  resource: ReadableResource,
  externalIds: string[],
  reader: StoreReader,
  { db, queue, clock }: RunPorts,
): Promise<Verdict | null> {
  const verdict: Verdict = { asked: externalIds, states: [], gone: [] }
  for (let start = 0; start < externalIds.length; start += AT_ONCE) {
    const { states, gone } = await reader.fetchRecords(resource, externalIds.slice(start, start + AT_ONCE))
    verdict.states.push(...states)
    verdict.gone.push(...gone)
  }
  const reaches = await refreshReach({ db, queue }, run.sourceConnectionId, reader, clock())
  return isIntact(run, resource, reaches[resource].reach, clock()) ? verdict : null
}
