import { isAskable } from '../records/asking'
import { type QuestionKind } from '../records/write-questions'
import { readSource } from '../shops/read-source'
import { type AskOptions } from './ask-options'
import { askSet } from './ask-set'
import { claimQuestions, dropQuestions, nextQuestionAt, type QuestionSet } from './claim-questions'

/** The kinds of question in the order in which they take turns: items lead to products. */
const KINDS: readonly QuestionKind[] = ['inventory_item', 'customer', 'product', 'category', 'order']

/** What a while of asking came to. */
export interface Asked {
  /** When there is something to be asked again; null when nothing is, or when it is somebody else's turn. */
  nextAt: Date | null
  /** Whether the store could not be asked at all. */
  hasFailed: boolean
}

/**
 * Asks a source's store what is due until nothing is, set by set. What could not be asked is put off, never dropped: a set where the store cannot
 * be asked, a record alone where the others can.
 *
 * @param signal aborted when it is to end: what is in hand is left to whoever comes next
 * @throws what the database throws; what is in hand can be asked again half a minute later
 */
export async function askSource(
  sourceConnectionId: string,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Asked> {
  const { db, clock } = options
  let isDue = true
  while (isDue && !signal.aborted) {
    isDue = false
    for (const kind of KINDS) {
      const set = await claimQuestions(db, sourceConnectionId, kind, clock())
      if (!set) continue
      isDue = true
      const failedUntil = await askOrDrop(set, options, signal)
      if (signal.aborted) break
      if (failedUntil) return { nextAt: failedUntil, hasFailed: true }
    }
  }
  const nextAt = signal.aborted ? null : await nextQuestionAt(db, sourceConnectionId)
  return { nextAt, hasFailed: false }
}

/** @returns until when the store is to be left alone; null when it need not be */
async function askOrDrop(set: QuestionSet, options: AskOptions, signal: AbortSignal): Promise<Date | null> {
  const context = await readSource(options.db, set.sourceConnectionId)
  if (context && isAskable(set.kind, context)) return askSet(set, context, options, signal)
  const all = set.questions.map(({ externalId }) => externalId)
  await dropQuestions(options.db, set, all)
  return null
}
