import { type SyncRun, type SyncSlice } from '@prisma/client'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dismissNotice } from '~/shops/dismiss-notice'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { plansOf } from '../../../tests/support/plans'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { presentOverview } from './overview.server'
import { presentRuns } from './runs.server'
import { findShopScope } from './scope.server'

const NOW = new Date('2026-11-22T12:00:00Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)

let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let shop: ShopRows
let shops = 0

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
})
afterAll(() => test.drop())
beforeEach(async () => {
  shop = await rows.shop(`runs-${(shops += 1)}.myshopify.com`)
})

const scope = async () => (await findShopScope(test.db, shop.domain))!
const runs = async () => presentRuns(test.db, await scope(), NOW)

async function plant(
  run: Partial<Omit<SyncRun, 'missed'>>,
  slices: Partial<SyncSlice>[] = [],
  of = shop,
): Promise<string> {
  const id = uuid()
  const sourceConnectionId = of.source.id
  await test.db.prisma.syncRun.create({
    data: { id, sourceConnectionId, kind: 'backfill', state: 'running', startedAt: ago(60), ...run },
  })
  for (const [ordinal, slice] of slices.entries())
    await test.db.prisma.syncSlice.create({
      data: {
        id: uuid(),
        runId: id,
        sourceConnectionId,
        ordinal,
        resource: 'order',
        state: 'waiting',
        ...slice,
      },
    })
  return id
}

describe('the runs of a shop', () => {
  it('that are under way have the progress of each resource', async () => {
    const id = await plant({ detail: 'Everything.' }, [
      { resource: 'product', state: 'finished', records: 30, readRecords: 30, startedAt: ago(50) },
      { state: 'reading', records: 100, readRecords: 40, startedAt: ago(10) },
      { state: 'exporting', code: 'EXPORT_FAILED', detail: 'The export failed, and is tried again.' },
    ])

    const { open } = await runs()

    expect(open).toMatchObject([{ id, kind: 'backfill', state: 'running', words: 'Everything.' }])
    expect(open[0]?.progress).toMatchObject([
      { resource: 'product', state: 'finished', read: 30, total: 30, words: null },
      {
        resource: 'order',
        state: 'reading',
        read: 40,
        total: null,
        perSecond: 4,
        words: 'The export failed, and is tried again.',
      },
    ])
  })

  it('that cannot come to their end say why, once all is read', async () => {
    const read = { resource: 'product', state: 'finished', endedAt: ago(50) }
    await plant({ kind: 'deep-reconciliation', rests: 'Shopify cannot be reached.' }, [read])
    await plant({ startedAt: ago(50) }, [read, { state: 'reading' }])
    await plant(
      {
        kind: 'deep-reconciliation',
        state: 'asking',
        rests: 'Shopify cannot be reached.',
        startedAt: ago(40),
      },
      [read],
    )

    expect((await runs()).open).toMatchObject([
      { isEnding: true, rests: 'Shopify cannot be reached.' },
      { isEnding: false, rests: null },
      { isEnding: false, rests: null },
    ])
  })

  it('are kept apart: a look at all records, a run that asks, those of others, and light reconciliations', async () => {
    const other = await rows.shop(`others-${shops}.myshopify.com`)
    await plant({}, [], other)
    await plant({ kind: 'reconciliation' })
    const look = await plant({
      kind: 're-evaluation',
      detail: 'A new address.',
      done: 3,
      total: 9,
      changed: 1,
    })
    const asking = await plant({ kind: 'deep-reconciliation', state: 'asking', gone: 40 })

    const { reevaluations, open, ended } = await runs()

    expect(reevaluations).toEqual([
      { id: look, resource: null, done: 3, total: 9, changed: 1, reason: 'A new address.' },
    ])
    expect(open).toMatchObject([{ id: asking, state: 'asking', gone: 40 }])
    expect(ended).toEqual([])
    const { urgent } = await presentOverview(test.db, await scope(), 'day', () => NOW)
    expect(urgent).toEqual({ kind: 'asking' })
  })

  it('that have ended are told of each kind the last, the newest first', async () => {
    await plant({ state: 'finished', endedAt: ago(900) })
    const failed = await plant({ state: 'failed', endedAt: ago(300), detail: 'Two rows were missing.' })
    const light = await plant({
      kind: 'reconciliation',
      state: 'finished',
      endedAt: ago(20),
      detail: 'All well.',
    })
    const digest = await plant({
      kind: 'digest',
      state: 'finished',
      endedAt: ago(10),
      detail: 'As delivered.',
    })

    expect((await runs()).ended).toEqual([
      {
        id: digest,
        kind: 'digest',
        state: 'finished',
        endedAt: ago(10).toISOString(),
        words: 'As delivered.',
      },
      {
        id: light,
        kind: 'reconciliation',
        state: 'finished',
        endedAt: ago(20).toISOString(),
        words: 'All well.',
      },
      {
        id: failed,
        kind: 'backfill',
        state: 'failed',
        endedAt: ago(300).toISOString(),
        words: 'Two rows were missing.',
      },
    ])
  })

  it('are found down an index among many', async () => {
    await test.db.query(
      `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "startedAt", "endedAt")
       SELECT gen_random_uuid(), $1, 'reconciliation', 'finished', $2, $2 FROM generate_series(1, 20000)`,
      [shop.source.id, NOW],
    )
    await test.db.query('ANALYZE "SyncRun"')
    const own = await scope()
    const plans = await plansOf(test.db, (sql) => presentRuns({ ...test.db, ...sql }, own, NOW))
    expect(plans.join()).toContain('SyncRun_sourceConnectionId_kind_endedAt_idx')
    expect(plans.join()).not.toContain('Seq Scan on "SyncRun"')
  })
})

describe('what of the store is out of reach', () => {
  it('is told in one banner, when nothing is more urgent', async () => {
    const reach = (resource: string, more: object) =>
      test.db.prisma.sourceReach.create({
        data: { sourceConnectionId: shop.source.id, resource, reach: 'all', deniedFields: [], ...more },
      })
    await reach('product', {})
    await reach('customer', { deniedFields: ['Customer.email'] })
    await reach('order', { reach: 'since', days: 60, reason: 'Orders of the last 60 days only.' })

    const { urgent, reach: told } = await presentOverview(test.db, await scope(), 'day', () => NOW)

    expect(told).toEqual([
      { resource: 'customer', words: null, denied: ['Customer.email'] },
      { resource: 'order', words: 'Orders of the last 60 days only.', denied: [] },
    ])
    expect(urgent).toMatchObject({
      kind: 'reach',
      words: ['Orders of the last 60 days only.'],
      denied: ['Customer.email'],
    })
  })

  it('is not told again once a person has put it away, until it is another', async () => {
    const reach = (resource: string, deniedFields: string[]) =>
      test.db.prisma.sourceReach.create({
        data: { sourceConnectionId: shop.source.id, resource, reach: 'all', deniedFields },
      })
    const told = async () => (await presentOverview(test.db, await scope(), 'day', () => NOW)).urgent
    await reach('customer', ['Customer.email'])
    const urgent = await told()
    if (urgent?.kind !== 'reach') throw new Error('nothing is told')

    await dismissNotice(test.db, shop.id, urgent.notice, NOW)
    await dismissNotice(test.db, shop.id, urgent.notice, NOW)
    expect(await told()).toBeNull()

    await reach('order', ['Order.email'])
    expect(await told()).toMatchObject({ kind: 'reach', denied: ['Customer.email', 'Order.email'] })
  })
})
