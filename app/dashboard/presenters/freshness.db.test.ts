import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { plansOf } from '../../../tests/support/plans'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
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

const freshness = async () => presentFreshness(test.db, (await findShopScope(test.db, shop.domain))!, NOW)

/** A delivery that ended so long ago, so long after the change. */
async function delivered(took: number, more: { endedAt?: Date; outcome?: string; of?: ShopRows } = {}) {
  const { endedAt = ago(60_000), outcome = 'delivered', of = shop } = more
  const changedAt = new Date(endedAt.getTime() - took)
  await rows.attempt(await rows.record(of), { changedAt, startedAt: endedAt, endedAt, outcome })
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

  it('looks at the last thousand attempts, however many there are', async () => {
    const { id } = await rows.record(shop)
    await test.db.query(
      `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "revision", "generation", "number", "traceId", "startedAt",
                                  "endedAt", "changedAt", "outcome", "action")
       SELECT gen_random_uuid(), $1, $2, 1, 1, 1, 't', $3::timestamptz - n * interval '1 second', $3, $3, 'delivered', 'updated'
       FROM generate_series(1, 5000) n`,
      [shop.source.id, id, NOW],
    )
    await test.db.query('ANALYZE "SyncAttempt"')
    expect((await freshness())?.count).toBe(1_000)
    const scope = (await findShopScope(test.db, shop.domain))!
    const plans = await plansOf(test.db, (sql) => presentFreshness({ ...test.db, ...sql }, scope, NOW))
    expect(plans.join()).toContain('SyncAttempt_sourceConnectionId_startedAt_id_idx')
  })
})
