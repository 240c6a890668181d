import { describe, expect, it } from 'vitest'
import { orderBody } from './bodies/order-body'
import { productBody } from './bodies/product-body'
import { customerBody } from './bodies/customer-body'
import { manualClock } from './clock'
import { shopifyJson } from './json'
import { Shop } from './shop'
import { type Announcement } from './store/shop-state'
import { totalsOf } from './store/order-totals'
import { withOffset } from './store/times'

const openShop = (seed = 7) =>
  new Shop({
    domain: 'test-shop.myshopify.com',
    seed,
    clock: manualClock(),
    currency: 'USD',
    zone: 'America/Toronto',
    stock: { products: 20, collections: 4, customers: 15, orders: 30, orderDays: 30 },
    bulkMs: 0,
    pointsPerSecond: 100,
    scopes: undefined,
    post: () => Promise.resolve({ status: 200, error: null }),
    timeoutMs: 1000,
    timeScale: 1,
    concurrency: 10,
    memory: 100,
    app: () => undefined,
  })

describe('a webhook body', () => {
  it('is compact, escapes what Shopify escapes and keeps the rest as it is', () => {
    const written = shopifyJson({ text: 'a/b <i> & é 山', list: [1, null, true], empty: {} })
    expect(written).toBe('{"text":"a\\/b \\u003ci\\u003e \\u0026 é 山","list":[1,null,true],"empty":{}}')
  })

  it('writes ids beyond 2^53 as numbers with every digit', () => {
    expect(shopifyJson({ id: 820982911946154508n })).toBe('{"id":820982911946154508}')
  })

  it("writes times with the shop's offset, in summer and in winter", () => {
    expect(withOffset('2026-07-01T12:00:00Z', 'America/Toronto')).toBe('2026-07-01T08:00:00-04:00')
    expect(withOffset('2026-12-01T12:00:00Z', 'America/Toronto')).toBe('2026-12-01T07:00:00-05:00')
    expect(withOffset('2026-12-01T12:00:00Z', 'Asia/Kolkata')).toBe('2026-12-01T17:30:00+05:30')
  })

  it('of a customer says nothing of tags, totals or consent', () => {
    const shop = openShop()
    const [customer] = shop.customers.list()
    const body = customerBody(shop.state, customer!)
    for (const gone of ['tags', 'orders_count', 'total_spent', 'email_marketing_consent']) {
      expect(body).not.toHaveProperty(gone)
    }
  })

  it('of a product carries a hundred variants, and names them all', () => {
    const shop = openShop()
    const body = productBody(shop.state, shop.products.create({ variantCount: 130 }))
    expect(body['variants']).toHaveLength(100)
    expect(body['variant_gids']).toHaveLength(130)
    expect(body['variants']).not.toContainEqual(
      expect.objectContaining({ weight: expect.anything() as unknown }),
    )
  })
})

describe('a shop', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(openShop(7).snapshot()).toEqual(openShop(7).snapshot())
    expect(openShop(8).snapshot()).not.toEqual(openShop(7).snapshot())
  })

  it('has ids beyond what a double can hold', () => {
    const ids = openShop()
      .products.list()
      .map(({ id }) => id)
    expect(ids.some((id) => BigInt(id) > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has orders whose sums agree', () => {
    for (const order of openShop().orders.list()) {
      const totals = totalsOf(order)
      const tax = order.taxesIncluded ? 0 : Number(totals.tax)
      expect(Number(totals.subtotal) + tax + Number(totals.shipping)).toBeCloseTo(Number(totals.total), 2)
      expect(Number(totals.refunded)).toBeLessThanOrEqual(Number(totals.received))
    }
  })

  it('has guests, discounts, refunds, parcels and customers who see another currency', () => {
    const orders = openShop().orders.list()
    expect(orders.some((order) => order.customerId === null)).toBe(true)
    expect(orders.some((order) => order.discountCodes.length > 0)).toBe(true)
    expect(orders.some((order) => order.refunds.length > 0)).toBe(true)
    expect(orders.some((order) => order.fulfillments.length > 0)).toBe(true)
    expect(orders.some((order) => order.presentment.currency !== order.currency)).toBe(true)
  })

  it('owes nothing after a cancellation, and gives back what was paid', () => {
    const shop = openShop()
    const open = shop.orders
      .list()
      .find((order) => order.financialStatus === 'paid' && !order.fulfillments.length)
    const cancelled = shop.orders.cancel(open!.id)
    const totals = totalsOf(cancelled)
    expect(totals.refunded).toBe(totals.received)
    expect(totals.outstanding).toBe('0.00')
    expect(orderBody(shop.state, cancelled)).toMatchObject({ financial_status: 'refunded' })
  })

  it('makes the same changes in a burst of the same seed', async () => {
    const [one, other] = [openShop(), openShop()]
    const [first, second] = [
      await one.burst({ changes: 300, seed: 5 }),
      await other.burst({ changes: 300, seed: 5 }),
    ]
    expect(first).toEqual(second)
    expect(one.snapshot()).toEqual(other.snapshot())
    expect(Object.keys(first.byKind).length).toBeGreaterThan(15)
  })

  it('merges two customers: one is gone, the other has the tags of both', () => {
    const shop = openShop()
    const told = listenTo(shop)
    const kept = shop.customers.create({ tags: ['old'] })
    const gone = shop.customers.create({ tags: ['vip'] })
    told.length = 0
    expect(shop.customers.merge(kept.id, gone.id).tags).toEqual(['old', 'vip'])
    expect(shop.customers.list().some(({ id }) => id === gone.id)).toBe(false)
    expect(told).toMatchObject([
      {
        topic: 'customers/merge',
        body: { admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone.id}` },
      },
      { topic: 'customers/update', recordId: kept.id },
    ])
    const buyer = shop.orders.list().find(({ customerId }) => customerId !== null)!.customerId!
    expect(() => shop.customers.merge(kept.id, buyer)).toThrow('has orders')
    expect(() => shop.customers.merge(kept.id, kept.id)).toThrow('into itself')
  })

  it('brings a deleted order back under its id', () => {
    const shop = openShop()
    const told = listenTo(shop)
    const deleted = shop.orders.delete(shop.orders.list()[0]!.id)
    told.length = 0
    expect(shop.orders.restore(deleted)).toMatchObject({ id: deleted.id, lineItems: deleted.lineItems })
    expect(told[0]).toMatchObject({ topic: 'orders/create', recordId: deleted.id })
    expect(() => shop.orders.restore(deleted)).toThrow('was not deleted')
  })
})

function listenTo(shop: Shop): Announcement[] {
  const told: Announcement[] = []
  shop.state.announce = (news) => void told.push(...news)
  return told
}
