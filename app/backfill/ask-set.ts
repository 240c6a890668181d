import { type RecordContext } from '../contracts/record-context'
import { askInventory } from './ask-inventory'
import { type AskOptions } from './ask-options'
import { askRecords } from './ask-records'
import { type QuestionSet } from './claim-questions'
import { mayBeOfRecord, postponeSet } from './postpone-set'

/** How many questions of a set may fail before all of it is put off: to find two records at fault among fifty takes thirteen. */
const MOST_FAILURES = 14

/**
 * Asks a set of questions. Where that fails for a reason that may be one record's own, it is asked in halves, so that the others are answered
 * now and that one alone is put off.
 *
 * @returns until when the store is to be left alone; null when it need not be
 * @throws what the database throws; what is in hand can be asked again half a minute later
 */
export async function askSet(
  set: QuestionSet,
  context: RecordContext,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Date | null> {
  let failures = 0
  const parts = [set]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (signal.aborted) return null
    try {
      await ask(part, context, options, signal)
    } catch (error) {
      failures += 1
      if (!mayBeOfRecord(error) || failures === MOST_FAILURES)
        return postponeSet(joined(part, parts), error, options)
      if (part.questions.length > 1) parts.push(...halvesOf(part))
      else await postponeSet(part, error, options)
    }
  }
  return null
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

function halvesOf(set: QuestionSet): QuestionSet[] {
  const middle = Math.ceil(set.questions.length / 2)
  return [set.questions.slice(0, middle), set.questions.slice(middle)].map((questions) => ({
    ...set,
    questions,
  }))
}

/** A part with all that has not been asked yet. */
function joined(part: QuestionSet, others: QuestionSet[]): QuestionSet {
  return { ...part, questions: [part, ...others].flatMap(({ questions }) => questions) }
}
