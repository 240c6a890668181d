import { type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { createdAtSource } from '../records/created-at-source'
import { readSource } from '../shops/read-source'
import { findMissing } from './find-missing'
import { endRun } from './end-run'
import { findUnseen, type UnseenRecord } from './find-unseen'
import { foldVerdict } from './fold-verdict'
import { noteSightings } from './note-sightings'
import { type Run, readResources } from './read-run'
import { type RunPorts } from './run-ports'
import { wordsOutOfReach } from './run-words'
import { snapshotOf, windowOf } from './window-of'

/** How many missed records are asked for between two looks at the run. */
const PAGE = 500

/**
 * Asks the store for some of the records that a run has missed. Absence from an export is no deletion: an index lags, a window moves, a
 * right is withdrawn.
 *
 * @returns whether there was something to do; false when every record is accounted for
 */
export async function proveAbsence(run: Run, reader: StoreReader, ports: RunPorts): Promise<boolean> {
  for (const resource of readResources(run)) {
    const unseen = await findUnseen(ports.db, run, resource, PAGE)
    if (unseen.length === 0) continue
    await account(run, resource, unseen, reader, ports)
    return true
  }
  return false
}

async function account(
  run: Run,
  resource: ReadableResource,
  unseen: UnseenRecord[],
  reader: StoreReader,
  ports: RunPorts,
): Promise<void> {
  const { inside, outside } = await sortByWindow(run, resource, unseen, ports)
  // What was created before the window cannot be found and is not gone.
  await noteSightings(
    ports.db,
    run.id,
    outside.map((externalId) => ({ resource, externalId })),
  )
  if (inside.length === 0) return
  const verdict = await findMissing(run, resource, inside, reader, ports)
  if (verdict === null) return endRun(run, { state: 'failed', words: wordsOutOfReach(resource) }, ports)
  await foldVerdict(run, resource, verdict, { snapshot: snapshotOf(run, resource), deletes: false }, ports)
}

async function sortByWindow(
  run: Run,
  resource: ReadableResource,
  unseen: UnseenRecord[],
  { db, sealer, clock }: RunPorts,
): Promise<{ inside: string[]; outside: string[] }> {
  const window = windowOf(run, resource, clock())
  const ids = unseen.map(({ externalId }) => externalId)
  if (window === null) return { inside: ids, outside: [] }

  const context = await readSource(db, run.sourceConnectionId)
  const isInside = (record: UnseenRecord) => {
    const created = context && createdAtSource(record, context, sealer)
    return created !== null && Date.parse(created) >= window.getTime()
  }
  const inside = new Set(unseen.filter(isInside).map(({ externalId }) => externalId))
  return { inside: [...inside], outside: ids.filter((id) => !inside.has(id)) }
}
