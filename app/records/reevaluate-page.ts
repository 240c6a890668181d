import { setImmediate } from 'node:timers/promises'
import { type RecordContext } from '../contracts/record-context'
import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Sealer } from '../lib/sealing'
import { type Logger } from '../logger.server'
import {
  restrictDelivered,
  type RestrictedRecord,
  type StoredDelivered,
  withoutDeniedDelivered,
} from './delivered-known'
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

/** A record with what was known of it when the SaaS took it last. */
type PageRow = RecordRow & Pick<StoredDelivered, 'deliveredKnown'>

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
  const rows = await tx.query<PageRow>(
    `SELECT ${RECORD_COLUMNS}, r."deliveredKnown" FROM "SyncRecord" r WHERE r."sourceConnectionId" = $1 AND r."id" = ANY($2::uuid[])
     ORDER BY r."id" FOR NO KEY UPDATE`,
    [sourceConnectionId, keys.map(({ id }) => id)],
  )
  const changes: ChangedRecord[] = []
  const called: RecordTerms[] = []
  const restricted: RestrictedRecord[] = []
  for (const [index, row] of rows.entries()) {
    if (index % BREATH === BREATH - 1) await setImmediate()
    const seen = lookAt(row, run, context, options)
    if (seen) called.push({ recordId: row.id, sourceConnectionId, terms: seen.terms, isFirst: false })
    if (seen?.change) changes.push({ id: row.id, sourceConnectionId, change: seen.change })
    if (seen?.deliveredKnown) restricted.push({ id: row.id, deliveredKnown: seen.deliveredKnown })
  }
  await writeChanges(tx, changes, { by: 're-evaluation', now: options.now })
  await restrictDelivered(tx, run, restricted)
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

interface SeenRecord {
  change: DesiredChange | null
  terms: string[]
  /** What was known when the SaaS took it last, where more of it is kept than the policy allows now; null otherwise. */
  deliveredKnown: Uint8Array | null
}

/**
 * What is written of a record, if anything, and the words that it is found by, which are written whether or not they were there. Null
 * where nothing is known of it; one whose stored state cannot be opened is left to delivery, which says so.
 */
function lookAt(
  row: PageRow,
  run: OpenRun,
  context: RecordContext,
  { sealer, logger, now }: PageOptions,
): SeenRecord | null {
  if (row.known === null) return null
  try {
    const terms = termsOf(row, openKnown(row, context.piiPolicy, sealer), sealer)
    const change = reevaluateRecord(row, run, context, { sealer, now })
    return { change, terms, deliveredKnown: withoutDeniedDelivered(row, context.piiPolicy, sealer) }
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
