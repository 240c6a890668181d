import { isRecordNews, type News } from '../contracts/news'
import { type EventOutcome } from '../contracts/states'
import { type Database, type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Queue } from '../jobs/queue.server'
import { type Sealer } from '../lib/sealing'
import { type AppliedNews, applyNews } from '../records/apply-news'
import { ensureShops, type EnsureOptions, type InstalledShop } from '../shops/ensure-shops'
import { type Incoming, insertEvents, type NewEvent, updateOutcomes } from './event-row'
import { handleLifecycle, type LifecycleNews } from './handle-lifecycle'

export interface CommitOptions extends Omit<EnsureOptions, 'now'> {
  db: Database
  queue: Queue
  sealer: Sealer
}

/** What became of an event; `duplicate` when it had been there before and nothing was changed. */
export type Receipt = { outcome: EventOutcome | 'duplicate' }

/**
 * Commits a batch in one transaction: events, then records, then jobs, each in one order, so that two batches cannot deadlock.
 * All or nothing: when it throws, nothing of the batch is there.
 */
export async function commitBatch(batch: Incoming[], options: CommitOptions, now: Date): Promise<Receipt[]> {
  return options.db.transaction(async (tx) => {
    const shops = await ensureShops(
      tx,
      batch.map(({ arrival }) => arrival.store),
      { ...options, now },
    )
    const events = batch.map((incoming) => expect(incoming, shops.get(incoming.arrival.store) ?? null))
    const written = await insertEvents(tx, events)
    const fresh = events.filter(({ incoming }) => written.has(incoming.id))

    const changed = await handleNews(tx, fresh, options, now)
    await updateOutcomes(
      tx,
      fresh
        .filter((event) => changed.has(event))
        .map((event) => ({ id: event.incoming.id, ...outcomeOf(event) })),
    )
    await describeNewShops(tx, shops, options.queue)
    return events.map((event) =>
      written.has(event.incoming.id) ? outcomeOf(event) : { outcome: 'duplicate' },
    )

    function outcomeOf(event: NewEvent): { outcome: EventOutcome; detail: string | null } {
      return changed.get(event) ?? event
    }
  })
}

type Changed = Map<NewEvent, { outcome: EventOutcome; detail: string | null }>

/** The event with the outcome that it will most likely have; `handleNews` corrects it. */
export function expect(incoming: Incoming, shop: InstalledShop | null): NewEvent {
  const [news] = incoming.arrival.news
  if (!shop && !concernsUninstalled(incoming.arrival.news)) {
    return { incoming, shop, outcome: 'not_installed', detail: 'The app is not installed in this shop.' }
  }
  return { incoming, shop, ...expectation(news) }
}

/** What the law asks, and the end of an installation, are heard whether or not the shop is installed. */
function concernsUninstalled(news: News[]): boolean {
  return news.some(({ kind }) => kind === 'compliance' || kind === 'uninstalled')
}

function expectation(news: News | undefined): { outcome: EventOutcome; detail: string | null } {
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

/** Acts on the news of every fresh event; returns the outcomes that differ from what was expected. */
export async function handleNews(
  tx: Sql,
  events: NewEvent[],
  options: CommitOptions,
  now: Date,
): Promise<Changed> {
  const changed: Changed = new Map()
  const applied: { event: NewEvent; news: AppliedNews; isSubject: boolean }[] = []

  for (const event of inOrderOfStores(events)) {
    for (const [position, news] of event.incoming.arrival.news.entries()) {
      if (isRecordNews(news)) {
        if (!event.shop || news.externalId === null) continue
        const { context } = event.shop
        // An event of several records is told by what became of its first.
        applied.push({
          event,
          news: { context, externalId: news.externalId, news },
          isSubject: position === 0,
        })
      } else if (isLifecycleNews(news) && event.outcome !== 'not_installed') {
        changed.set(event, await handleLifecycle(tx, news, event.incoming, options.queue, now))
      }
    }
  }

  const { outcomes, dueShops } = await applyNews(
    tx,
    applied.map(({ news }) => news),
    { sealer: options.sealer, now },
  )
  applied.forEach(({ event, isSubject }, index) => {
    const outcome = outcomes[index]
    if (outcome && isSubject && outcome !== event.outcome)
      changed.set(event, { outcome, detail: DETAILS[outcome] })
  })
  await notifyDue(tx, dueShops)
  return changed
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
  await queue.send(
    'describeShop',
    fresh.map(({ shopId }) => ({ shopId })),
    tx,
  )
}

function isLifecycleNews(news: News): news is LifecycleNews {
  return !isRecordNews(news) && news.kind !== 'ignored' && news.kind !== 'unmapped'
}
