import fc from 'fast-check'
import {
  type AskedNews,
  type DeletionNews,
  type HintNews,
  type RecordNews,
  type StateNews,
} from '~/contracts/news'
import { type PartsOf } from '~/contracts/parts'
import { type Version } from '~/contracts/version'
import { foldNews } from '~/records/fold-news'
import { type Known, NOTHING } from '~/records/known'

export const NOW = '2026-11-21T12:00:00.000Z'

/** A time of the source: the n-th second of one minute, sortable; empty for 0. */
export const at = (second: number): string =>
  second === 0 ? '' : `2026-11-21T10:00:${String(second).padStart(2, '0')}.000000000Z`
export const version = (updated: number, triggered = updated): Version => ({
  updatedAt: at(updated),
  triggeredAt: at(triggered),
})

export const state = (
  v: Version,
  parts: PartsOf<'customer'>,
  action: StateNews['action'] = 'updated',
): StateNews => ({
  kind: 'state',
  resource: 'customer',
  externalId: '7',
  action,
  version: v,
  updatedAt: v.updatedAt === '' ? null : v.updatedAt,
  parts,
})
export const deletion = (v: Version, more: Partial<DeletionNews> = {}): DeletionNews => ({
  kind: 'deletion',
  resource: 'customer',
  externalId: '7',
  version: v,
  deletedAt: v.updatedAt === '' ? null : v.updatedAt,
  ...more,
})
export const hint = (second: number, parts: HintNews['parts'] = ['tags']): HintNews => ({
  kind: 'hint',
  resource: 'customer',
  externalId: '7',
  parts,
  hintedAt: at(second),
})

/** That the store was asked for everything of it at that second. */
export const asked = (second: number): AskedNews => ({
  kind: 'asked',
  resource: 'customer',
  externalId: '7',
  askedAt: at(second),
})

export const fold = (...news: RecordNews[]): Known =>
  news.reduce<Known>((known, item) => foldNews(known, item, NOW).known, NOTHING)

/** News of one record with few values and few times, so that equal versions, gaps and conflicts abound. */
export const second = fc.integer({ min: 0, max: 5 })
const core = fc.record(
  {
    display_name: fc.constantFrom('Ada', 'Grace', null),
    state: fc.constantFrom('enabled', 'disabled'),
    locale: fc.constantFrom('de', 'pt'),
  },
  { requiredKeys: [] },
)
export const parts: fc.Arbitrary<PartsOf<'customer'>> = fc.record(
  {
    core,
    tags: fc.record({ tags: fc.subarray(['new', 'vip']) }),
    totals: fc.record(
      { order_count: fc.nat(3), total_spent: fc.constantFrom('1.00', '2.00') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)
