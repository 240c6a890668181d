import { type RecordNews } from '../contracts/news'
import { type RecordContext } from '../contracts/record-context'
import { recordIdOf } from '../records/record-id'
import { type NewsOfRecord } from '../records/take-records'

/** News with the records that they are about; what names none is left out. */
export function newsOf(all: (RecordNews | null)[], context: RecordContext): NewsOfRecord[] {
  return all.flatMap((news) => {
    if (news === null || news.externalId === null) return []
    const { externalId, resource } = news
    const recordId = recordIdOf(context.sourceConnectionId, resource, externalId)
    return [{ recordId, context, externalId, news }]
  })
}

/** What the row of an export says: a state is all that the store tells of a record, and what it lacks need not be asked for. */
export function toldByRow(news: RecordNews | null): RecordNews[] {
  if (news?.kind !== 'state') return news ? [news] : []
  const { resource, externalId, version } = news
  return [news, { kind: 'asked', resource, externalId, askedAt: version.triggeredAt }]
}
