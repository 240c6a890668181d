import { type RecordContext } from '../contracts/record-context'
import { isAskable } from '../records/asking'
import { type QuestionKind } from '../records/write-questions'
import { readSource } from '../shops/read-source'
import { askInventory } from './ask-inventory'
import { type AskOptions } from './ask-options'
import { askRecords } from './ask-records'
import { claimQuestions, dropQuestions, nextQuestionAt, type QuestionSet } from './claim-questions'
import { postponeSet } from './postpone-set'

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
 * Asks a source's store what is due until nothing is, set by set. What could not be asked is put off, never dropped.
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
      const failedUntil = await askSet(set, options, signal)
      if (signal.aborted) break
      if (failedUntil) return { nextAt: failedUntil, hasFailed: true }
    }
  }
  const nextAt = signal.aborted ? null : await nextQuestionAt(db, sourceConnectionId)
  return { nextAt, hasFailed: false }
}

/** @returns until when the store is to be left alone; null when it need not be */
async function askSet(set: QuestionSet, options: AskOptions, signal: AbortSignal): Promise<Date | null> {
  const context = await readSource(options.db, set.sourceConnectionId)
  if (!context || !isAskable(set.kind, context)) {
    const all = set.questions.map(({ externalId }) => externalId)
    await dropQuestions(options.db, set, all)
    return null
  }
  try {
    await ask(set, context, options, signal)
    return null
  } catch (error) {
    return postponeSet(set, error, options)
  }
}

async function ask(
  set: QuestionSet,
  context: RecordContext,
  options: AskOptions,
  signal: AbortSignal,
): Promise<void> {
  const { kind } = set
  if (kind === 'inventory_item') await askInventory(set, context, options, signal)
  else await askRecords({ ...set, kind }, context, options, signal)
}
