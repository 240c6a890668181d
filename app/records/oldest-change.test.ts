import { describe, expect, it } from 'vitest'
import { type HintNews } from '~/contracts/news'
import { RecordState } from '~/contracts/states'
import { changedAtOf, oldestChange } from './oldest-change'

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, second))
const text = (second: number) => at(second).toISOString().replace('Z', '000000Z')

describe('the oldest change that the SaaS has not been sent', () => {
  const ATTENDED: RecordState[] = ['dead', 'excluded']

  it.each(RecordState.options.filter((state) => !ATTENDED.includes(state)))(
    'of a record that is %s stays the oldest that was told of',
    (state) => {
      expect(oldestChange({ state, changedAt: at(5) }, [at(9), at(7)])).toEqual(at(5))
      expect(oldestChange({ state, changedAt: at(5) }, [at(3)])).toEqual(at(3))
      expect(oldestChange({ state, changedAt: null }, [at(9), at(7)])).toEqual(at(7))
    },
  )

  it.each(ATTENDED)('of a record that is %s begins anew with the next', (state) => {
    expect(oldestChange({ state, changedAt: at(5) }, [at(9)])).toEqual(at(9))
  })

  it('is as it was where nothing was told that is a change', () => {
    for (const state of RecordState.options)
      expect(oldestChange({ state, changedAt: at(5) }, [])).toEqual(at(5))
    expect(oldestChange({ state: 'in_step', changedAt: null }, [])).toBeNull()
  })
})

describe('when a change happened', () => {
  const about = { resource: 'order', externalId: '7' } as const

  it('is when its webhook was triggered, or else when the record says that it was updated', () => {
    const deletion = { kind: 'deletion', ...about, deletedAt: null } as const
    expect(changedAtOf({ ...deletion, version: { updatedAt: text(1), triggeredAt: text(2) } })).toEqual(at(2))
    expect(changedAtOf({ ...deletion, version: { updatedAt: text(1), triggeredAt: '' } })).toEqual(at(1))
  })

  it('of a hint is when it was given, or the update time that it is about', () => {
    const hint: HintNews = { kind: 'hint', ...about, parts: [], hintedAt: text(9) }
    expect(changedAtOf(hint)).toEqual(at(9))
    expect(changedAtOf({ ...hint, changedAt: text(3) })).toEqual(at(3))
    expect(changedAtOf({ ...hint, hintedAt: '' })).toBeNull()
  })

  it('is not told by an answer', () => {
    expect(changedAtOf({ kind: 'asked', ...about, askedAt: text(9) })).toBeNull()
  })
})
