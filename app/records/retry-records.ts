import { SHORT_WAITS } from '../lib/backoff'
import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { lockSelected, readSelection, type SelectedRecord } from './select-records'

/** Why a record was not hurried: it is not there, is not being tried again, or the SaaS asked not to be sent it before a time. */
export type NotRetried = 'missing' | 'not_retrying' | 'not_before'

/** What became of a selection. */
export interface Retried {
  /** The ids of those that are tried now. */
  retried: string[]
  notRetried: { id: string; why: NotRetried }[]
}

/**
 * Tries records now that wait for their next try. Each has its hourly tries before it anew, so that whoever is impatient spends none of its
 * day. What the SaaS asked not to be sent before a time waits for it still, and so does what lacks another record.
 *
 * @throws ParityError `SELECTION_INVALID`; nothing is changed then
 */
export async function retryRecords(tx: Sql, shopId: string, ids: string[], now: Date): Promise<Retried> {
  const selection = readSelection(ids)
  const found = new Map((await lockSelected(tx, shopId, selection)).map((record) => [record.id, record]))
  const waiting = selection.filter((id) => found.get(id)?.state === 'retrying')
  const due = new Set(await hasten(tx, shopId, waiting, now))
  if (due.size > 0) await notifyDue(tx, [shopId])
  return {
    retried: selection.filter((id) => due.has(id)),
    notRetried: selection.flatMap((id) => (due.has(id) ? [] : [{ id, why: whyNot(found.get(id)) }])),
  }
}

/** @returns the ids of those that may be sent now */
async function hasten(tx: Sql, shopId: string, ids: string[], now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `UPDATE "SyncRecord" SET "dueAt" = LEAST("dueAt", $3), "attempts" = LEAST("attempts", ${SHORT_WAITS}), "updatedAt" = $3
     WHERE "id" = ANY($2::uuid[]) AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))
       AND "state" = 'retrying' AND ("notBefore" IS NULL OR "notBefore" <= $3)
     RETURNING "id"`,
    [shopId, ids, now],
  )
  return rows.map(({ id }) => id)
}

function whyNot(record: SelectedRecord | undefined): NotRetried {
  if (!record) return 'missing'
  return record.state === 'retrying' ? 'not_before' : 'not_retrying'
}
