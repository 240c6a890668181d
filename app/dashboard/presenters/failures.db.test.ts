import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { plansOf } from '../../../tests/support/plans'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { presentFailures } from './failures.server'
import { findShopScope } from './scope.server'

const NOW = new Date('2026-11-22T12:00:00Z')
const PRICE = 'NO_PRICE\nprice of … is missing'

let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
})
beforeEach(async () => {
  await test.db.query(`TRUNCATE "Shop" CASCADE`)
  ours = await rows.shop('tea.myshopify.com')
  theirs = await rows.shop('coffee.myshopify.com')
})
afterAll(() => test.drop())

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const die = (minutes: number, more: object = {}, of = ours) =>
  rows.record(of, { state: 'dead', desiredHash: 'h', cause: PRICE, diedAt: minutesAgo(minutes), ...more })
const failures = async () => presentFailures(test.db, (await findShopScope(test.db, ours.domain))!, () => NOW)

describe('the failures of a shop', () => {
  it('are none at first', async () => {
    await rows.record(ours)
    await die(1, {}, theirs)
    expect(await failures()).toEqual({ now: NOW.toISOString(), total: 0, groups: [], more: 0 })
  })

  it('are grouped by resource and cause, the most first, with the latest three of each', async () => {
    for (const minutes of [50, 5, 40, 3, 4]) await die(minutes, { externalId: String(minutes) })
    await die(1, { resource: 'order', lastError: 'ada@example.com is taken.' })
    await die(1, { cause: '' })
    await die(1, {}, theirs)

    const { total, groups } = await failures()
    expect(total).toBe(7)
    expect(groups[0]).toMatchObject({
      ...{ resource: 'product', count: 5, kind: 'refused' },
      ...{ code: 'NO_PRICE', complaint: 'price of … is missing' },
    })
    expect(groups[0]!.latest.map(({ externalId }) => externalId)).toEqual(['3', '4', '5'])
    expect(groups.slice(1)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ resource: 'order', count: 1 }),
        expect.objectContaining({ resource: 'product', count: 1, kind: 'various', code: null }),
      ]),
    )
    const order = groups.find(({ resource }) => resource === 'order')
    expect(order?.latest[0]?.words).toBe('•••• is taken.')
  })

  it('come from all sources of the shop', async () => {
    const second = { ...ours, source: await rows.source(ours.id, 'tea.example', 'woocommerce') }
    await die(2, { externalId: 'a' })
    await die(1, { externalId: 'b' }, second)
    expect((await failures()).groups).toMatchObject([
      { count: 2, latest: [{ externalId: 'b' }, { externalId: 'a' }] },
    ])
  })

  it('are shown as far as there is room, and counted beyond', async () => {
    for (let n = 0; n < 27; n++) await die(1, { cause: `C${n}` })
    const { total, groups, more } = await failures()
    expect([total, groups.length, more]).toEqual([27, 25, 2])
  })

  it('are read from the counts, and down the index of what is dead', async () => {
    await test.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "cause", "diedAt")
       SELECT gen_random_uuid(), $1, 'product', n::text, CASE WHEN n % 4 = 0 THEN 'dead' ELSE 'in_step' END, 'h', 'C' || n % 3, $2
       FROM generate_series(1, 20000) n`,
      [ours.source.id, NOW],
    )
    await test.db.query('ANALYZE')
    const scope = (await findShopScope(test.db, ours.domain))!
    const plans = await plansOf(test.db, (sql) => presentFailures({ ...test.db, ...sql }, scope, () => NOW))
    expect(plans.length).toBeGreaterThan(1)
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on "SyncRecord"|Sort.*\n.*SyncRecord_source/)
    expect(plans.join('\n')).toContain('SyncRecord_dead_idx')
  })
})
