import { type RecordContext } from '../contracts/record-context'
import { type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { createdAtSource } from '../records/created-at-source'
import { type RecordRow } from '../records/record-row'
import { readSource } from '../shops/read-source'
import { findMissing } from './find-missing'
import { endRun } from './end-run'
import { findUnseen, type UnseenPage } from './find-unseen'
import { foldVerdict } from './fold-verdict'
import { type Run, readResources } from './read-run'
import { type RunPorts } from './run-ports'
import { wordsOutOfReach } from './run-words'
import { snapshotOf, windowOf } from './window-of'

/** How much is gone through between two looks at the run. */
const PAGE: UnseenPage = { keys: 2_000, most: 500 }

/**
 * Goes on through the records of what a run has read, and asks the store for some of those that it has missed. Absence from an export is
 * no deletion: an index lags, a window moves, a right is withdrawn. Up to where all are accounted for is kept with the run.
 *
 * @returns whether there was something to do; false when every record is accounted for
 */
export async function proveAbsence(
  run: Run,
  reader: StoreReader,
  ports: RunPorts,
  page: UnseenPage = PAGE,
): Promise<boolean> {
  const resources = readResources(run)
  const at = placeOf(run.cursor)
  for (const resource of resources.slice(at === null ? 0 : Math.max(0, resources.indexOf(at.resource)))) {
    const after = resource === at?.resource ? at.after : ''
    const { externalIds, until } = await findUnseen(ports.db, run, { resource, after }, page)
    if (until === null) continue
    if (externalIds.length > 0) await account(run, resource, externalIds, reader, ports)
    await moveOn(ports.db, run, `${resource}/${until}`)
    return true
  }
  return false
}

/** A run's cursor: a resource, and the id up to which its records are accounted for, as those of the resources before it are. */
function placeOf(cursor: string | null): { resource: ReadableResource; after: string } | null {
  if (cursor === null) return null
  const end = cursor.indexOf('/')
  return { resource: cursor.slice(0, end) as ReadableResource, after: cursor.slice(end + 1) }
}

/** Unless the run has been given more to read meanwhile: then all is gone through again. */
async function moveOn(sql: Sql, { id, slices }: Run, cursor: string): Promise<void> {
  await sql.query(
    `UPDATE "SyncRun" SET "cursor" = $2
     WHERE "id" = $1 AND "state" = 'running' AND $3 = (SELECT count(*)::int FROM "SyncSlice" WHERE "runId" = $1)`,
    [id, cursor, slices.length],
  )
}

async function account(
  run: Run,
  resource: ReadableResource,
  unseen: string[],
  reader: StoreReader,
  ports: RunPorts,
): Promise<void> {
  // What was created before the window cannot be found and is not gone.
  const inside = await insideWindow(run, resource, unseen, ports)
  if (inside.length === 0) return
  const verdict = await findMissing(run, resource, inside, reader, ports)
  if (verdict === null) return endRun(run, { state: 'failed', words: wordsOutOfReach(resource) }, ports)
  await foldVerdict(run, resource, verdict, { snapshot: snapshotOf(run, resource), deletes: false }, ports)
}

async function insideWindow(
  run: Run,
  resource: ReadableResource,
  unseen: string[],
  ports: RunPorts,
): Promise<string[]> {
  const window = windowOf(run, resource, ports.clock())
  if (window === null) return unseen

  const context = await readSource(ports.db, run.sourceConnectionId)
  const records = context ? await readRecords(ports.db, run, resource, unseen) : []
  const isInside = (record: UnseenRecord) => {
    const created = context && creationOf(record, context, ports)
    return created !== null && Date.parse(created) >= window.getTime()
  }
  return records.filter(isInside).map(({ externalId }) => externalId)
}

type UnseenRecord = Pick<RecordRow, 'id' | 'externalId' | 'known'>

function readRecords(
  sql: Sql,
  { sourceConnectionId }: Run,
  resource: ReadableResource,
  externalIds: string[],
): Promise<UnseenRecord[]> {
  return sql.query<UnseenRecord & { [column: string]: unknown }>(
    `SELECT "id", "externalId", "known" FROM "SyncRecord"
     WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" = ANY($3)`,
    [sourceConnectionId, resource, externalIds],
  )
}

/** When a record was created at its source; null also when what is known of it cannot be read: then it is left alone. */
function creationOf(
  record: UnseenRecord,
  context: RecordContext,
  { sealer, logger }: RunPorts,
): string | null {
  try {
    return createdAtSource(record, context, sealer)
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    logger.error({ err: error, recordId: record.id }, 'run.record_unreadable')
    return null
  }
}
