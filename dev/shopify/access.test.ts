import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock, type ManualClock } from './clock'
import { openDesk, type Desk } from './test-desk'

const DAY = 86_400_000

describe('what an app may read of the stand-in', () => {
  let desk: Desk
  let clock: ManualClock

  beforeEach(async () => {
    clock = manualClock()
    desk = await openDesk({
      scopes: ['read_products', 'read_customers', 'read_orders', 'read_inventory'],
      stock: { products: 6, customers: 5, orders: 20, collections: 2, orderDays: 100 },
      clock,
    })
  })
  afterEach(() => desk.shopify.stop())

  const shop = () => desk.shopify.shop
  const namesOf = async (scopes = '{ currentAppInstallation { accessScopes { handle } } }') => {
    const answer = await desk.data(scopes)
    const { accessScopes } = (answer as { currentAppInstallation: { accessScopes: { handle: string }[] } })
      .currentAppInstallation
    return accessScopes.map(({ handle }) => handle)
  }

  it('follows what the merchant grants and takes back, at once', async () => {
    shop().revokeScopes('read_customers')
    expect(await namesOf()).toEqual(['read_products', 'read_orders', 'read_inventory'])
    const closed = await desk.ask('{ customers(first: 1) { nodes { id } } }')
    expect(closed).toMatchObject({
      data: null,
      errors: [
        {
          message: 'Access denied for customers field. Required access: `read_customers` access scope.',
          extensions: { code: 'ACCESS_DENIED' },
        },
      ],
    })
    shop().grantScopes('read_customers')
    expect((await desk.ask('{ customers(first: 1) { nodes { id } } }')).errors).toBeUndefined()
  })

  it('leaves the rest of an answer alone', async () => {
    const order = shop()
      .orders.list()
      .findLast(({ customerId }) => customerId !== null)!
    const ids = [`gid://shopify/Customer/${order.customerId}`, `gid://shopify/Order/${order.id}`]
    shop().revokeScopes('read_customers')
    const { data, errors } = await desk.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { name customer { id } } ... on Customer { id } } }',
      { ids },
    )
    expect(data).toEqual({ nodes: [null, { name: `#${order.orderNumber}`, customer: null }] })
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED'])
  })

  it('is only the id of a location, unless locations are granted', async () => {
    expect((await desk.ask('{ locations(first: 1) { nodes { id } } }')).errors).toBeUndefined()
    const named = await desk.ask('{ locations(first: 1) { nodes { id name } } }')
    expect(named.errors?.[0]?.message).toContain('`read_locations`')
  })

  it('is no order older than 60 days, unless all orders are granted', async () => {
    const orders = shop().orders.list()
    const from = new Date(clock.now() - 60 * DAY).toISOString()
    const [old] = orders.filter(({ createdAt }) => createdAt < from)
    const reachable = orders.filter(({ createdAt }) => createdAt >= from)
    const query = `query ($id: ID!, $customer: ID!) {
      order(id: $id) { id } nodes(ids: [$id]) { id } ordersCount { count }
      orders(first: 100, sortKey: CREATED_AT) { nodes { id } } customer(id: $customer) { numberOfOrders orders(first: 100) { nodes { id } } } }`
    const variables = {
      id: `gid://shopify/Order/${old!.id}`,
      customer: `gid://shopify/Customer/${shop().customers.list()[0]!.id}`,
    }
    expect(await desk.data(query, variables)).toMatchObject({
      order: null,
      nodes: [null],
      ordersCount: { count: reachable.length },
      orders: { nodes: { length: reachable.length } },
    })
    shop().grantScopes('read_all_orders')
    expect(await desk.data(query, variables)).toMatchObject({
      order: { id: variables.id },
      nodes: [{ id: variables.id }],
      ordersCount: { count: orders.length },
      orders: { nodes: { length: orders.length } },
    })
  })

  it('shrinks as orders grow old', async () => {
    const count = async () =>
      ((await desk.data('{ ordersCount { count } }')) as { ordersCount: { count: number } }).ordersCount.count
    const before = await count()
    clock.advance(20 * DAY)
    expect(await count()).toBeLessThan(before)
  })

  it('lacks the fields that are withheld on command, beside any other fault, until it behaves', async () => {
    shop().misbehaveGraphql({ kind: 'denied', fields: ['Customer.firstName'] })
    shop().misbehaveGraphql({ kind: 'throttled', times: 1 })
    const ask = () => desk.ask('{ customers(first: 1) { nodes { id firstName lastName } } }')
    expect((await ask()).errors?.[0]?.extensions?.code).toBe('THROTTLED')
    for (let time = 0; time < 2; time++) {
      const answer = await ask()
      expect(answer.data).toMatchObject({ customers: { nodes: [{ firstName: null }] } })
      expect(answer.errors?.[0]?.message).toContain('not approved to use the firstName field')
    }
    shop().behave()
    expect((await ask()).errors).toBeUndefined()
  })

  it('is found anew in every list after a change', async () => {
    const [first] = shop().products.list()
    const titles = async () =>
      (
        (await desk.data(
          '{ products(first: 1, sortKey: UPDATED_AT, reverse: true) { nodes { title } } }',
        )) as {
          products: { nodes: { title: string }[] }
        }
      ).products.nodes[0]?.title
    expect(await titles()).not.toBe('Newest')
    clock.advance(60_000)
    shop().silently(() => shop().products.update(first!.id, { title: 'Newest' }))
    expect(await titles()).toBe('Newest')
    shop().silently(() => shop().products.delete(first!.id))
    expect(await titles()).not.toBe('Newest')
  })
})
