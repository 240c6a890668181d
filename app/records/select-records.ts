import { z } from 'zod'
import { type Resource } from '../contracts/resource'
import { type RecordState } from '../contracts/states'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'

/** How many records a person may name at once. */
export const MOST_SELECTED = 250

/** The shop whose records are meant, and why what it sends must wait; null when it need not. */
export interface ShopOfRecords {
  shopId: string
  heldBecause: string | null
}

/** A record that was selected, as far as a command looks at it. */
export interface SelectedRecord {
  id: string
  resource: Resource
  state: RecordState
  reason: string | null
  desiredHash: string | null
  dismissedHash: string | null
  /** While it is being sent: when the lease ends. */
  dueAt: Date | null
}

const Selection = z.array(z.uuid()).min(1).max(MOST_SELECTED)

/**
 * The ids of a selection, each once and in the order in which rows are locked.
 *
 * @throws ParityError `SELECTION_INVALID` when it is empty, too large, or names what is no id
 */
export function readSelection(ids: string[]): string[] {
  const selection = Selection.safeParse(ids)
  if (selection.success) return [...new Set(selection.data.map((id) => id.toLowerCase()))].sort()
  const words = `Select between 1 and ${MOST_SELECTED} records.`
  throw new ParityError('SELECTION_INVALID', { message: words, userMessage: words })
}

/** The shop's records of a selection, locked. One of another shop is not among them, as if it were not there. */
export function lockSelected(tx: Sql, shopId: string, ids: string[]): Promise<SelectedRecord[]> {
  return tx.query<SelectedRecord & { [column: string]: unknown }>(
    `SELECT r."id", r."resource", r."state", r."reason", r."desiredHash", r."dismissedHash", r."dueAt" FROM "SyncRecord" r
     WHERE r."id" = ANY($2::uuid[]) AND r."sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))
     ORDER BY r."id" FOR NO KEY UPDATE OF r`,
    [shopId, ids],
  )
}
