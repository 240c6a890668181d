import { expect, it } from 'vitest'
import { at } from '../../tests/support/stages'
import { type RecordContext } from '~/contracts/record-context'
import { type RecordNews } from '~/contracts/news'
import { type EventOutcome } from '~/contracts/states'
import { type TakenRecord } from '~/records/take-records'
import { missedByWebhooks } from './missed-by-webhooks'

/** When the store was read. */
const READ = 12 * 3_600
const about = { resource: 'product', externalId: '7' } as const
const state = (updated: number): RecordNews => ({
  kind: 'state',
  ...about,
  action: 'updated',
  version: { updatedAt: at(updated), triggeredAt: at(READ) },
  updatedAt: at(updated),
  parts: {},
})
const deletion: RecordNews = {
  kind: 'deletion',
  ...about,
  version: { updatedAt: at(READ), triggeredAt: at(READ) },
  deletedAt: null,
  isInferred: true,
}
const hint = (updated?: number): RecordNews => ({
  kind: 'hint',
  ...about,
  parts: [],
  hintedAt: at(READ),
  ...(updated === undefined ? {} : { changedAt: at(updated) }),
})

it.each<[string, RecordNews, string, EventOutcome, object]>([
  ['a record that is not known', state(20), '', 'changed', { 'products/create': 1 }],
  ['a newer state', state(20), at(10), 'changed', { 'products/update': 1 }],
  ['a record that is gone', deletion, at(10), 'changed', { 'products/delete': 1 }],
  ['a newer state that is to be asked for', hint(20), at(10), 'hint', { 'products/update': 1 }],
  ['no other state of the same time', state(10), at(10), 'changed', {}],
  ['no older state', state(10), at(20), 'outdated', {}],
  ['no newer state that is what is held', state(20), at(10), 'unchanged', {}],
  ['no state of just now', state(READ - 60), at(10), 'changed', {}],
  ['nothing that names no time', hint(), at(10), 'hint', {}],
  ['no deletion that is known', deletion, at(10), 'unchanged', {}],
])('a missed webhook is that of %s', (_case, news, desiredUpdatedAt, outcome, missed) => {
  const context = {} as RecordContext
  const item = { recordId: 'r', context, externalId: '7', news }
  const taken = [{ row: { id: 'r', desiredUpdatedAt } }] as TakenRecord[]
  expect(missedByWebhooks('product', [item], taken, [outcome])).toEqual(missed)
})
