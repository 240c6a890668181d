import { countTopics, type Missed } from '../contracts/missed'
import { type Action } from '../contracts/resource'
import { type ReadableResource } from '../contracts/store-reader'
import { type EventOutcome } from '../contracts/states'
import { type NewsOfRecord, type TakenRecord } from '../records/take-records'
import { announcingTopic } from '../sources/shopify/announcing-topic'
import { MAY_BE_ON_ITS_WAY_MS } from './list-changes'

/**
 * What of the news that a run has read no webhook has told of: a record that is not known, a newer state of one that is, or that one is
 * gone. What differs at the same update time is none, as no webhook tells of it; nor is what changed so late that its webhook may still come.
 *
 * @param taken the records as they were before the news
 * @param outcomes what became of each piece of news
 */
export function missedByWebhooks(
  resource: ReadableResource,
  batch: NewsOfRecord[],
  taken: TakenRecord[],
  outcomes: EventOutcome[],
): Missed {
  const before = new Map(taken.map(({ row }) => [row.id, row.desiredUpdatedAt]))
  return countTopics(
    batch.flatMap((item, index) => {
      const action = missedAction(item, before.get(item.recordId) ?? '', outcomes[index])
      return action ? [announcingTopic(resource, action)] : []
    }),
  )
}

function missedAction(
  { news }: NewsOfRecord,
  heldUpdatedAt: string,
  outcome: EventOutcome | undefined,
): Action | null {
  switch (news.kind) {
    case 'deletion':
      return outcome === 'changed' ? 'deleted' : null
    case 'state':
      return outcome === 'changed' ? changeBetween(heldUpdatedAt, news.version) : null
    case 'hint':
      return changeBetween(heldUpdatedAt, { updatedAt: news.changedAt ?? '', triggeredAt: news.hintedAt })
    case 'asked':
      return null
  }
}

function changeBetween(
  heldUpdatedAt: string,
  { updatedAt, triggeredAt }: { updatedAt: string; triggeredAt: string },
): Action | null {
  if (updatedAt === '' || updatedAt <= heldUpdatedAt) return null
  if (Date.parse(updatedAt) > Date.parse(triggeredAt) - MAY_BE_ON_ITS_WAY_MS) return null
  return heldUpdatedAt === '' ? 'created' : 'updated'
}
