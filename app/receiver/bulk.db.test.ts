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
import { sha256 } from '~/lib/sha256'

const STORE = 'toys.myshopify.com'
let test: TestDatabase
let client: ReceiverClient

beforeAll(async () => {
  test = await createTestDatabase()
  client = await receiverClient(receiverAt(test.db).receiver, STORE)
})
afterAll(() => test.drop())

describe('a batch', () => {
  it('gives each event its own result, in order', async () => {
    await client.post('/api/sync/webhook', sharedEvent('order', { external_id: 'held', revision: 9 }))
    const { status, body } = await client.post('/api/sync/batch', {
      events: [
        sharedEvent('product', { external_id: 'p1' }),
        sharedEvent('order', { external_id: 'held', revision: 8 }),
        { resource: 'category', action: 'updated', data: { wc_category_id: 4, name: '' } },
        sharedEvent('order', { external_id: 'o1', total: 5 }),
        { resource: 'xyz', action: 'updated', data: {} },
        { resource: 'customer', action: 'created', data: { wc_customer_id: 4 } },
        deletionEvent('product', 'p2', 3),
        'no event',
      ],
    })

    expect(status).toBe(200)
    expect(body.data).toEqual({
      results: [
        { status: 'synced', id: expect.any(String) as string },
        { status: 'stale' },
        { status: 'skipped', code: 'VALIDATION_ERROR', message: 'data.name must not be blank' },
        {
          status: 'error',
          code: 'VALIDATION_ERROR',
          message: expect.stringContaining('data.total') as string,
        },
        { status: 'error', code: 'VALIDATION_ERROR', message: 'Invalid resource type: xyz' },
        { status: 'synced', id: expect.any(String) as string },
        { status: 'synced', id: expect.any(String) as string },
        { status: 'error', code: 'VALIDATION_ERROR', message: 'an event must be an object' },
      ],
    })
    expect(await heldRecord(test.db, STORE, 'product', 'p2')).toMatchObject({ revision: '3' })
  })

  it('takes events of one record as if they came one after the other', async () => {
    const state = (revision: number, more: object) =>
      sharedEvent('product', { external_id: 'again', revision, ...more })
    const { body } = await client.post('/api/sync/batch', {
      events: [
        state(1, { name: 'Yo-yo' }),
        state(3, { vendor: 'Acme' }),
        state(2, { name: 'Old' }),
        state(4, { tags: [] }),
      ],
    })
    expect(body.data).toMatchObject({
      results: [{ status: 'synced' }, { status: 'synced' }, { status: 'stale' }, { status: 'synced' }],
    })
    expect((await heldRecord(test.db, STORE, 'product', 'again'))?.body).toMatchObject({
      name: 'Yo-yo',
      vendor: 'Acme',
      tags: [],
      revision: 4,
    })
  })

  it('hashes each event as it stood in the request', async () => {
    const event = JSON.stringify(sharedEvent('category', { external_id: 'raw', rate: 1 }), null, 1).replace(
      '1\n',
      '1.00\n',
    )
    await client.post('/api/sync/batch', `{ "events": [ ${event} ] }`)
    const { body } = await client.get(
      `/api/sync/digest/rows?source=shopify&store=${STORE}&resource=category&prefix=${sha256('raw').slice(0, 8)}`,
    )
    expect(body.data).toEqual({ rows: [{ external_id: 'raw', revision: 1, body_hash: sha256(event) }] })
  })

  it.each([
    [{}, 'events is missing'],
    [{ events: {} }, 'events must be a list'],
    [{ events: Array.from({ length: 501 }, () => ({})) }, 'events must hold at most 500 events'],
    [[], 'the body: '],
  ])('that is malformed is refused (%#)', async (body, message) => {
    const answer = await client.post('/api/sync/batch', body)
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toContain(message)
  })

  it('may be as large as five mebibytes', async () => {
    const description = 'x'.repeat(50_000)
    const events = Array.from({ length: 110 }, (_, index) =>
      sharedEvent('product', { external_id: `large-${index}`, description }),
    )
    const { status, body } = await client.post('/api/sync/batch', { events })
    expect(status).toBe(200)
    expect(
      (body.data as { results: { status: string }[] }).results.every(({ status }) => status === 'synced'),
    ).toBe(true)
  })

  it('sent twice at once in other orders loses nothing', async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      sharedEvent('order', { external_id: `both-${index}` }),
    )
    const answers = await Promise.all(
      [events, events.toReversed(), events].map((sent) => client.post('/api/sync/batch', { events: sent })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  })
})

describe('a full sync', () => {
  it('takes records in WooCommerce’s names and counts what it skips', async () => {
    const { status, body } = await client.post('/api/sync/orders', {
      orders: [
        { wc_order_id: 1, date_created: '2026-01-15T10:30:00Z', status: 'completed', total: 12.5 },
        { wc_order_id: 2, date_created: '2026-01-15T10:30:00Z', status: 'completed', total: 'free' },
        null,
      ],
    })
    expect(status).toBe(200)
    expect(body.data).toEqual({
      syncedCount: 1,
      skippedCount: 2,
      syncLogId: expect.any(String) as string,
      message: 'orders[1].total must be a number; orders[2] must be an object',
    })
  })

  it.each([
    ['orders', 'order'],
    ['products', 'product'],
    ['customers', 'customer'],
    ['categories', 'category'],
  ] as const)('takes %s of the shared schema', async (plural, resource) => {
    const { data } = sharedEvent(resource, { external_id: 'full' })
    const { body } = await client.post(`/api/sync/${plural}`, { [plural]: [data] })
    expect(body.data).toEqual({ syncedCount: 1, skippedCount: 0, syncLogId: expect.any(String) as string })
    expect((await heldRecord(test.db, STORE, resource, 'full'))?.body).toEqual(data)
  })

  it('counts what is stale', async () => {
    const { data } = sharedEvent('order', { external_id: 'full-stale', revision: 2 })
    await client.post('/api/sync/orders', { orders: [data] })
    const { body } = await client.post('/api/sync/orders', { orders: [{ ...data, revision: 1 }] })
    expect(body.data).toMatchObject({ syncedCount: 0, skippedCount: 0, staleCount: 1 })
  })

  it('without its list is refused, naming it', async () => {
    const { status, body } = await client.post('/api/sync/products', { orders: [] })
    expect(status).toBe(400)
    expect(body.error).toEqual({ code: 'VALIDATION_ERROR', message: 'products is missing' })
  })

  it('may be empty', async () => {
    const { body } = await client.post('/api/sync/categories', { categories: [] })
    expect(body.data).toMatchObject({ syncedCount: 0, skippedCount: 0 })
  })
})
