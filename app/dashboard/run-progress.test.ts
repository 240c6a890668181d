import { describe, expect, it } from 'vitest'
import { progressOf, type SliceView } from './run-progress'

const NOW = new Date('2026-11-22T12:00:00Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)

function slice(more: Partial<SliceView>): SliceView {
  return {
    resource: 'order',
    state: 'waiting',
    records: null,
    read: 0,
    startedAt: null,
    words: null,
    ...more,
  }
}

describe('the progress of a run', () => {
  it('has each resource that it reads, in the order in which a store is read', () => {
    const progress = progressOf([slice({}), slice({ resource: 'product' })], NOW)
    expect(progress.map(({ resource }) => resource)).toEqual(['product', 'order'])
  })

  it('tells rate and time left while records are read', () => {
    const reading = slice({ state: 'reading', records: 5_000, read: 2_000, startedAt: ago(10) })
    expect(progressOf([reading], NOW)).toEqual([
      {
        resource: 'order',
        state: 'reading',
        read: 2_000,
        total: 5_000,
        perSecond: 200,
        leftMs: 15_000,
        words: null,
      },
    ])
  })

  it('knows no total, and no end, until every slice of the resource is counted', () => {
    const done = slice({ state: 'finished', records: 10, read: 10, startedAt: ago(9) })
    const [orders] = progressOf([done, slice({ state: 'exporting' })], NOW)
    expect(orders).toMatchObject({ state: 'exporting', read: 10, total: null, perSecond: null, leftMs: null })
  })

  it('does not wait for what is left out, and says why it is', () => {
    const done = slice({ state: 'finished', records: 10, read: 10 })
    const [orders] = progressOf([done, slice({ state: 'skipped', words: 'Out of reach.' })], NOW)
    expect(orders).toMatchObject({ state: 'finished', read: 10, total: 10, words: 'Out of reach.' })
  })

  it('names what has failed only when nothing is done about it any more', () => {
    const failed = slice({ state: 'failed', words: 'The store gave no answer.' })
    expect(progressOf([failed, slice({ state: 'reading' })], NOW)[0]?.state).toBe('reading')
    expect(progressOf([failed, slice({ state: 'finished', records: 1, read: 1 })], NOW)[0]?.state).toBe(
      'failed',
    )
  })

  it('judges no rate by a moment', () => {
    const begun = slice({ state: 'reading', records: 5_000, read: 500, startedAt: ago(0.1) })
    expect(progressOf([begun], NOW)[0]).toMatchObject({ perSecond: null, leftMs: null })
  })

  it('with more records than the store counted is complete, and not beyond', () => {
    const [orders] = progressOf([slice({ state: 'reading', records: 5, read: 7, startedAt: ago(7) })], NOW)
    expect(orders).toMatchObject({ total: 7, leftMs: 0 })
  })
})
