import { type Resource } from '~/contracts/resource'
import { type AttemptOutcome, type EventOutcome } from '~/contracts/states'

/** Where a page of a list begins: after (older than) or before (newer than) a row, by its id. */
export type Place = { after: string } | { before: string } | null

/** What the Activity page shows. */
export type ActivityQuery = { resource: Resource | null; place: Place } & (
  { show: 'events'; outcome: EventOutcome | null } | { show: 'attempts'; outcome: AttemptOutcome | null }
)

/** The URL parameters of a page, without those that say nothing. */
export function activityParams(query: ActivityQuery): string {
  const params = new URLSearchParams()
  if (query.show !== 'events') params.set('show', query.show)
  if (query.outcome) params.set('outcome', query.outcome)
  if (query.resource) params.set('resource', query.resource)
  if (query.place) for (const [side, id] of Object.entries(query.place)) params.set(side, id)
  const text = params.toString()
  return text && `?${text}`
}
