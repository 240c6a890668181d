import { type DesiredBy } from '../contracts/desired-by'
import { isRecordNews, type News } from '../contracts/news'
import { type EventOutcome } from '../contracts/states'
import { type Database, type Sql, type Transaction } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Queue } from '../jobs/queue.server'
import { type Sealer } from '../lib/sealing'
import { applyNews } from '../records/apply-news'
import { isAskable } from '../records/asking'
import { recordIdOf } from '../records/record-id'
import { type NewsOfRecord, type TakenRecord, takeRecords } from '../records/take-records'
import { type Question, writeQuestions } from '../records/write-questions'
import { ensureShops, type EnsureOptions, type InstalledShop } from '../shops/ensure-shops'
import { type Incoming, insertEvents, type NewEvent, updateOutcomes } from './event-row'
import { handleLifecycle, type LifecycleNews } from './handle-lifecycle'

/** What a commit needs beside the batch itself. */
export interface CommitOptions extends Omit<EnsureOptions, 'now'> {
  db: Database
  queue: Queue
  sealer: Sealer
}

/** What became of an event; `duplicate` when it had been there before and nothing was changed. */
export type Receipt = { outcome: EventOutcome | 'duplicate' }

/**
 * Commits a batch in one transaction: events, then records, then signals, each in one order, so that two batches cannot deadlock.
 * All or nothing: when it throws, nothing of the batch is there. It takes three round trips: the shops; the events, and the records that
 * they are about; what has become of them, with the COMMIT, which waits for records that are new.
 *
 * @param statementMs how long each of its statements may take
 */
export async function commitBatch(
  batch: Incoming[],
  options: CommitOptions,
  now: Date,
  statementMs: number,
): Promise<Receipt[]> {
  return options.db.transaction(async (tx) => {
    const stores = batch.map(({ arrival }) => arrival.store)
    const shops = await ensureShops(tx, stores, { ...options, now })
    await describeNewShops(tx, shops, options.queue)
    const events = batch.map((incoming) => foresee(incoming, shops.get(incoming.arrival.store) ?? null))

    const inserting = insertEvents(tx, events)
    const changed = await handleNews(tx, events, { ...options, by: 'webhook' }, now, inserting)
    tx.last(updateOutcomes(tx, changed))

    const isFresh = new Set(await inserting)
    return events.map((event) =>
      isFresh.has(event) ? (changed.get(event) ?? event) : { outcome: 'duplicate' },
    )
  }, statementMs)
}

type Changed = Map<NewEvent, { outcome: EventOutcome; detail: string | null }>

/** The event with the outcome that it will most likely have; `handleNews` corrects it. */
export function foresee(incoming: Incoming, shop: InstalledShop | null): NewEvent {
  const [news] = incoming.arrival.news
  if (!shop && !concernsUninstalled(incoming.arrival.news)) {
    const detail = 'The app is not installed in this shop.'
    return { incoming, shop, outcome: 'not_installed', detail, about: [] }
  }
  return { incoming, shop, ...foreseen(news), about: newsOfRecords(incoming.arrival.news, shop) }
}

/** The news of records that can be named; what names another thing is looked up later. */
function newsOfRecords(all: News[], shop: InstalledShop | null): NewsOfRecord[] {
  if (!shop) return []
  const { context } = shop
  return all.flatMap((news) => {
    if (!isRecordNews(news) || news.externalId === null) return []
    const { externalId, resource } = news
    return [
      { recordId: recordIdOf(context.sourceConnectionId, resource, externalId), context, externalId, news },
    ]
  })
}

/** What the law asks, and the end of an installation, are heard whether or not the shop is installed. */
function concernsUninstalled(news: News[]): boolean {
  return news.some(({ kind }) => kind === 'compliance' || kind === 'uninstalled')
}

function foreseen(news: News | undefined): { outcome: EventOutcome; detail: string | null } {
  switch (news?.kind) {
    case 'ignored':
    case 'unmapped':
      return { outcome: news.kind, detail: news.reason }
    case 'hint':
      return { outcome: 'hint', detail: 'Something about it may have changed.' }
    case 'state':
    case 'deletion':
      return { outcome: 'changed', detail: null }
    case 'uninstalled':
    case 'shop':
    case 'scopes':
    case 'compliance':
    case 'run_finished':
      return { outcome: 'handled', detail: null }
    case undefined:
      return { outcome: 'ignored', detail: 'It says nothing.' }
  }
}

/** What acting on news needs beside it. */
interface HandleOptions extends CommitOptions {
  by: DesiredBy
}

/**
 * Acts on the news of events; returns the outcomes that differ from what was foreseen. What is written of records travels with the COMMIT.
 *
 * @param inserting those of the events that are news, where the answer is still under way; the others are duplicates
 */
export async function handleNews(
  tx: Transaction,
  events: NewEvent[],
  options: HandleOptions,
  now: Date,
  inserting: Promise<NewEvent[]> = Promise.resolve(events),
): Promise<Changed> {
  const handled = events.some(isHandled) ? await handleAll(tx, await inserting, options, now) : []
  const about = events.flatMap((event) => event.about)
  const [fresh, taken] = await Promise.all([inserting, takeRecords(tx, about)])
  return new Map([...handled, ...(await applyAll(tx, taken, fresh, options, now))])
}

/** Acts on news that is not about records, while nothing of the batch is locked yet but its events. */
async function handleAll(tx: Sql, fresh: NewEvent[], options: CommitOptions, now: Date): Promise<Changed> {
  const changed: Changed = new Map()
  for (const event of inOrderOfStores(fresh.filter(isHandled)))
    for (const news of event.incoming.arrival.news.filter(isLifecycleNews))
      changed.set(event, await handleLifecycle(tx, news, event.incoming, options.queue, now))
  return changed
}

function isHandled({ outcome, incoming }: NewEvent): boolean {
  return outcome !== 'not_installed' && incoming.arrival.news.some(isLifecycleNews)
}

/** Folds the fresh news into the records; returns the outcomes that differ from what was foreseen. */
async function applyAll(
  tx: Transaction,
  taken: TakenRecord[],
  fresh: NewEvent[],
  { sealer, by }: HandleOptions,
  now: Date,
): Promise<Changed> {
  const changed: Changed = new Map()
  const all = fresh.flatMap((event) => event.about.map((about) => ({ event, about })))
  const batch = all.map(({ about }) => about)
  const options = { sealer, by, now, tellsOfChanges: true }
  const { outcomes, dueShops } = await applyNews(tx, taken, batch, options)
  all.forEach(({ event, about }, index) => {
    const outcome = outcomes[index]
    // An event of several records is told by what became of its first.
    const isSubject = about.news === event.incoming.arrival.news[0]
    if (outcome && isSubject && outcome !== event.outcome)
      changed.set(event, { outcome, detail: DETAILS[outcome] })
  })
  tx.last(notifyDue(tx, dueShops))
  tx.last(
    writeQuestions(
      tx,
      fresh.flatMap((event) => questionsOf(event, now)),
    ),
  )
  return changed
}

/** What is to be looked up before it can be told which records it is about. */
function questionsOf({ shop, incoming }: NewEvent, now: Date): Question[] {
  if (!shop || !isAskable('inventory_item', shop.context)) return []
  const { sourceConnectionId } = shop.context
  return incoming.arrival.news.flatMap((news) =>
    news.kind === 'hint' && news.inventoryItemId !== undefined
      ? [
          {
            sourceConnectionId,
            kind: 'inventory_item',
            externalId: news.inventoryItemId,
            askAt: now,
            hintedAt: news.hintedAt,
          },
        ]
      : [],
  )
}

/** News of the installation locks its shop: always in one order, so that two batches cannot deadlock. */
function inOrderOfStores(events: NewEvent[]): NewEvent[] {
  const storeOf = ({ incoming }: NewEvent) => incoming.arrival.store
  return [...events].sort((a, b) => (storeOf(a) < storeOf(b) ? -1 : storeOf(a) > storeOf(b) ? 1 : 0))
}

const DETAILS: Record<EventOutcome, string | null> = {
  changed: null,
  unchanged: 'It alters nothing that the SaaS would see.',
  outdated: 'What is held is newer, or of the same time and preferred.',
  hint: null,
  handled: null,
  ignored: null,
  not_installed: null,
  unmapped: null,
}

async function describeNewShops(tx: Sql, shops: Map<string, InstalledShop>, queue: Queue): Promise<void> {
  const fresh = [...shops.values()].filter(({ isNew }) => isNew)
  const shopIds = fresh.map(({ shopId }) => ({ shopId }))
  await queue.send('describeShop', shopIds, tx)
  await queue.send('describeReach', shopIds, tx)
}

function isLifecycleNews(news: News): news is LifecycleNews {
  return !isRecordNews(news) && news.kind !== 'ignored' && news.kind !== 'unmapped'
}
