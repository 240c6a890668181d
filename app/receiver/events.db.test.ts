import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import {
  deletionEvent,
  heldRecord,
  receiverAt,
  receiverClient,
  type ReceiverClient,
  sharedEvent,
} from '../../tests/support/receiver'

const STORE = 'toys.myshopify.com'
let test: TestDatabase
let client: ReceiverClient

beforeAll(async () => {
  test = await createTestDatabase()
  client = await receiverClient(receiverAt(test.db).receiver, STORE)
})
afterAll(() => test.drop())

const webhook = (event: unknown) => client.post('/api/sync/webhook', event)
const held = (resource: Parameters<typeof heldRecord>[2], id: string) =>
  heldRecord(test.db, STORE, resource, id)

describe('an event of the shared sync schema', () => {
  it.each(['order', 'product', 'customer', 'category', 'message'] as const)(
    'stores a %s',
    async (resource) => {
      const event = sharedEvent(resource, { external_id: '820982911946154508', revision: 7 }, 'created')
      const { status, body } = await webhook(event)

      expect(status).toBe(200)
      expect(body).toEqual({
        success: true,
        data: { syncedCount: 1, skippedCount: 0, syncLogId: expect.any(String) as string },
      })
      expect(await held(resource, '820982911946154508')).toMatchObject({
        source: 'shopify',
        store: STORE,
        revision: '7',
        version: '2026-11-21T11:59:59Z',
        body: event.data,
        deletedAt: null,
      })
    },
  )

  it('keeps the keys and the values that this version does not know', async () => {
    const data = { external_id: 'unknown-1', status: 'sleeping', loyalty: { tier: 3, rate: 0.25 } }
    expect((await webhook(sharedEvent('order', data))).status).toBe(200)
    expect((await held('order', 'unknown-1'))?.body).toMatchObject(data)
  })

  it('leaves what an update does not mention, since absent means unknown', async () => {
    await webhook(
      sharedEvent('customer', { external_id: 'partial', revision: 1, tags: ['vip'], incomplete: ['totals'] }),
    )
    await webhook(
      sharedEvent('customer', { external_id: 'partial', revision: 2, locale: null, total_spent: '9.00' }),
    )

    const body = (await held('customer', 'partial'))?.body
    expect(body).toMatchObject({ revision: 2, tags: ['vip'], locale: null, total_spent: '9.00' })
    expect(body).not.toHaveProperty('incomplete')
  })

  it('lets an empty pii erase what was known', async () => {
    const pii = { first_name: 'Ada', phone: '+351 210 000 000' }
    await webhook(sharedEvent('customer', { external_id: 'erased', revision: 1, display_name: 'Ada', pii }))
    await webhook(
      sharedEvent('customer', { external_id: 'erased', revision: 2, display_name: null, pii: {} }),
    )
    expect((await held('customer', 'erased'))?.body).toMatchObject({ display_name: null, pii: {} })
  })

  it('hashes an e-mail address in pii before it is stored', async () => {
    const pii = { email: ' Ada@Example.com ', first_name: 'Ada' }
    await webhook(sharedEvent('customer', { external_id: 'with-email', pii }))

    const body = (await held('customer', 'with-email'))?.body
    expect(JSON.stringify(body)).not.toContain('xample.com')
    expect(body?.pii).toEqual({
      email_hash: 'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
      first_name: 'Ada',
    })
  })

  it('stores text that the database’s JSON cannot hold with the replacement character', async () => {
    await webhook(sharedEvent('product', { external_id: 'nul', name: 'a\0b\ud800c' }))
    expect((await held('product', 'nul'))?.body.name).toBe('a\uFFFDb\uFFFDc')
  })
})

describe('revisions', () => {
  it('takes an equal revision again', async () => {
    await webhook(sharedEvent('product', { external_id: 'equal', revision: 5, name: 'Top' }))
    const { body } = await webhook(
      sharedEvent('product', { external_id: 'equal', revision: 5, name: 'Spinning top' }),
    )
    expect(body.data).toMatchObject({ syncedCount: 1 })
    expect((await held('product', 'equal'))?.body.name).toBe('Spinning top')
  })

  it('refuses a lower one as stale, with a 200', async () => {
    await webhook(sharedEvent('product', { external_id: 'stale', revision: 5, name: 'Kite' }))
    const { status, body } = await webhook(
      sharedEvent('product', { external_id: 'stale', revision: 4, name: 'Old' }),
    )
    expect(status).toBe(200)
    expect(body.data).toEqual({
      syncedCount: 0,
      skippedCount: 0,
      staleCount: 1,
      syncLogId: expect.any(String) as string,
    })
    expect((await held('product', 'stale'))?.body.name).toBe('Kite')
  })

  it('leaves a tombstone that holds nothing personal and that a lower revision cannot overwrite', async () => {
    await webhook(
      sharedEvent('customer', { external_id: 'gone', revision: 3, display_name: 'Ada', tags: ['vip'] }),
    )
    const deletion = deletionEvent('customer', 'gone', 6)
    await webhook({ ...deletion, data: { ...deletion.data, display_name: 'Ada' } })
    const late = await webhook(
      sharedEvent('customer', { external_id: 'gone', revision: 5, display_name: 'Ada' }),
    )

    expect(late.body.data).toMatchObject({ staleCount: 1 })
    expect(await held('customer', 'gone')).toMatchObject({
      revision: '6',
      deletedAt: '2026-11-21T11:59:59Z',
      body: deletion.data,
    })
    expect((await held('customer', 'gone'))?.body).toEqual(deletion.data)
  })

  it('revives a tombstone by a higher revision, without what was known before', async () => {
    await webhook(sharedEvent('product', { external_id: 'back', revision: 1, name: 'Drum', vendor: 'Acme' }))
    await webhook(deletionEvent('product', 'back', 2))
    await webhook(sharedEvent('product', { external_id: 'back', revision: 3, name: 'Drum' }))

    const row = await held('product', 'back')
    expect(row?.deletedAt).toBeNull()
    expect(row?.body).not.toHaveProperty('vendor')
    expect(row?.body).not.toHaveProperty('deleted_at')
  })

  it('takes the deletion of a record that it never had', async () => {
    expect((await webhook(deletionEvent('order', 'never-seen', 1))).body.data).toMatchObject({
      syncedCount: 1,
    })
    expect((await held('order', 'never-seen'))?.deletedAt).not.toBeNull()
  })

  it('ends in the highest revision, whatever the order and however they are sent', async () => {
    const revisions = fc.uniqueArray(fc.record({ revision: fc.nat(1000), deleted: fc.boolean() }), {
      selector: ({ revision }) => revision,
      minLength: 1,
      maxLength: 8,
    })
    const sendings = revisions.chain((states) =>
      fc.tuple(
        fc.shuffledSubarray(states, { minLength: states.length }),
        fc.constantFrom('one by one', 'at once', 'in a batch'),
      ),
    )
    let run = 0
    await fc.assert(
      fc.asyncProperty(sendings, async ([states, way]) => {
        const id = `any-order-${run++}`
        const events = states.map(({ revision, deleted }) =>
          deleted
            ? deletionEvent('product', id, revision)
            : sharedEvent('product', { external_id: id, revision, name: `revision ${revision}` }),
        )
        if (way === 'in a batch') await client.post('/api/sync/batch', { events })
        else if (way === 'at once') await Promise.all(events.map(webhook))
        else for (const event of events) await webhook(event)

        const last = events.reduce((a, b) => (a.data.revision > b.data.revision ? a : b))
        const row = await held('product', id)
        expect(row?.body).toEqual(last.data)
        expect(row?.deletedAt !== null).toBe(last.action === 'deleted')
      }),
      { numRuns: 40 },
    )
  })
})

describe('an event in WooCommerce’s names', () => {
  const order = {
    wc_order_id: 1001,
    date_created: '2026-11-20T10:30:00Z',
    date_modified: '2026-11-21T08:00:00Z',
    status: 'completed',
    total: 99.99,
    items: [{ wc_product_id: 7, product_name: 'Kite', quantity: 1, total: 99.99 }],
  }
  const records = {
    order,
    product: { wc_product_id: 7, name: 'Kite', price: 99.99, stock_status: 'instock' },
    customer: { wc_customer_id: 12, email_hash: 'a'.repeat(64), display_name: 'Ada L.', total_spent: 99.99 },
    category: { wc_category_id: 3, name: 'Outdoor', parent_id: 0, product_count: 4 },
  } as const

  it.each(Object.entries(records))('stores a %s as it came', async (resource, data) => {
    const { body } = await webhook({ resource, action: 'created', data })
    expect(body.data).toMatchObject({ syncedCount: 1, skippedCount: 0 })

    const id = String((data as Record<string, unknown>)[`wc_${resource}_id`])
    const row = await held(resource as keyof typeof records, id)
    expect(row).toMatchObject({ source: 'woocommerce', store: STORE, body: data })
  })

  it('lets the latest arrival win, even if the clock goes back', async () => {
    const { receiver, now } = receiverAt(test.db)
    const woo = await receiverClient(receiver, STORE)
    await woo.post('/api/sync/webhook', {
      resource: 'product',
      action: 'updated',
      data: { wc_product_id: 50, name: 'A' },
    })
    now.value = new Date('2026-11-21T11:00:00Z')
    await woo.post('/api/sync/webhook', {
      resource: 'product',
      action: 'updated',
      data: { wc_product_id: 50, name: 'B' },
    })
    expect((await held('product', '50'))?.body.name).toBe('B')
  })

  it('hashes e-mail addresses before anything is stored, wherever they stand, and keeps a hash as it is', async () => {
    const data = {
      wc_customer_id: 60,
      email: ' Grace@Example.COM',
      billing: { email: 'grace@example.com', billing_email: null, city: 'Porto' },
    }
    await webhook({ resource: 'customer', action: 'created', data })
    const body = (await held('customer', '60'))?.body
    const hash = 'b533d4547eaa5a0fa955965a1ca393ccd2ea013032a105726f232eb41bddc4fa'
    expect(JSON.stringify(body).toLowerCase()).not.toContain('grace')
    expect(body).toMatchObject({
      email_hash: hash,
      billing: { email_hash: hash, billing_email_hash: null, city: 'Porto' },
    })

    await webhook({ resource: 'customer', action: 'updated', data: { ...data, email_hash: 'b'.repeat(64) } })
    expect((await held('customer', '60'))?.body.email_hash).toBe('b'.repeat(64))
  })

  it.each([
    ['order', { ...order, wc_order_id: '1001' }, 'data.wc_order_id must be an integer'],
    ['order', { ...order, wc_order_id: 2 ** 53 }, 'data.wc_order_id'],
    ['order', { ...order, total: '99.99' }, 'data.total must be a number'],
    ['order', { ...order, status: '' }, 'data.status must not be blank'],
    ['order', { ...order, date_created: undefined }, 'data.date_created is missing'],
    ['product', { wc_product_id: 9, name: '  ' }, 'data.name must not be blank'],
    ['customer', { display_name: 'Nobody' }, 'data.wc_customer_id is missing'],
    ['category', { wc_category_id: 2.5, name: 'Half' }, 'data.wc_category_id must be an integer'],
  ])('skips a %s that fails the checks, with a 200 (%#)', async (resource, data, fault) => {
    const { status, body } = await webhook({ resource, action: 'updated', data })
    expect(status).toBe(200)
    expect(body.data).toMatchObject({
      syncedCount: 0,
      skippedCount: 1,
      message: expect.stringContaining(fault) as string,
    })
  })

  it('knows no deletion there', async () => {
    const { status, body } = await webhook({ resource: 'order', action: 'deleted', data: order })
    expect(status).toBe(400)
    expect(body.error).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('action') as string,
    })
  })
})

describe('an event that is malformed', () => {
  const whole = sharedEvent('order', { external_id: '1' })
  it.each([
    [{ ...whole, resource: 'xyz' }, 'Invalid resource type: xyz'],
    [{ ...whole, resource: 'ada@example.com' }, 'Invalid resource type in the field resource'],
    [{ ...whole, resource: undefined }, 'resource is missing'],
    [{ ...whole, action: 'archived' }, 'Invalid action: archived'],
    [{ ...whole, action: undefined }, 'action is missing'],
    [{ ...whole, data: undefined }, 'data is missing'],
    [{ ...whole, data: [] }, 'data must be an object'],
    [{ ...whole, data: null }, 'data must be an object'],
    [{ ...whole, data: {} }, 'data.schema_version is missing'],
    [{ ...whole, data: { ...whole.data, revision: undefined } }, 'data.revision is missing'],
    [{ ...whole, data: { ...whole.data, external_id: 5 } }, 'data.external_id'],
    [{ ...whole, data: { ...whole.data, total: 9.9 } }, 'data.total'],
    [
      { ...whole, data: { ...whole.data, items: [{ external_id: '1', total: 'x' }] } },
      'data.items[0].total must be',
    ],
    [{ ...whole, action: 'deleted' }, 'data.deleted_at is missing'],
    [
      { ...whole, data: { ...whole.data, external_id: 'x'.repeat(256) } },
      'data.external_id must be at most 255',
    ],
    [{ ...whole, data: { ...whole.data, external_id: 'a\0' } }, 'data.external_id must be'],
    [{ ...whole, data: { ...whole.data, deep: deep(100) } }, 'nested too deeply'],
    [[], 'an event must be an object'],
    ['not JSON', 'The body is not JSON'],
    [new Uint8Array([0x22, 0xff, 0x22]), 'The body is not UTF-8'],
    ['', 'The body is not JSON'],
  ])('is refused, naming the field (%#)', async (event, message) => {
    const { status, body } = await webhook(event)
    expect(status).toBe(400)
    expect(body).toEqual({
      success: false,
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining(message) as string },
    })
  })

  function deep(levels: number): unknown {
    return levels === 0 ? 1 : [deep(levels - 1)]
  }
})
