import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { isDismissed } from './dismissal'
import { sendAgain } from './send-again'
import { lockSelected, readSelection, type SelectedRecord, type ShopOfRecords } from './select-records'

/** Why a record was not sent again: it is not there, is being sent right now, is not sent on purpose, or nothing is known of it yet. */
export type NotReplayed = 'missing' | 'under_way' | 'excluded' | 'nothing_known'

/** What became of a selection. */
export interface Replayed {
  /** The ids of those that are sent again. */
  sent: string[]
  notSent: { id: string; why: NotReplayed }[]
}

/**
 * Sends records again, as they should be now and whether or not the SaaS has them: due at once, with all tries before them, and with a
 * revision of their own, so that no idempotency key is used twice. What was dismissed is no longer. History stays.
 *
 * @throws ParityError `SELECTION_INVALID`; nothing is changed then
 */
export async function replayRecords(
  tx: Sql,
  shop: ShopOfRecords,
  ids: string[],
  now: Date,
): Promise<Replayed> {
  const selection = readSelection(ids)
  const found = new Map((await lockSelected(tx, shop.shopId, selection)).map((record) => [record.id, record]))
  const judged = selection.map((id) => ({ id, why: whyNot(found.get(id), now) }))
  const sent = judged.filter(({ why }) => why === null).map(({ id }) => id)
  await sendAgain(tx, shop, sent, now)
  if (sent.length > 0) await notifyDue(tx, [shop.shopId])
  return { sent, notSent: judged.flatMap(({ id, why }) => (why === null ? [] : [{ id, why }])) }
}

function whyNot(record: SelectedRecord | undefined, now: Date): NotReplayed | null {
  if (!record) return 'missing'
  if (record.desiredHash === null) return 'nothing_known'
  switch (record.state) {
    case 'delivering':
      // Whoever held it died when the lease has run out.
      return record.dueAt !== null && record.dueAt <= now ? null : 'under_way'
    case 'excluded':
      return isDismissed(record, record.desiredHash) ? null : 'excluded'
    case 'waiting':
    case 'in_step':
    case 'retrying':
    case 'held':
    case 'dead':
    case 'deleted':
      return null
  }
}
