import { type Resource } from '../contracts/resource'
import { type Database } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Sealer } from '../lib/sealing'
import { composeRecord } from './compose-record'
import { nextState } from './next-state'
import { type RecordContext } from '../contracts/record-context'
import { type DesiredChange, RECORD_COLUMNS, type RecordRow } from './record-row'
import { openKnown, sealKnown } from './sealed-known'
import { writeChanges } from './write-changes'

const PAGE = 200

/**
 * Composes every record of a resource anew, page by page, after something that all of them carry has changed. What the SaaS
 * would see differently is sent; the rest is left alone.
 */
export async function recomposeRecords(
  resource: Resource,
  context: RecordContext,
  options: { db: Database; sealer: Sealer; now: Date },
): Promise<void> {
  let after: string | null = null
  do after = await recomposePage(resource, context, after, options)
  while (after !== null)
}

/** One page in one transaction; returns the id to go on after, or null when it was the last. */
async function recomposePage(
  resource: Resource,
  context: RecordContext,
  after: string | null,
  { db, sealer, now }: { db: Database; sealer: Sealer; now: Date },
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<RecordRow>(
      `SELECT ${RECORD_COLUMNS} FROM "SyncRecord" r
       WHERE r."sourceConnectionId" = $1 AND r."resource" = $2 AND r."known" IS NOT NULL AND ($3::uuid IS NULL OR r."id" > $3)
       ORDER BY r."id" LIMIT ${PAGE} FOR NO KEY UPDATE`,
      [context.sourceConnectionId, resource, after],
    )
    const changes = rows.map((row) => ({ id: row.id, change: recompose(row) }))
    await writeChanges(tx, changes, now)
    await notifyDue(tx, [context.shopId])
    return rows.length === PAGE ? rows[PAGE - 1]!.id : null
  })

  function recompose(row: RecordRow): DesiredChange {
    const known = openKnown(row, context.piiPolicy, sealer)
    const desired = composeRecord({ ...context, resource, externalId: row.externalId }, known)
    return { ...nextState(row, known, desired, context, now), known: sealKnown(known, row.id, sealer) }
  }
}
