import { setImmediate } from 'node:timers/promises'
import { type RecordContext } from '../contracts/record-context'
import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Sealer } from '../lib/sealing'
import { type Logger } from '../logger.server'
import { reevaluateRecord } from './reevaluate-record'
import { type DesiredChange, RECORD_COLUMNS, type RecordRow } from './record-row'
import { termsOf } from './record-terms'
import { type OpenRun } from './run-row'
import { openKnown } from './sealed-known'
import { type ChangedRecord, writeChanges } from './write-changes'
import { type RecordTerms, writeTerms } from './write-terms'

/** How many records are locked and looked at together. */
export const PAGE = 200
/** After so many of them the process sees to everything else first. */
const BREATH = 25

/** What looking at a page needs. */
export interface PageOptions {
  sealer: Sealer
  logger: Logger
  now: Date
}

/** What a page came to: how far it went, and what it found. */
export interface ReevaluatedPage {
  /** The key of its last record; null when it had none. */
  cursor: string | null
  done: number
  changed: number
  /** Whether a record is due now. */
  isDue: boolean
}

/**
 * Looks at the next records of a run under what holds for them now, inside the caller's transaction. Pages follow the index of keys,
 * so that they cost the same however many records there are; within a page rows are locked in the order of their ids, as everywhere.
 */
export async function reevaluatePage(
  tx: Sql,
  run: OpenRun,
  context: RecordContext,
  options: PageOptions,
): Promise<ReevaluatedPage> {
  const { sourceConnectionId } = run
  const keys = await nextKeys(tx, run)
  const rows = await tx.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM "SyncRecord" r WHERE r."sourceConnectionId" = $1 AND r."id" = ANY($2::uuid[])
     ORDER BY r."id" FOR NO KEY UPDATE`,
    [sourceConnectionId, keys.map(({ id }) => id)],
  )
  const changes: ChangedRecord[] = []
  const called: RecordTerms[] = []
  for (const [index, row] of rows.entries()) {
    if (index % BREATH === BREATH - 1) await setImmediate()
    const seen = lookAt(row, run, context, options)
    if (seen) called.push({ recordId: row.id, sourceConnectionId, terms: seen.terms })
    if (seen?.change) changes.push({ id: row.id, sourceConnectionId, change: seen.change })
  }
  await writeChanges(tx, changes, options.now)
  await writeTerms(tx, called)
  if (run.startsAfresh) await forgetDismissals(tx, run, changes)
  const isDue = changes.some(({ change: { dueAt } }) => dueAt !== null && dueAt <= options.now)
  return { cursor: keys.at(-1)?.key ?? null, done: keys.length, changed: changes.length, isDue }
}

/** The next keys, `<resource>/<external id>`, with their records' ids. */
function nextKeys(
  tx: Sql,
  { sourceConnectionId, resource, cursor }: OpenRun,
): Promise<{ id: string; key: string }[]> {
  const [, after = '', id = ''] = /^([^/]*)\/(.*)$/s.exec(cursor ?? '') ?? []
  return tx.query(
    `SELECT "id", "resource" || '/' || "externalId" AS "key" FROM "SyncRecord"
     WHERE "sourceConnectionId" = $1 AND ("resource", "externalId") > ($2, $3) AND ($4::text IS NULL OR "resource" = $4)
     ORDER BY "resource", "externalId" LIMIT ${PAGE}`,
    [sourceConnectionId, after, id, resource],
  )
}

/**
 * What is written of a record, if anything, and the words that it is found by, which are written whether or not they were there. Null
 * where nothing is known of it; one whose stored state cannot be opened is left to delivery, which says so.
 */
function lookAt(
  row: RecordRow,
  run: OpenRun,
  context: RecordContext,
  { sealer, logger, now }: PageOptions,
): { change: DesiredChange | null; terms: string[] } | null {
  if (row.known === null) return null
  try {
    const terms = termsOf(row, openKnown(row, context.piiPolicy, sealer), sealer)
    return { change: reevaluateRecord(row, run, context, { sealer, now }), terms }
  } catch (error) {
    logger.error({ err: toError(error), recordId: row.id, runId: run.id }, 'run.unreadable')
    return null
  }
}

/** At another place, what a person dismissed here is tried again: nothing must say later that it was dismissed. */
async function forgetDismissals(
  tx: Sql,
  { sourceConnectionId }: OpenRun,
  changes: ChangedRecord[],
): Promise<void> {
  const sent = changes.filter(({ change }) => change.state !== 'excluded').map(({ id }) => id)
  await tx.query(
    `UPDATE "SyncRecord" SET "dismissedHash" = NULL
     WHERE "sourceConnectionId" = $1 AND "id" = ANY($2::uuid[]) AND "dismissedHash" IS NOT NULL`,
    [sourceConnectionId, sent],
  )
}
