import { afterEach, describe, expect, it } from 'vitest'
import { type ExportedRecord, READING_ORDER } from '~/contracts/store-reader'
import {
  everything,
  exportAll,
  openReadableShop,
  type ReadableShop,
  readyExport,
} from '../../../../tests/support/shopify-reader'
import { type ShopifyOptions } from '../../../../dev/shopify/start-shopify'
import { until } from '../../../../dev/until'

const opened: ReadableShop[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function open(options: ShopifyOptions = {}): Promise<ReadableShop> {
  const store = await openReadableShop({
    stock: { products: 12, customers: 12, orders: 20, collections: 4 },
    ...options,
  })
  opened.push(store)
  return store
}

const never = () => new AbortController().signal
const idsOf = (records: { id: string }[]) => records.map(({ id }) => id).sort()
const named = (records: ExportedRecord[]) => records.map(({ news }) => news?.externalId).sort()

describe('the reach of a store', () => {
  it('is all of what was granted, but for orders of more than sixty days ago', async () => {
    const { reader, shop } = await open()
    const before = await reader.reach()
    expect(before.customer).toEqual({ reach: { kind: 'all' }, denied: [] })
    expect(before.order.reach).toMatchObject({ kind: 'since', days: 60 })

    shop.grantScopes('read_all_orders')
    expect((await reader.reach()).order.reach).toEqual({ kind: 'all' })
  })

  it('says in words which right is missing, and looks at the others all the same', async () => {
    const { reader, shop } = await open()
    shop.revokeScopes('read_customers')
    const reach = await reader.reach()
    expect(reach.customer).toEqual({
      reach: { kind: 'none', words: expect.stringContaining('read_customers') as string },
      denied: [],
    })
    expect(reach.product.reach).toEqual({ kind: 'all' })
    expect(reach.order.denied).toContain('Order.customer')
  })

  it('names the fields that are withheld', async () => {
    const { reader, shop } = await open()
    shop.misbehaveGraphql({
      kind: 'denied',
      fields: [
        'CustomerEmailAddress.emailAddress',
        'Customer.lastName',
        'Customer.amountSpent',
        'Order.note',
      ],
    })
    const reach = await reader.reach()
    expect(reach.customer.denied).toEqual([
      'Customer.amountSpent',
      'Customer.lastName',
      'CustomerEmailAddress.emailAddress',
    ])
    expect(reach.order.denied).toEqual(['Customer.lastName', 'Order.note'])
    expect(reach.product.denied).toEqual([])
  })

  it('is none where the app is not approved for the records themselves', async () => {
    const { reader, shop } = await open()
    shop.misbehaveGraphql({ kind: 'denied', fields: ['QueryRoot.customers'] })
    const { customer } = await reader.reach()
    expect(customer.reach).toMatchObject({
      kind: 'none',
      words: expect.stringContaining('approved') as string,
    })
  })
})

describe('records asked for by their ids', () => {
  it('come with their longest lists, and cost far less than a question may', async () => {
    const { reader, shop, asked } = await open()
    const { id } = shop.products.create({ title: 'Of all kinds', variantCount: 2_048 })
    const order = shop.orders.list().find(({ refunds }) => refunds.length > 0)
    if (!order) throw new Error('no order was refunded')
    const [line] = order.lineItems
    const [refund] = order.refunds
    if (!line || !refund?.lines[0]) throw new Error('a refund without a line')
    order.lineItems = Array.from({ length: 70 }, (_, index) => ({ ...line, id: String(9_000 + index) }))
    const [item] = refund.lines
    refund.lines = order.lineItems.map(({ id: lineItemId }, index) => ({
      ...item,
      id: String(8_000 + index),
      lineItemId,
    }))

    const [product] = (await reader.fetchRecords('product', [id])).states
    expect(product).toMatchObject({ parts: { variants: { variants: expect.any(Array) as unknown[] } } })
    const { core, variants, stock } = (
      product as unknown as { parts: Record<string, Record<string, unknown[]>> }
    ).parts
    expect([core?.variants?.length, variants?.variants?.length]).toEqual([100, 1_948])
    expect(Object.keys(stock?.tracked ?? {})).toHaveLength(2_048)

    const { states } = await reader.fetchRecords('order', [order.id])
    const [{ items, refunds }] = states.map(({ parts }) => parts.core) as [
      { items: unknown[]; refunds: { items: unknown[] }[] },
    ]
    expect([items.length, refunds[0]?.items.length]).toEqual([70, 70])

    await reader.fetchRecords(
      'order',
      shop.orders.list().map((each) => each.id),
    )
    expect(Math.max(...asked.map(({ cost }) => cost))).toBeLessThanOrEqual(900)
  })

  it('are gone where the store has them no more', async () => {
    const { reader, shop } = await open()
    const [first, second] = shop.customers.list()
    if (!first || !second) throw new Error('too few customers')
    const answer = await reader.fetchRecords('customer', [first.id, '404', second.id])
    expect(answer.states.map(({ externalId }) => externalId)).toEqual([first.id, second.id])
    expect(answer.gone).toEqual(['404'])
  })

  it('lack what is withheld, and never have it as empty', async () => {
    const { reader, shop } = await open()
    const customer = shop.customers.list().find(({ email, phone }) => email !== null && phone !== null)
    if (!customer) throw new Error('nobody has both')
    shop.misbehaveGraphql({
      kind: 'denied',
      fields: [
        'CustomerEmailAddress.emailAddress',
        'CustomerPhoneNumber.phoneNumber',
        'Customer.firstName',
        'Customer.addressesV2',
        'Customer.defaultAddress',
      ],
    })
    const { states, denied } = await reader.fetchRecords('customer', [customer.id])
    expect([...denied].sort()).toEqual([
      'Customer.addressesV2',
      'Customer.defaultAddress',
      'Customer.firstName',
      'CustomerEmailAddress.emailAddress',
      'CustomerPhoneNumber.phoneNumber',
    ])
    const [state] = states
    expect(state?.resource === 'customer' && state.parts.core).not.toHaveProperty('email_hash')
    expect(state?.resource === 'customer' && state.parts.core?.pii).toEqual({
      last_name: customer.lastName,
      note: customer.note,
    })
    expect(state?.parts).toHaveProperty('consent.email_consent')
    expect(state?.parts).toHaveProperty('consent.sms_consent')
  })

  it('are read without a field that takes the whole record with it', async () => {
    const { reader, shop } = await open()
    const ids = shop.customers.list().map(({ id }) => id)
    shop.misbehaveGraphql({ kind: 'denied', fields: ['Customer.amountSpent', 'Customer.numberOfOrders'] })
    const { states, gone, unread } = await reader.fetchRecords('customer', ids)
    expect([states.length, gone, unread]).toEqual([ids.length, [], []])
    expect(states[0]?.parts).not.toHaveProperty('totals.order_count')
    expect(states[0]?.parts).not.toHaveProperty('totals.total_spent')
  })

  it('are not gone where they are withheld wholly', async () => {
    const { reader, shop } = await open()
    const [order] = shop.orders.list()
    shop.misbehaveGraphql({ kind: 'denied', fields: ['Order.id'] })
    const { states, gone, unread } = await reader.fetchRecords('order', [order?.id ?? ''])
    expect([states, gone, unread.length]).toEqual([[], [], 1])
  })
})

describe('an export', () => {
  it.each(READING_ORDER)('has every record that the store had (%s)', async (resource) => {
    const { reader, shop } = await open()
    const { records, objects } = await readyExport(reader, everything(resource))
    const read = await exportAll(reader, everything(resource))
    const all = {
      category: shop.collections,
      product: shop.products,
      customer: shop.customers,
      order: shop.orders,
    }
    expect(named(read)).toEqual(idsOf(all[resource].list()))
    expect([read.length, read.reduce((sum, row) => sum + row.objects, 0)]).toEqual([records, objects])
  })

  it('has only what was selected', async () => {
    const { reader, shop } = await open()
    const orders = shop.orders.list()
    const middle = new Date(orders[10]?.createdAt ?? '')
    const newest = await exportAll(reader, { ...everything('order'), createdFrom: middle })
    const older = await exportAll(reader, { ...everything('order'), createdUntil: middle })
    expect(named(newest)).toEqual(idsOf(orders.filter(({ createdAt }) => new Date(createdAt) >= middle)))
    expect([...named(newest), ...named(older)].sort()).toEqual(idsOf(orders))

    const [customer] = shop.customers.list()
    shop.customers.update(customer?.id ?? '', { note: 'changed' })
    const since = new Date(Date.now() - 60_000)
    expect(named(await exportAll(reader, { ...everything('customer'), updatedFrom: since }))).toContain(
      customer?.id,
    )
  })

  it('is begun without the fields that are withheld, of which one would make it fail', async () => {
    const { reader, shop } = await open()
    shop.misbehaveGraphql({
      kind: 'denied',
      fields: ['Customer.lastName', 'Customer.addressesV2', 'Order.note'],
    })
    const [record] = await exportAll(reader, everything('customer'))
    const core = record?.news?.kind === 'state' ? record.news.parts.core : undefined
    expect(core).not.toHaveProperty('pii.last_name')
    expect(core).toHaveProperty('pii.first_name')
  })

  it('goes on from the last record after its connection broke off', async () => {
    const { reader, shop } = await open()
    const { url, takenAt } = await readyExport(reader, everything('product'))
    if (url === null) throw new Error('nothing')
    shop.misbehaveBulk({ kind: 'reset', after: 9_000, times: 1 })
    const read: ExportedRecord[] = []
    const readOn = async () => {
      const from = { url, takenAt, resource: 'product' as const, byte: read.at(-1)?.end ?? 0 }
      for await (const record of reader.readExport(from, never())) read.push(record)
    }
    await expect(readOn()).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
    await readOn()
    expect(named(read)).toEqual(idsOf(shop.products.list()))
  })

  it('says that its file is cut off, or has expired', async () => {
    const { reader, shop } = await open()
    shop.misbehaveBulk({ kind: 'cut_off', times: 1 })
    await expect(exportAll(reader, everything('order'))).rejects.toMatchObject({ code: 'EXPORT_CUT' })

    const { url, takenAt, exportId } = await readyExport(reader, everything('order'))
    shop.misbehaveBulk({ kind: 'expired', times: 1 })
    const again = reader.readExport({ url: url ?? '', takenAt, resource: 'order', byte: 0 }, never())
    await expect(again[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'EXPORT_EXPIRED' })
    expect(await reader.exportState(exportId)).toEqual({ kind: 'gone' })
  })

  it.each([
    ['children', 1],
    ['parents', 1],
  ] as const)('shows that %s are missing', async (what, count) => {
    const { reader, shop } = await open()
    shop.misbehaveBulk({ kind: 'lacking', what, count, times: 1, root: 'products' })
    const { url, takenAt, records, objects } = await readyExport(reader, everything('product'))
    const read: ExportedRecord[] = []
    const from = { url: url ?? '', takenAt, resource: 'product' as const, byte: 0 }
    for await (const record of reader.readExport(from, never())) read.push(record)
    const counts = [read.length, read.reduce((sum, row) => sum + row.objects, 0)]
    const isFound = read.some(({ fault }) => fault !== null) || counts.join() !== [records, objects].join()
    expect(isFound).toBe(true)
  })

  it('says why the store gave it up', async () => {
    const { reader, shop } = await open()
    for (const [errorCode, isRefused] of [
      ['ACCESS_DENIED', true],
      ['TIMEOUT', false],
      ['INTERNAL_SERVER_ERROR', false],
    ] as const) {
      shop.misbehaveBulk({ kind: 'fail', errorCode, partial: 0.5, times: 1 })
      const begun = await reader.startExport(everything('customer'))
      const state = await until('the export has failed', async () => {
        const now = await reader.exportState(begun?.exportId ?? '')
        return now.kind === 'under_way' ? null : now
      })
      expect(state).toMatchObject({
        kind: 'failed',
        isRefused,
        words: expect.stringMatching(/^Shopify /) as string,
      })
    }
  })

  it('can be called off, also when it has ended, and is unknown after all', async () => {
    const { reader, shop } = await open()
    shop.misbehaveBulk({ kind: 'stuck', times: 1 })
    const begun = await reader.startExport(everything('order'))
    const id = begun?.exportId ?? ''
    expect(await reader.exportState(id)).toMatchObject({ kind: 'under_way' })
    await reader.cancelExport(id)
    await until('it is called off', async () => (await reader.exportState(id)).kind === 'failed')
    await reader.cancelExport(id)
    expect(await reader.exportState('gid://shopify/BulkOperation/404')).toEqual({ kind: 'gone' })
  })

  it('waits where as many are under way as the store allows', async () => {
    const { reader, shop } = await open()
    for (const code of ['LIMIT_REACHED', 'OPERATION_IN_PROGRESS'] as const) {
      shop.misbehaveBulk({ kind: 'refuse', code, times: 1 })
      expect(await reader.startExport(everything('order'))).toBeNull()
    }
    shop.misbehaveBulk({ kind: 'refuse', code: 'INVALID', times: 1 })
    await expect(reader.startExport(everything('order'))).rejects.toMatchObject({ code: 'SHOPIFY_ANSWER' })
  })

  it('has no file when there is nothing', async () => {
    const { reader } = await open({ stock: { products: 0, customers: 0, orders: 0, collections: 0 } })
    expect(await readyExport(reader, everything('order'))).toMatchObject({
      url: null,
      records: 0,
      objects: 0,
    })
  })
})

describe('the list of the last changes', () => {
  it.each(READING_ORDER)('names every record, the newest first, page by page (%s)', async (resource) => {
    const { reader, shop } = await open({
      stock: { products: 130, customers: 120, orders: 110, collections: 105 },
    })
    const all = {
      category: shop.collections,
      product: shop.products,
      customer: shop.customers,
      order: shop.orders,
    }
    const pages = []
    for await (const page of reader.changes(resource)) pages.push(page)
    const changes = pages.flat()
    expect(pages.length).toBe(2)
    expect(changes.map(({ externalId }) => externalId).sort()).toEqual(idsOf(all[resource].list()))
    const times = changes.map(({ updatedAt }) => updatedAt)
    expect(times).toEqual(times.toSorted().reverse())
    expect(times[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
  })

  it('asks for no more than is read', async () => {
    const { reader, asked } = await open({
      stock: { products: 130, customers: 0, orders: 0, collections: 0 },
    })
    for await (const page of reader.changes('product')) {
      expect(page).toHaveLength(100)
      break
    }
    expect(asked.map(({ name }) => name)).toEqual(['Changes'])
  })
})

describe('the products of inventory items', () => {
  it('are found by item; those that are gone are left out', async () => {
    const { reader, shop } = await open()
    const pairs = shop.products
      .list()
      .flatMap(({ id, variants }) =>
        variants.map(({ inventoryItemId }): [string, string] => [inventoryItemId, id]),
      )
      .slice(0, 99)
    const found = await reader.productsOf([...pairs.map(([item]) => item), '404'])
    expect(found).toEqual(new Map(pairs))
  })
})

describe('a store', () => {
  it('that throttles is asked again', async () => {
    const { reader, shop, asked } = await open()
    const [product] = shop.products.list()
    shop.misbehaveGraphql({ kind: 'throttled', times: 1 })
    const { states } = await reader.fetchRecords('product', [product?.id ?? ''])
    expect(states).toHaveLength(1)
    expect(asked.map(({ name }) => name)).toEqual(['Records', 'Records'])
  })

  it('that fails is to be asked again later', async () => {
    const { reader, shop } = await open()
    shop.misbehaveGraphql({ kind: 'fail', status: 502, times: 1 })
    await expect(reader.fetchRecords('product', ['1'])).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
    expect((await reader.fetchRecords('product', ['1'])).gone).toEqual(['1'])
  })

  it('that uninstalled the app refuses', async () => {
    const { reader, shop } = await open()
    shop.uninstall()
    await expect(reader.reach()).rejects.toMatchObject({ code: 'TOKEN_REFUSED' })
  })
})
