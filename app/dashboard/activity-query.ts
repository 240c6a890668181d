import { type Resource } from '~/contracts/resource'
import { type AttemptOutcome, type EventOutcome } from '~/contracts/states'
import { type RunState } from './run-words'

/** Where a page of a list begins: after (older than) or before (newer than) a row, by its id. */
export type Place = { after: string } | { before: string } | null

/** The lists of the Activity page: what arrived, what was sent, what was looked through, and who saw personal data. */
export const ACTIVITY_LISTS = ['events', 'attempts', 'runs', 'views'] as const
export type ActivityList = (typeof ACTIVITY_LISTS)[number]

/** From the beginning of one day to the end of another (YYYY-MM-DD), on the shop's clock; null for no such bound. */
export interface Days {
  from: string | null
  to: string | null
}

/** What the Activity page shows. */
export type ActivityQuery = Days & { resource: Resource | null; place: Place } & (
    | { show: 'events'; outcome: EventOutcome | null; topic: string | null }
    | { show: 'attempts'; outcome: AttemptOutcome | null }
    | { show: 'runs'; outcome: RunState | null }
    | { show: 'views'; outcome: null }
  )

type QueryOf<Show extends ActivityList> = Extract<ActivityQuery, { show: Show }>

const ALL = { outcome: null, resource: null, from: null, to: null, place: null }
const WHOLE: { [Show in ActivityList]: QueryOf<Show> } = {
  events: { ...ALL, show: 'events', topic: null },
  attempts: { ...ALL, show: 'attempts' },
  runs: { ...ALL, show: 'runs' },
  views: { ...ALL, show: 'views' },
}

/** Everything that a list has. */
export function wholeList<Show extends ActivityList>(show: Show): QueryOf<Show> {
  return WHOLE[show]
}

/** Whether a query leaves something out. */
export function isFiltered(query: ActivityQuery): boolean {
  const { outcome, resource, from, to } = query
  const topic = query.show === 'events' ? query.topic : null
  return [outcome, resource, from, to, topic].some((filter) => filter !== null)
}

/** The URL parameters of a page, without those that say nothing. */
export function activityParams(query: ActivityQuery): string {
  const { show, outcome, resource, from, to, place } = query
  const topic = query.show === 'events' ? query.topic : null
  const params = new URLSearchParams()
  if (show !== 'events') params.set('show', show)
  for (const [name, value] of Object.entries({ outcome, topic, resource, from, to }))
    if (value !== null) params.set(name, value)
  if (place) for (const [side, id] of Object.entries(place)) params.set(side, id)
  const text = params.toString()
  return text && `?${text}`
}
