import { describe, expect, it } from 'vitest'
import { aRun, aSlice } from '../../tests/support/slices'
import { type Reach } from '~/contracts/store-reader'
import { type Slice } from './read-run'
import { isIntact, snapshotOf, windowOf } from './window-of'

const TAKEN = '2026-11-21T12:00:00.000000000Z'
const NOW = new Date('2026-11-21T13:00:00Z')
const read = (more: Partial<Slice> = {}) =>
  aSlice({ resource: 'order', state: 'finished', takenAt: TAKEN, ...more })
const SIXTY = read({ createdFrom: new Date('2026-09-22T12:00:00Z') })
const OLDER = read({ createdUntil: new Date('2026-08-24T12:00:00Z') })
const skipped = { ...OLDER, state: 'skipped' as const, takenAt: null }
const since = (days: number): Reach => ({ kind: 'since', days, words: '' })

describe('what a run must have seen', () => {
  it('is everything, when it has read everything', () => {
    expect(windowOf(aRun([SIXTY, OLDER]), 'order', NOW)).toBeNull()
  })

  it('is what the store showed, a day less, for as long ago as it is by now', () => {
    expect(windowOf(aRun([SIXTY, skipped]), 'order', NOW)).toEqual(new Date('2026-09-23T13:00:00Z'))
  })
})

describe('what is missing may be taken for gone', () => {
  it.each<[string, Slice[], Reach, boolean]>([
    ['where all can be read', [SIXTY, OLDER], { kind: 'all' }, true],
    ['where the window is the one that was read', [SIXTY, skipped], since(60), true],
    ['not where nothing can be read any more', [SIXTY], { kind: 'none', words: '' }, false],
    ['not where the window has come in place of all', [SIXTY, OLDER], since(60), false],
    ['not where the window has become smaller', [SIXTY, skipped], since(30), false],
  ])('%s', (_name, slices, reach, intact) => {
    expect(isIntact(aRun(slices), 'order', reach, NOW)).toBe(intact)
  })
})

it('the snapshot is the newest that was read', () => {
  const later = '2026-11-21T12:05:00.000000000Z'
  expect(snapshotOf(aRun([SIXTY, { ...OLDER, takenAt: later }]), 'order')).toBe(later)
})
