import { describe, expect, it } from 'vitest'
import { type EventOutcome } from '~/contracts/states'
import { groupTimeline, type TimelineAttempt, type TimelineEntry, type TimelineEvent } from './group-timeline'

const at = (second: number) => new Date(Date.UTC(2026, 10, 21) + second * 1_000).toISOString()
const event = (second: number, outcome: EventOutcome = 'changed'): TimelineEvent => ({
  kind: 'event',
  id: `event ${second}`,
  at: at(second),
  topic: 'orders/updated',
  outcome,
  detail: null,
  replayedAt: null,
  duplicates: 0,
  lastDuplicateAt: null,
})
const call = (second: number): TimelineAttempt => ({
  kind: 'attempt',
  id: `call ${second}`,
  at: at(second),
  endedAt: null,
  number: 1,
  outcome: 'in_flight',
  httpStatus: null,
  detail: null,
})

/** The groups in short, newest first. */
function grouped(entries: TimelineEntry[]): string[] {
  const sorted = entries.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return groupTimeline(sorted).map(({ head, attempts }) => {
    const name = head === null ? '?' : head.kind === 'event' ? head.id : head.by
    return [name, ...attempts.map(({ id }) => id)].join(', ')
  })
}

describe('the timeline of a record', () => {
  it('puts calls under what moved the record before them, the first one first', () => {
    expect(grouped([event(1), call(2), call(3), event(5), call(6)])).toEqual([
      'event 5, call 6',
      'event 1, call 2, call 3',
    ])
  })

  it('lets what changed nothing stand for itself', () => {
    expect(grouped([event(1), call(2), event(3, 'unchanged'), call(4), event(5, 'outdated')])).toEqual([
      'event 5',
      'event 3',
      'event 1, call 2, call 4',
    ])
  })

  it('knows what was read of the store for a reason of calls', () => {
    expect(grouped([event(1), { kind: 'move', by: 'deep-reconciliation', at: at(2) }, call(3)])).toEqual([
      'deep-reconciliation, call 3',
      'event 1',
    ])
  })

  it('keeps calls together whose reason is not there, where they were made', () => {
    expect(grouped([call(1), event(2, 'unchanged'), call(3), event(4)])).toEqual([
      'event 4',
      '?, call 1, call 3',
      'event 2',
    ])
    expect(grouped([])).toEqual([])
  })
})
