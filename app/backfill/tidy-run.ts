import { type StoreReader } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { inSlices } from '../lib/in-slices'
import { isLeftAtStore } from './next-step'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'

const PAGE = 10_000

/** Leaves nothing behind of a run that is over: exports that nobody wants are called off, and sightings are forgotten. */
export async function tidyRun(
  { id, slices }: Run,
  reader: StoreReader,
  { db }: RunPorts,
  signal: AbortSignal,
): Promise<void> {
  for (const slice of slices.filter(isLeftAtStore)) await callOff(db, slice, reader)
  await inSlices(PAGE, signal, async (size) => {
    const forgotten = await db.query(
      `DELETE FROM "RunSighting" WHERE "runId" = $1 AND ("resource", "externalId") IN (
         SELECT "resource", "externalId" FROM "RunSighting" WHERE "runId" = $1 LIMIT $2
       ) RETURNING 1`,
      [id, size],
    )
    return forgotten.length
  })
}

async function callOff(sql: Sql, { id, exportId }: Slice, reader: StoreReader): Promise<void> {
  try {
    await reader.cancelExport(exportId!)
  } catch (error) {
    // Who may not speak to the store any more can leave nothing there.
    if (!(error instanceof ParityError) || error.code === 'SHOPIFY_UNREACHABLE') throw error
  }
  await sql.query(`UPDATE "SyncSlice" SET "exportId" = NULL WHERE "id" = $1 AND "state" = 'cancelled'`, [id])
}
