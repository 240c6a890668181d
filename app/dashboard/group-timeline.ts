import { type DesiredBy } from '~/contracts/desired-by'
import { type AttemptOutcome, type EventOutcome } from '~/contracts/states'
import { LEADS_TO_CALLS } from './leads-to-calls'

/** A webhook about the record. */
export interface TimelineEvent {
  kind: 'event'
  id: string
  /** When it arrived, ISO 8601. */
  at: string
  topic: string
  outcome: EventOutcome
  detail: string | null
  replayedAt: string | null
  /** How often it came again, and when last. */
  duplicates: number
  lastDuplicateAt: string | null
}

/** What else moved the record: the store, as it was read, or a change of what holds for all records. */
export interface TimelineMove {
  kind: 'move'
  at: string
  by: Exclude<DesiredBy, 'webhook' | 'replay'>
}

/** A call to the SaaS. */
export interface TimelineAttempt {
  kind: 'attempt'
  id: string
  /** When it began, ISO 8601. */
  at: string
  endedAt: string | null
  number: number
  outcome: AttemptOutcome
  httpStatus: number | null
  detail: string | null
}

export type TimelineEntry = TimelineEvent | TimelineMove | TimelineAttempt

/** What happened to the record, and the calls that it led to, the first one first; `head` is null where what led to them is not on the page. */
export interface TimelineGroup {
  head: TimelineEvent | TimelineMove | null
  attempts: TimelineAttempt[]
}

/**
 * Puts the calls under what led to them: the newest before them that moved the record, or may have. What changed nothing stands for itself.
 *
 * @param entries newest first
 * @returns newest first
 */
export function groupTimeline(entries: TimelineEntry[]): TimelineGroup[] {
  const groups: TimelineGroup[] = []
  let waiting: TimelineAttempt[] = []
  let place = 0
  for (const entry of entries) {
    if (entry.kind === 'attempt') {
      // Whatever led to it comes later, and stands where its first call would.
      if (waiting.length === 0) place = groups.length
      waiting.unshift(entry)
    } else if (entry.kind === 'move' || LEADS_TO_CALLS[entry.outcome]) {
      groups.push({ head: entry, attempts: waiting })
      waiting = []
    } else groups.push({ head: entry, attempts: [] })
  }
  if (waiting.length > 0) groups.splice(place, 0, { head: null, attempts: waiting })
  return groups
}
