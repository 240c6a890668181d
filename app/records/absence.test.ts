import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, deletion, fold, hint, NOW, parts, state, version } from '../../tests/support/customer-news'
import { type RecordNews } from '../contracts/news'
import { canonicalJson } from '../lib/canonical-json'
import { foldNews, knownVersion } from './fold-news'
import { tombstone } from './known'

/** That the record was not found in the store as that was at that second. */
const absence = (second: number) => deletion(version(second), { isInferred: true })

const LAST = 6
const second = fc.integer({ min: 1, max: LAST })

/** The update time at each second of a store whose clock never goes back: it stays, or becomes the present one. */
const history = fc
  .array(fc.boolean(), { minLength: LAST, maxLength: LAST })
  .map((changes) =>
    changes.reduce<number[]>((all, isChange, n) => [...all, isChange ? n + 1 : (all.at(-1) ?? 1)], []),
  )

/** What such a store says of one record, in the order in which it was said. */
const news = history.chain((updatedAt) => {
  const said = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(second, parts).map(([t, p]) => state(version(updatedAt[t - 1]!, t), p)),
    },
    { weight: 2, arbitrary: second.map(absence) },
    { weight: 1, arbitrary: second.map((t) => deletion(version(t))) },
    { weight: 1, arbitrary: second.map((t) => hint(t)) },
  )
  return fc.array<RecordNews>(said, { minLength: 1, maxLength: 8 })
})
const shuffledToo = news.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
)

describe('an inferred deletion', () => {
  it('ends in the same state whatever the order of arrival', () => {
    fc.assert(
      fc.property(shuffledToo, ([all, shuffled]) => {
        expect(canonicalJson(fold(...shuffled))).toBe(canonicalJson(fold(...all)))
      }),
      { numRuns: 3_000 },
    )
  })

  it('never outlives a core that was fetched after it, whatever its update time', () => {
    fc.assert(
      fc.property(shuffledToo, ([, all]) => {
        const ends = all.filter(({ kind }) => kind === 'deletion')
        const isReal = ends.some((end) => !('isInferred' in end))
        const latest =
          ends
            .map((end) => ('version' in end ? end.version.triggeredAt : ''))
            .sort()
            .at(-1) ?? ''
        const isSeen = all.some(
          (each) => each.kind === 'state' && each.parts.core && each.version.triggeredAt > latest,
        )
        if (!isReal && isSeen) expect(tombstone(fold(...all))).toBeNull()
      }),
      { numRuns: 3_000 },
    )
  })

  it('changes nothing of what a deletion that was told takes away', () => {
    fc.assert(
      fc.property(news, second, (all, end) => {
        const known = fold(...all, deletion(version(end)))
        const { core } = known.parts
        if (core) expect(core.asOf.updatedAt > at(end) || core.asOf.triggeredAt > at(end)).toBe(true)
        else expect(knownVersion(known).updatedAt >= at(end)).toBe(true)
      }),
    )
  })

  it('deletes what is not seen again', () => {
    const known = fold(state(version(2, 3), { core: { locale: 'de' } }), absence(4))
    expect(tombstone(known)).toMatchObject({ version: version(4), deletedAt: at(4) })
    expect(known.parts).toEqual({})
  })

  it('is undone by a fetch after it, of a record that was not changed since', () => {
    const fetched = state(version(2, 5), { core: { locale: 'de' } })
    for (const known of [fold(absence(4), fetched), fold(fetched, absence(4))]) {
      expect(tombstone(known)).toBeNull()
      expect(knownVersion(known)).toEqual(version(2, 5))
    }
  })

  it('is not undone by a fetch before it', () => {
    const known = fold(absence(4), state(version(2, 3), { core: { locale: 'de' } }))
    expect(tombstone(known)).not.toBeNull()
  })

  it('does not help what a real deletion outranks', () => {
    const late = state(version(2, 5), { core: { locale: 'de' } })
    for (const known of [
      fold(deletion(version(3)), absence(4), late),
      fold(late, absence(4), deletion(version(3))),
    ])
      expect(tombstone(known)).toMatchObject({ version: version(4) })
  })

  it('does not forget what the customer was merged into', () => {
    const known = fold(deletion(version(3), { mergedIntoExternalId: '8' }), absence(4))
    expect(tombstone(known)).toMatchObject({ mergedIntoExternalId: '8' })
  })

  it('that is older than what is held is outdated', () => {
    const known = fold(state(version(2, 5), { core: {} }))
    expect(foldNews(known, absence(4), NOW).outdated).toBe(true)
  })
})
