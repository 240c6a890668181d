import { type RecordContext } from '../contracts/record-context'
import { type HintNews } from '../contracts/news'
import { unlessAborted } from '../lib/unless-aborted'
import { type AskOptions } from './ask-options'
import { dropQuestions, type QuestionSet } from './claim-questions'
import { foldNewsOf } from './fold-news-of'

/** Asks which products inventory items belong to, and lets those be asked about. Items that are gone need no answer. */
export async function askInventory(
  set: QuestionSet,
  { store }: RecordContext,
  options: AskOptions,
  signal: AbortSignal,
): Promise<void> {
  const items = set.questions.map(({ externalId }) => externalId)
  const products = await unlessAborted(options.readers(store).productsOf(items), signal)
  if (!products) return

  const hints = set.questions.flatMap(({ externalId, hintedAt }): HintNews[] => {
    const product = products.get(externalId)
    if (product === undefined) return []
    return [
      {
        kind: 'hint',
        resource: 'product',
        externalId: product,
        parts: ['core', 'stock'],
        hintedAt: hintedAt ?? '',
      },
    ]
  })
  const told = { news: hints, tellsOfChanges: true }
  await foldNewsOf(set.sourceConnectionId, told, options, (tx) => tx.last(dropQuestions(tx, set, items)))
}
