import { LONGEST_REASON } from '../contracts/dismissal'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { dismissalReason } from './dismissal'
import { lockSelected, readSelection } from './select-records'

/** Why a record was not dismissed: it is not there, or it is not dead. */
export type NotDismissed = 'missing' | 'not_dead'

/** What became of a selection. */
export interface Dismissed {
  /** The ids of those that were dismissed. */
  dismissed: string[]
  notDismissed: { id: string; why: NotDismissed }[]
}

/**
 * Takes dead letters off the list, with a person's reason: they are not sent until their content changes, or until a person sends them
 * again. Only what is dead can be dismissed.
 *
 * @param reason shown to whoever looks at the record
 * @throws ParityError `SELECTION_INVALID`, or `REASON_MISSING`, `REASON_TOO_LONG`, `REASON_UNPRINTABLE`; nothing is changed then
 */
export async function dismissRecords(
  tx: Sql,
  shopId: string,
  ids: string[],
  reason: string,
  now: Date,
): Promise<Dismissed> {
  const selection = readSelection(ids)
  const words = readReason(reason)
  const found = new Map((await lockSelected(tx, shopId, selection)).map(({ id, state }) => [id, state]))
  const dismissed = selection.filter((id) => found.get(id) === 'dead')
  await dismissLocked(tx, shopId, dismissed, words, now)
  const others = selection.filter((id) => found.get(id) !== 'dead')
  return {
    dismissed,
    notDismissed: others.map((id) => ({ id, why: found.has(id) ? 'not_dead' : 'missing' })),
  }
}

/** Dismisses dead records of a shop that the caller has locked. @param words as `readReason` gives them */
export async function dismissLocked(
  tx: Sql,
  shopId: string,
  ids: string[],
  words: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE "SyncRecord" SET "state" = 'excluded', "reason" = $3, "dismissedHash" = "desiredHash", "dueAt" = NULL,
            "waitingSince" = NULL, "attempts" = 0, "cause" = NULL, "updatedAt" = $4
     WHERE "id" = ANY($2::uuid[]) AND "sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))`,
    [shopId, ids, dismissalReason(words), now],
  )
}

/** What controls, turns or hides text; a NUL could not even be stored. Joiners are part of some languages' words. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u
const JOINERS = /[\u200c\u200d]/g

/** A person's reason, in one line. @throws ParityError `REASON_MISSING`, `REASON_TOO_LONG`, `REASON_UNPRINTABLE` */
export function readReason(reason: string): string {
  const words = reason.trim().replaceAll(/\s+/g, ' ')
  if (words === '') throw refusal('REASON_MISSING', 'Say why the record is dismissed.')
  if (words.length > LONGEST_REASON)
    throw refusal('REASON_TOO_LONG', `A reason may have ${LONGEST_REASON} characters at most.`)
  if (UNPRINTABLE.test(words.replaceAll(JOINERS, '')) || !/[\p{L}\p{N}]/u.test(words))
    throw refusal('REASON_UNPRINTABLE', 'A reason is made of words that can be read.')
  return words
}

function refusal(code: string, words: string): ParityError {
  return new ParityError(code, { message: words, userMessage: words })
}
