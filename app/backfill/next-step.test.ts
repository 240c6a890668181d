import { describe, expect, it } from 'vitest'
import { aRun, aSlice } from '../../tests/support/slices'
import { nextStep } from './next-step'
import { type Run, type Slice } from './read-run'

const NOW = new Date('2026-11-21T12:00:00Z')
const LATER = new Date('2026-11-21T12:00:01Z')

const waiting = (more: Partial<Slice> = {}) => aSlice({ dueAt: NOW, ...more })
const exporting = (more: Partial<Slice> = {}) => waiting({ state: 'exporting', exportId: 'e', ...more })
const reading = (more: Partial<Slice> = {}) => waiting({ state: 'reading', exportId: 'e', ...more })
const ended = (state: Slice['state'] = 'finished') => aSlice({ state })
/** What is done next, and to which of the slices. */
const stepOf = (slices: Slice[], more: Partial<Run> = {}) => {
  const run = aRun(
    slices.map((slice, index) => ({ ...slice, id: String(index) })),
    more,
  )
  const step = nextStep(run, NOW)
  return 'slice' in step ? `${step.kind} ${step.slice.id}` : step.kind
}

describe('the next step of a run', () => {
  it.each<[string, Slice[], string]>([
    ['the first export that can begin', [ended(), waiting(), waiting()], 'export 1'],
    ['an export that is to be looked after, before one that can begin', [waiting(), exporting()], 'look 1'],
    ['an export that can begin, before reading', [reading(), waiting()], 'export 1'],
    ['no sixth export', [...Array<Slice>(5).fill(exporting({ dueAt: LATER })), waiting()], 'rest'],
    ['reading, when all exports have begun', [reading(), exporting({ dueAt: LATER })], 'read 0'],
    ['reading in order', [exporting({ dueAt: LATER }), reading()], 'rest'],
    [
      'reading past one that is put off after a failure',
      [waiting({ dueAt: LATER, tries: 1 }), reading()],
      'read 1',
    ],
    [
      'reading past the new export of one that failed',
      [exporting({ dueAt: LATER, tries: 1 }), reading()],
      'read 1',
    ],
    ['reading what failed before the others, once it is there', [reading({ tries: 1 }), reading()], 'read 0'],
    ['nothing, when nothing is due', [waiting({ dueAt: LATER })], 'rest'],
    ['the end, when all have ended', [ended(), ended('failed'), ended('skipped')], 'conclude'],
  ])('is %s', (_name, slices, step) => {
    expect(stepOf(slices)).toBe(step)
  })

  it('is to find out how far the store can be read, at first', () => {
    expect(stepOf([waiting()], { state: 'waiting' })).toBe('begin')
  })

  it('is up to a person, when it asks one', () => {
    expect(stepOf([ended()], { state: 'asking', hasSightings: true })).toBe('rest')
  })

  it.each(['finished', 'failed', 'cancelled'] as const)(
    'is to leave nothing behind, when it is %s',
    (state) => {
      expect(stepOf([ended()], { state })).toBe('rest')
      expect(stepOf([ended()], { state, hasSightings: true })).toBe('tidy')
      expect(stepOf([{ ...ended('cancelled'), exportId: 'e' }], { state })).toBe('tidy')
    },
  )
})
