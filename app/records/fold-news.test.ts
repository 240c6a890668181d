import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asked,
  at,
  deletion,
  fold,
  hint,
  NOW,
  parts,
  second,
  state,
  version,
} from '../../tests/support/customer-news'
import { type RecordNews, type StateNews } from '../contracts/news'
import { canonicalJson } from '../lib/canonical-json'
import { foldNews, knownVersion } from './fold-news'
import { NOTHING, tombstone } from './known'

const timedNews: fc.Arbitrary<RecordNews> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(second, second, parts, fc.constantFrom('created', 'updated'))
      .map(([u, t, p, a]) => state(version(u, t), p, a as 'created')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.boolean())
      .map(([t, isMerge]) => deletion(version(t), isMerge ? { mergedIntoExternalId: '8' } : {})),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(second, fc.constantFrom('tags', 'totals', 'core'))
      .map(([t, p]) => hint(t, [p as 'tags'])),
  },
  { weight: 1, arbitrary: second.map(asked) },
)

/** Some news, and the same news in another order with some of it repeated. */
const reordered = fc.array(timedNews, { minLength: 1, maxLength: 8 }).chain((news) =>
  fc.tuple(
    fc.constant(news),
    fc
      .tuple(fc.shuffledSubarray(news, { minLength: news.length }), fc.shuffledSubarray(news))
      .map(([all, some]) => [...some, ...all]),
  ),
)

describe('folding news', () => {
  it('ends in the same state whatever the order and however often each piece arrives', () => {
    fc.assert(
      fc.property(reordered, ([news, shuffled]) => {
        expect(canonicalJson(fold(...shuffled))).toBe(canonicalJson(fold(...news)))
      }),
      { numRuns: 3_000 },
    )
  })

  it('changes nothing when any of the news comes again', () => {
    fc.assert(
      fc.property(fc.array(timedNews, { minLength: 1, maxLength: 6 }), fc.nat(), (news, pick) => {
        const known = fold(...news)
        expect(foldNews(known, news[pick % news.length]!, NOW).known).toBe(known)
      }),
    )
  })

  it('never moves the version backward', () => {
    fc.assert(
      fc.property(fc.array(timedNews, { minLength: 2, maxLength: 8 }), (news) => {
        let before = NOTHING
        for (const item of news) {
          const after = foldNews(before, item, NOW).known
          const [a, b] = [knownVersion(before), knownVersion(after)]
          expect([a.updatedAt, a.triggeredAt].join() <= [b.updatedAt, b.triggeredAt].join()).toBe(true)
          before = after
        }
      }),
    )
  })
})

describe('a state', () => {
  it('wins over an older one, part by part', () => {
    const known = fold(
      state(version(3), { core: { state: 'enabled' } }),
      state(version(2), { core: { state: 'disabled' }, tags: { tags: ['vip'] } }),
    )
    expect(known.parts.core).toMatchObject({ data: { state: 'enabled' }, asOf: version(3) })
    expect(known.parts.tags).toMatchObject({ data: { tags: ['vip'] }, asOf: version(2) })
  })

  it('clears nothing that it does not carry', () => {
    const full = state(version(1), { core: { display_name: 'Ada', locale: 'de' } })
    const redacted = state(version(2), { core: { locale: 'pt' } })
    for (const known of [fold(full, redacted), fold(redacted, full)]) {
      expect(known.parts.core?.data).toEqual({ display_name: 'Ada', locale: 'pt' })
      expect(known.parts.core?.asOf).toMatchObject(version(2))
    }
  })

  it('fills what newer news left open with the newest of the older', () => {
    const [one, two, three] = [
      state(version(1), { core: { locale: 'de' } }),
      state(version(2), { core: { locale: 'pt' } }),
      state(version(3), { core: { state: 'enabled' } }),
    ] as const
    expect(fold(three, one, two).parts.core?.data).toEqual({ state: 'enabled', locale: 'pt' })
    expect(fold(three, two, one).parts.core?.data).toEqual({ state: 'enabled', locale: 'pt' })
  })

  it('of the same update time wins by its trigger time', () => {
    const earlier = state(version(2, 2), { core: { state: 'disabled', locale: 'de' } })
    const later = state(version(2, 3), { core: { state: 'enabled' } })
    expect(fold(later, earlier)).toEqual(fold(earlier, later))
    expect(fold(later, earlier).parts.core?.data).toEqual({ state: 'enabled', locale: 'de' })
  })

  it('of the same version and other content is taken whole or not at all where they conflict', () => {
    const a = state(version(2), { core: { state: 'disabled', locale: 'de' } })
    const b = state(version(2), { core: { state: 'enabled', locale: 'pt' } })
    expect([a, b].map(({ parts }) => parts.core)).toContainEqual(fold(a, b).parts.core?.data)
    expect(fold(a, b)).toEqual(fold(b, a))
  })

  it('without an update time is older than any with one', () => {
    const timeless = state(version(0, 5), { core: { state: 'disabled' } })
    const timed = state(version(1), { core: { state: 'enabled' } })
    expect(fold(timed, timeless).parts.core?.data).toEqual({ state: 'enabled' })
  })

  it('that is older than everything held is outdated; the same again is not', () => {
    const known = fold(state(version(3), { core: { state: 'enabled' } }))
    expect(foldNews(known, state(version(2), { core: { state: 'disabled' } }), NOW).outdated).toBe(true)
    expect(foldNews(known, state(version(3), { core: { state: 'enabled' } }), NOW).outdated).toBe(false)
  })

  it('of the same version that loses to other content is outdated, and not told as having altered nothing', () => {
    const [a, b] = ['disabled', 'enabled'].map((word) => state(version(3), { core: { state: word } })) as [
      StateNews,
      StateNews,
    ]
    const outcomes = [foldNews(fold(a), b, NOW), foldNews(fold(b), a, NOW)]
    expect(outcomes.filter(({ outdated }) => outdated)).toHaveLength(1)
  })

  it('gives the action and the update time of its newest core only', () => {
    const known = fold(
      state(version(2), { core: {} }, 'created'),
      state(version(1), { core: {} }),
      state(version(3), { tags: { tags: [] } }),
    )
    expect(known).toMatchObject({ action: 'created', updatedAt: at(2) })
  })
})

describe('a deletion', () => {
  const alive = state(version(2), { core: { state: 'enabled' }, tags: { tags: ['vip'] } })

  it('leaves a tombstone that nothing older undoes', () => {
    const known = fold(
      alive,
      deletion(version(3)),
      state(version(3, 2), { core: { state: 'enabled' } }),
      alive,
    )
    expect(tombstone(known)).toEqual({ version: version(3), deletedAt: at(3) })
    expect(known.parts).toEqual({})
  })

  it('is undone by a newer core, which brings nothing back from before', () => {
    const known = fold(alive, deletion(version(3)), state(version(4), { core: { locale: 'de' } }), alive)
    expect(tombstone(known)).toBeNull()
    expect(Object.keys(known.parts)).toEqual(['core'])
    expect(known.parts.core?.data).toEqual({ locale: 'de' })
  })

  it('is not undone by newer news of another part, which would leave a record without its core', () => {
    const known = fold(alive, deletion(version(3)), state(version(4), { tags: { tags: ['ghost'] } }))
    expect(tombstone(known)).toMatchObject({ version: version(3) })
  })

  it('that arrives late takes away what is older than it, and leaves what is newer', () => {
    const known = fold(alive, state(version(4), { core: { locale: 'de' } }), deletion(version(3)))
    expect(tombstone(known)).toBeNull()
    expect(known.parts).toMatchObject({ core: { data: { locale: 'de' } } })
    expect(known.parts.core?.data).not.toHaveProperty('state')
    expect(known.parts).not.toHaveProperty('tags')
  })

  it('without any time deletes what is held, once', () => {
    const known = fold(alive, deletion(version(0)))
    expect(tombstone(known)).toEqual({ version: version(2), deletedAt: NOW })
    expect(foldNews(known, deletion(version(0)), '2026-11-22T00:00:00.000Z').known).toBe(known)
    expect(foldNews(known, alive, NOW)).toEqual({ known, outdated: true })
  })

  it('without any time deletes a record that nothing is known of', () => {
    expect(tombstone(fold(deletion(version(0))))).toMatchObject({ deletedAt: NOW })
  })

  it('keeps what the customer was merged into, whichever of two deletions says so', () => {
    const merge = deletion(version(3), { mergedIntoExternalId: '8' })
    for (const known of [fold(merge, deletion(version(4))), fold(deletion(version(4)), merge)])
      expect(tombstone(known)).toEqual({ version: version(4), deletedAt: at(4), mergedIntoExternalId: '8' })
  })

  it('that is older than a newer core is outdated', () => {
    const known = fold(state(version(4), { core: {} }))
    expect(foldNews(known, deletion(version(3)), NOW).outdated).toBe(true)
  })
})

describe('a hint', () => {
  it('that names an update time says nothing to whoever knows the record as of then', () => {
    const known = fold(state(version(2), { core: { locale: 'en' } }))
    const named = (changed: number) => ({ ...hint(9, ['core']), changedAt: at(changed) })
    expect(foldNews(known, named(2), NOW).known).toBe(known)
    expect(foldNews(known, named(3), NOW).known.hints).toEqual({ core: at(9) })
  })

  it('never moves the version and never touches a field', () => {
    const known = fold(state(version(2), { tags: { tags: ['vip'] }, core: {} }))
    const hinted = foldNews(known, hint(9), NOW).known
    expect(hinted).toEqual({ ...known, hints: { tags: at(9) } })
    expect(knownVersion(hinted)).toEqual(knownVersion(known))
  })

  it('is kept by part, the newest of each', () => {
    expect(fold(hint(3), hint(1), hint(2, ['totals'])).hints).toEqual({ tags: at(3), totals: at(2) })
  })

  it('without a time still marks its part', () => {
    expect(fold(hint(0)).hints).toEqual({ tags: '' })
  })

  it('from before a deletion is forgotten, whichever came first', () => {
    expect(fold(hint(2), deletion(version(3))).hints).toEqual({})
    expect(fold(deletion(version(3)), hint(2)).hints).toEqual({})
    expect(fold(deletion(version(3)), hint(4)).hints).toEqual({ tags: at(4) })
  })
})
