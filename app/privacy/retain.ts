import { type Sql } from '../db.server'
import { DAY_MS } from '../lib/time'
import { sourcePages } from '../shops/source-pages'
import { forgetPayloads } from './forget-payloads'
import { forgetRows, forgetStrayEvents } from './forget-rows'
import { forgetStatistics } from './forget-statistics'
import { KEEP_DAYS } from './keep-days'

/** How many of each were forgotten. */
export interface Forgotten {
  payloads: number
  events: number
  attempts: number
  runs: number
  statistics: number
}

/**
 * Forgets what has been kept for long enough, in slices that each stand for themselves: called off or interrupted, the next time goes
 * on from there.
 */
export async function retain(sql: Sql, now: Date, signal: AbortSignal): Promise<Forgotten> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const forgotten: Forgotten = {
    payloads: await forgetPayloads(sql, now, signal),
    events: await forgetStrayEvents(sql, before(KEEP_DAYS.events), signal),
    attempts: 0,
    runs: 0,
    statistics: 0,
  }
  for await (const ids of sourcePages(sql, signal)) {
    forgotten.events += await forgetRows(sql, 'WebhookEvent', ids, before(KEEP_DAYS.events), signal)
    forgotten.attempts += await forgetRows(sql, 'SyncAttempt', ids, before(KEEP_DAYS.attempts), signal)
    forgotten.runs += await forgetRows(sql, 'SyncRun', ids, before(KEEP_DAYS.runs), signal)
    forgotten.statistics += await forgetStatistics(sql, ids, before(KEEP_DAYS.statistics), signal)
  }
  return forgotten
}
