import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { presentDeliveries } from './deliveries.server'
import { findShopScope } from './scope.server'

const NOW = new Date('2026-11-22T10:40:00Z')

let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
let shops = 0

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
})
afterAll(() => test.drop())
beforeEach(async () => {
  shops += 1
  ours = await rows.shop(`deliveries-${shops}.myshopify.com`, {}, 'America/Sao_Paulo')
  theirs = await rows.shop(`neighbour-${shops}.myshopify.com`)
})

const count = (shop: ShopRows, hour: string, outcome: string, attempts: number) =>
  test.db.prisma.deliveryStatistic.create({
    data: { sourceConnectionId: shop.source.id, hour: new Date(hour), outcome, attempts },
  })
const deliveries = async (range: 'day' | 'week' | 'month', now = NOW) =>
  presentDeliveries(test.db, (await findShopScope(test.db, ours.domain))!, range, now)

describe('the deliveries of a while', () => {
  it('of a day are the last 24 hours, empty ones too, and nobody else’s', async () => {
    await count(ours, '2026-11-22T10:00:00Z', 'delivered', 5)
    await count(ours, '2026-11-22T10:00:00Z', 'superseded', 1)
    await count(ours, '2026-11-22T10:00:00Z', 'in_flight', 7)
    await count(ours, '2026-11-21T11:00:00Z', 'unavailable', 2)
    await count(ours, '2026-11-21T11:00:00Z', 'waits', 9)
    await count(ours, '2026-11-21T10:00:00Z', 'delivered', 100)
    await count(theirs, '2026-11-22T10:00:00Z', 'delivered', 50)

    const { bars, taken, failed } = await deliveries('day')

    expect(bars).toHaveLength(24)
    expect(bars[0]).toEqual({ from: '2026-11-21T11:00:00.000Z', taken: 0, failed: 2 })
    expect(bars.at(-1)).toEqual({ from: '2026-11-22T10:00:00.000Z', taken: 6, failed: 0 })
    expect({ taken, failed }).toEqual({ taken: 6, failed: 2 })
  })

  it('of a week are days of the shop’s clock', async () => {
    await count(ours, '2026-11-22T02:00:00Z', 'delivered', 1)
    await count(ours, '2026-11-22T03:00:00Z', 'delivered', 10)

    const { bars } = await deliveries('week')

    expect(bars).toHaveLength(7)
    expect(bars.slice(-2)).toEqual([
      { from: '2026-11-21T03:00:00.000Z', taken: 1, failed: 0 },
      { from: '2026-11-22T03:00:00.000Z', taken: 10, failed: 0 },
    ])
  })

  it('lose no hour when the clock is put back', async () => {
    await test.db.prisma.shop.update({ where: { id: ours.id }, data: { timeZone: 'America/New_York' } })
    await count(ours, '2026-11-01T05:00:00Z', 'delivered', 1)
    await count(ours, '2026-11-01T06:00:00Z', 'delivered', 10)
    const afterIt = new Date('2026-11-01T18:00:00Z')

    const hours = await deliveries('day', afterIt)
    const days = await deliveries('month', afterIt)

    expect(new Set(hours.bars.map(({ from }) => from)).size).toBe(24)
    expect(hours.taken).toBe(11)
    expect(days.bars).toHaveLength(30)
    expect(days.bars.at(-1)).toEqual({ from: '2026-11-01T04:00:00.000Z', taken: 11, failed: 0 })
  })

  it('are counted by UTC where the shop’s zone is not known', async () => {
    await test.db.prisma.shop.update({ where: { id: ours.id }, data: { timeZone: 'Middle/Earth' } })
    expect((await deliveries('month')).bars.at(-1)?.from).toBe('2026-11-22T00:00:00.000Z')
  })
})
