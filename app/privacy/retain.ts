import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'
import { sourcePages } from '../shops/source-pages'
import { datePayloads } from './date-payloads'
import { forgetPayloads } from './forget-payloads'
import { forgetRows, forgetStrayEvents } from './forget-rows'
import { forgetStatistics } from './forget-statistics'
import { forgetViews } from './forget-views'
import { KEEP_DAYS, runDays } from './keep-days'
import { type KeptAlike, keptAlike } from './kept-alike'

/** How many of each were forgotten. */
export interface Forgotten {
  payloads: number
  events: number
  attempts: number
  runs: number
  statistics: number
  views: number
}

/**
 * Forgets what has been kept for as long as its shop wants, in slices that each stand for themselves: called off or interrupted, the next
 * time goes on from there.
 */
export async function retain(sql: Sql, now: Date, signal: AbortSignal): Promise<Forgotten> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await datePayloads(sql, now, signal)
  const forgotten: Forgotten = {
    payloads: await forgetPayloads(sql, now, signal),
    events: await forgetStrayEvents(sql, before(KEEP_DAYS.events), signal),
    attempts: 0,
    runs: 0,
    statistics: 0,
    views: await forgetViews(sql, before(KEEP_DAYS.personalDataViews), signal),
  }
  for await (const ids of sourcePages(sql, signal)) {
    for (const alike of await keptAlike(sql, ids)) await forgetOf(sql, alike, before, signal, forgotten)
  }
  return forgotten
}

/** Forgets what some source connections have kept for long enough, and adds it to what was forgotten. */
async function forgetOf(
  sql: Sql,
  { ids, historyDays, statisticDays }: KeptAlike,
  before: (days: number) => Date,
  signal: AbortSignal,
  forgotten: Forgotten,
): Promise<void> {
  forgotten.events += await forgetRows(sql, 'WebhookEvent', ids, before(historyDays), signal)
  forgotten.attempts += await forgetRows(sql, 'SyncAttempt', ids, before(historyDays), signal)
  forgotten.runs += await forgetRows(sql, 'SyncRun', ids, before(runDays(historyDays)), signal)
  forgotten.statistics += await forgetStatistics(sql, ids, before(statisticDays), signal)
}
