import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asked,
  at,
  deletion,
  fold,
  hint,
  parts,
  second,
  state,
  version,
} from '../../tests/support/customer-news'
import { type RecordNews } from '../contracts/news'
import { NOTHING } from './known'
import { staleParts } from './stale-parts'

const stale = (...news: RecordNews[]) => staleParts('customer', fold(...news))

const WHOLE = {
  core: { locale: 'de' },
  tags: { tags: ['vip'] },
  totals: { order_count: 1 },
  consent: { email_consent: null },
}
const LACKING = ['tags', 'totals', 'consent']

const anyNews: fc.Arbitrary<RecordNews> = fc.oneof(
  fc.tuple(second, second, parts).map(([u, t, p]) => state(version(u, t), p)),
  second.map((t) => hint(t)),
  second.map((t) => hint(t, ['core', 'totals'])),
  second.map(asked),
)
const history = fc.array(anyNews, { maxLength: 6 })

describe('what the store is to be asked for', () => {
  it('is never anything after an answer that is newer than all that was said', () => {
    fc.assert(
      fc.property(history, parts, (news, answer) => {
        expect(stale(...news, state(version(9), answer), asked(9))).toEqual([])
      }),
    )
  })

  it('is something again with the next change that lacks it', () => {
    fc.assert(
      fc.property(history, (news) => {
        const answered = [...news, state(version(8), WHOLE), asked(8)]
        expect(stale(...answered)).toEqual([])
        expect(stale(...answered, state(version(9), { core: { locale: 'pt' } }))).toEqual(LACKING)
      }),
    )
  })

  it('is what a hint names that came after the answer, and no more', () => {
    fc.assert(
      fc.property(history, (news) => {
        const answered = [...news, state(version(8), WHOLE), asked(8)]
        expect(stale(...answered, hint(9, ['tags']))).toEqual(['tags'])
        expect(stale(...answered, hint(8, ['tags']))).toEqual([])
      }),
    )
  })

  it('follows from what is known, whatever the order in which it came', () => {
    fc.assert(
      fc.property(
        history.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(stale(...shuffled)).toEqual(stale(...all))
        },
      ),
    )
  })

  it('is nothing of a record that nobody has spoken of', () => {
    expect(staleParts('customer', NOTHING)).toEqual([])
  })

  it('is what a payload lacks', () => {
    expect(stale(state(version(1), { core: { locale: 'de' } }))).toEqual(LACKING)
    expect(stale(state(version(1), WHOLE))).toEqual([])
  })

  it('is what is older than the core', () => {
    const before = state(version(1), WHOLE)
    expect(stale(before, state(version(2), { core: {}, tags: { tags: [] } }))).toEqual(['totals', 'consent'])
  })

  it('is what was told before the core, in the same second', () => {
    const before = state(version(1, 2), WHOLE)
    expect(stale(before, asked(2), state(version(1, 3), { core: {} }))).toEqual(LACKING)
    expect(stale(before, asked(2), state(version(1, 1), { core: {} }))).toEqual([])
  })

  it('is everything of a record that only a hint has named', () => {
    expect(stale(hint(1))).toEqual(['core', ...LACKING])
    expect(stale(hint(0))).toEqual(['core', ...LACKING])
  })

  it('is nothing that the store withheld when it was asked, until the record changes again', () => {
    const denied = [
      state(version(1), { core: {} }),
      state(version(1, 2), { core: {}, tags: { tags: [] } }),
      asked(2),
    ]
    expect(stale(...denied)).toEqual([])
    expect(stale(...denied, state(version(3), { core: {} }))).toEqual(LACKING)
  })

  it('is nothing of a record that the store did not have when it was asked', () => {
    expect(stale(hint(3), asked(4))).toEqual([])
  })

  it('is nothing of a record that is gone', () => {
    expect(stale(state(version(1), { core: {} }), deletion(version(2)), hint(3))).toEqual([])
    const missing = deletion(version(2), { isInferred: true })
    expect(stale(state(version(1), { core: {} }), missing)).toEqual([])
    expect(stale(hint(1, ['core']), deletion(version(2)))).toEqual([])
  })

  it('is the core of a record that is gone where that was heard of since: it may have come back', () => {
    const back = [state(version(1), { core: {} }), deletion(version(2)), hint(3, ['core', 'tags'])]
    expect(stale(...back)).toEqual(['core'])
    expect(stale(...back, asked(3))).toEqual([])
    const found = [deletion(version(2), { isInferred: true }), hint(3, ['core'])]
    expect(stale(...found)).toEqual(['core'])
  })

  it('goes by the update time where a payload names no trigger', () => {
    expect(stale(asked(2), state(version(3, 0), { core: {} }))).toEqual(LACKING)
    expect(stale(asked(3), state(version(3, 0), { core: {} }))).toEqual([])
    expect(at(0)).toBe('')
  })
})
