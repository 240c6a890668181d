import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { plansOf, rowsReadBy } from '../../../tests/support/plans'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { type Resource } from '~/contracts/resource'
import { type Sql } from '~/db.server'
import { presentFreshness } from './freshness.server'
import { findShopScope } from './scope.server'

const NOW = new Date('2026-11-22T12:00:00Z')
const ago = (ms: number) => new Date(NOW.getTime() - ms)

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
  shop = await rows.shop(`fresh-${(shops += 1)}.myshopify.com`)
})

const view = async () => presentFreshness(test.db, (await findShopScope(test.db, shop.domain))!, NOW)
const freshness = async () => (await view()).all

/** A delivery that ended so long ago, so long after the change. */
async function delivered(
  took: number,
  more: { endedAt?: Date; outcome?: string; of?: ShopRows; resource?: Resource } = {},
) {
  const { endedAt = ago(60_000), outcome = 'delivered', of = shop, resource = 'product' } = more
  const changedAt = new Date(endedAt.getTime() - took)
  await rows.attempt(await rows.record(of, { resource }), { changedAt, startedAt: endedAt, endedAt, outcome })
}

describe('freshness', () => {
  it('is how long half of the last changes took, and 95 of a hundred', async () => {
    for (let n = 1; n <= 20; n += 1) await delivered(n * 100)
    expect(await freshness()).toEqual({ count: 20, p50Ms: 1_000, p95Ms: 1_900 })
  })

  it('is nothing before the first delivery, and a day after the last', async () => {
    expect(await freshness()).toBeNull()
    await delivered(100, { endedAt: ago(25 * 3_600_000) })
    expect(await freshness()).toBeNull()
  })

  it("counts deliveries of this shop's changes only", async () => {
    await delivered(100)
    await delivered(9_000, { outcome: 'rejected' })
    await delivered(9_000, { of: await rows.shop(`other-${shops}.myshopify.com`) })
    await rows.attempt(await rows.record(shop), { changedAt: null, startedAt: ago(1_000), endedAt: NOW })
    expect(await freshness()).toEqual({ count: 1, p50Ms: 100, p95Ms: 100 })
  })

  it('of a store whose clock is ahead is no time, and not less', async () => {
    await delivered(-500)
    expect(await freshness()).toEqual({ count: 1, p50Ms: 0, p95Ms: 0 })
  })

  it('is told of each resource, and in all', async () => {
    await delivered(100, { resource: 'order' })
    await delivered(300, { resource: 'order' })
    await delivered(9_000, { resource: 'product' })
    expect(await view()).toMatchObject({
      all: { count: 3, p50Ms: 300, p95Ms: 9_000 },
      byResource: {
        order: { count: 2, p50Ms: 100, p95Ms: 300 },
        product: { count: 1, p50Ms: 9_000, p95Ms: 9_000 },
        customer: null,
      },
    })
  })

  it('is about the last thousand changes of each resource: a busy one crowds out none, nor do failures or a backfill', async () => {
    const plant = async (count: number, more: { changed: string; outcome?: string; ageS: number }) => {
      const { id } = await rows.record(shop, { resource: 'order' })
      await test.db.query(
        `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId", "startedAt",
                                    "endedAt", "changedAt", "outcome", "action")
         SELECT gen_random_uuid(), $1, $2, 'order', 1, 1, 1, 't', t.at, t.at, ${more.changed}, $4, 'updated'
         FROM generate_series(1, ${count}) n, LATERAL (SELECT $3::timestamptz - n * interval '1 ms' AS at) t`,
        [shop.source.id, id, ago(more.ageS * 1_000), more.outcome ?? 'delivered'],
      )
    }
    await plant(3_000, { changed: 'NULL', ageS: 10 })
    await plant(2_000, { changed: `t.at - interval '1 s'`, outcome: 'unavailable', ageS: 20 })
    await plant(5_000, { changed: `t.at - interval '2 s'`, ageS: 30 })
    await delivered(500, { resource: 'category', endedAt: ago(23 * 3_600_000) })
    await test.db.query('ANALYZE "SyncAttempt"')

    expect((await view()).byResource).toMatchObject({
      order: { count: 1_000, p50Ms: 2_000, p95Ms: 2_000 },
      category: { count: 1, p50Ms: 500, p95Ms: 500 },
    })
    const scope = (await findShopScope(test.db, shop.domain))!
    const look = (sql: Sql) => presentFreshness({ ...test.db, ...sql }, scope, NOW)
    // Among them are other shops with few, which must not lead to a plan for few.
    for (let n = 0; n < 30; n++) await delivered(1, { of: await rows.shop(`small-${n}.myshopify.com`) })
    await plant(20_000, { changed: `t.at - interval '3 s'`, ageS: 60 })
    await test.db.query('ANALYZE "SyncAttempt"')
    const read = await rowsReadBy(test.db, look)
    expect((await plansOf(test.db, look)).join()).toContain('SyncAttempt_change_idx')
    await plant(40_000, { changed: `t.at - interval '3 s'`, ageS: 120 })
    await test.db.query('ANALYZE "SyncAttempt"')
    expect(await rowsReadBy(test.db, look)).toBe(read)
  })
})
