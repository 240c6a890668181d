import { type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { findMissing } from './find-missing'
import { endRun } from './end-run'
import { foldVerdict } from './fold-verdict'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { wordsOutOfReach } from './run-words'
import { snapshotOf } from './window-of'

/** How many records are deleted together: each time, what the run has seen is gone through. */
const PAGE = 200

/**
 * Deletes some of the records that a run has proved to be gone. They are asked for once more right before: a person may have taken days to
 * confirm.
 */
export async function deleteGone(
  run: Run,
  resource: ReadableResource,
  reader: StoreReader,
  ports: RunPorts,
): Promise<void> {
  const ids = await findGone(ports.db, run.id, resource)
  const verdict = await findMissing(run, resource, ids, reader, ports)
  if (verdict === null) return endRun(run, { state: 'failed', words: wordsOutOfReach(resource) }, ports)
  await foldVerdict(run, resource, verdict, { snapshot: snapshotOf(run, resource), deletes: true }, ports)
}

async function findGone(sql: Sql, runId: string, resource: ReadableResource): Promise<string[]> {
  const rows = await sql.query<{ externalId: string }>(
    `SELECT "externalId" FROM "RunSighting" WHERE "runId" = $1 AND "resource" = $2 AND "isGone" ORDER BY "externalId" LIMIT ${PAGE}`,
    [runId, resource],
  )
  return rows.map(({ externalId }) => externalId)
}
