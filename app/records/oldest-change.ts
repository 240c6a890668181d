import { type RecordNews } from '../contracts/news'
import { type RecordState } from '../contracts/states'
import { instantOf } from '../lib/time'
import { type RecordRow } from './record-row'

/** When news says that its record changed, by the source's clock; null when it does not say. */
export function changedAtOf(news: RecordNews): Date | null {
  switch (news.kind) {
    case 'state':
    case 'deletion':
      return instantOf(news.version.triggeredAt || news.version.updatedAt)
    case 'hint':
      return instantOf(news.changedAt ?? news.hintedAt)
    case 'asked':
      return null
  }
}

/**
 * When the oldest change of a record happened that the SaaS has not been sent yet, after news of others.
 *
 * @param told when those happened; empty for news that is none of a change
 * @returns null for no such change
 */
export function oldestChange(
  { state, changedAt }: Pick<RecordRow, 'state' | 'changedAt'>,
  told: readonly Date[],
): Date | null {
  const [first, ...others] = KEEPS_ITS_CHANGE[state] && changedAt !== null ? [changedAt, ...told] : told
  if (first === undefined) return changedAt
  return others.reduce((oldest, time) => (time < oldest ? time : oldest), first)
}

/** What was given up or left out is not late by its change: there another begins anew. What is being sent may fail: its settlement says. */
const KEEPS_ITS_CHANGE: Record<RecordState, boolean> = {
  waiting: true,
  held: true,
  retrying: true,
  in_step: true,
  deleted: true,
  delivering: true,
  dead: false,
  excluded: false,
}
