import { type RecordNews } from '../contracts/news'
import { type Transaction } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { again } from '../lib/again'
import { applyNews } from '../records/apply-news'
import { takeRecords } from '../records/take-records'
import { readSource } from '../shops/read-source'
import { type AskOptions } from './ask-options'
import { newsOf } from './news-of'

/**
 * Folds news of a source's records in one transaction, under what its shop decides now.
 *
 * @param told the news, and whether it tells of changes, or only of what is there
 * @param alongside what else is to be committed with it
 */
export async function foldNewsOf(
  sourceConnectionId: string,
  told: { news: RecordNews[]; tellsOfChanges: boolean },
  { db, sealer, clock }: Pick<AskOptions, 'db' | 'sealer' | 'clock'>,
  alongside: (tx: Transaction, now: Date) => void,
): Promise<void> {
  await again(() =>
    db.transaction(async (tx) => {
      const context = await readSource(tx, sourceConnectionId)
      if (!context) return
      const now = clock()
      const batch = newsOf(told.news, context)
      const taken = await takeRecords(tx, batch)
      const options = { sealer, by: 'question', now, tellsOfChanges: told.tellsOfChanges } as const
      const { dueShops } = await applyNews(tx, taken, batch, options)
      tx.last(notifyDue(tx, dueShops))
      alongside(tx, now)
    }),
  )
}
