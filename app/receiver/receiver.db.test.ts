import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database } from '~/db.server'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import {
  heldRecord,
  receiverAt,
  receiverClient,
  type ReceiverClient,
  sendTo,
  sharedEvent,
} from '../../tests/support/receiver'
import { MAX_BODY_BYTES } from './read-json'
import { createReceiver } from './receiver'
import { type LogsAnswer } from './wire'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const TENANT_ADDRESSES = [
  ['POST', '/api/sync/webhook'],
  ['POST', '/api/sync/batch'],
  ['POST', '/api/sync/orders'],
  ['POST', '/api/sync/products'],
  ['POST', '/api/sync/customers'],
  ['POST', '/api/sync/categories'],
  ['GET', '/api/sync/status'],
  ['GET', '/api/sync/digest'],
  ['GET', '/api/sync/digest/rows'],
  ['GET', '/api/sync/logs'],
  ['POST', '/api/customers/sync'],
  ['DELETE', '/api/customers/1'],
] as const

describe('a key', () => {
  it.each(TENANT_ADDRESSES)('is asked for by %s %s', async (method, path) => {
    const { receiver } = receiverAt(test.db)
    for (const authorization of [undefined, 'Bearer', 'Bearer wrong', 'Basic abc']) {
      const answer = await sendTo(
        receiver,
        method,
        path,
        undefined,
        authorization ? { Authorization: authorization } : {},
      )
      expect(answer.status).toBe(401)
      expect(answer.body).toMatchObject({ success: false, error: { code: 'UNAUTHORIZED' } })
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
    }
  })

  it('is random, and only its hash is stored', async () => {
    const { receiver } = receiverAt(test.db)
    const keys = [await receiver.issueKey('keys.example'), await receiver.issueKey('keys.example')]
    expect(keys[0]).not.toBe(keys[1])
    const stored = await test.db.query<{ row: string }>('SELECT "MirrorKey"::text AS row FROM "MirrorKey"')
    expect(stored.some(({ row }) => keys.some((key) => row.includes(key)))).toBe(false)
    for (const key of keys)
      expect(
        (await sendTo(receiver, 'GET', '/api/sync/status', undefined, { Authorization: `Bearer ${key}` }))
          .status,
      ).toBe(200)
  })

  it('made in a transaction that is rolled back opens nothing', async () => {
    const { receiver } = receiverAt(test.db)
    let key = ''
    await test.db
      .transaction(async (tx) => {
        key = await receiver.issueKey('undone.example', tx)
        throw new Error('undo')
      })
      .catch(() => undefined)
    expect(
      (await sendTo(receiver, 'GET', '/api/sync/logs', undefined, { Authorization: `Bearer ${key}` })).status,
    ).toBe(401)
    expect(await test.db.query(`SELECT 1 FROM "MirrorStore" WHERE "name" = 'undone.example'`)).toEqual([])
  })

  it('that was removed opens nothing a few seconds later', async () => {
    const { receiver, now } = receiverAt(test.db)
    const client = await receiverClient(receiver, 'removed.example')
    expect((await client.get('/api/sync/status')).status).toBe(200)
    await test.db.query(
      `DELETE FROM "MirrorKey" USING "MirrorStore" AS store WHERE store."id" = "storeId" AND store."name" = 'removed.example'`,
    )
    now.value = new Date(now.value.getTime() + 5_001)
    expect((await client.get('/api/sync/status')).status).toBe(401)
  })
})

describe('two tenants', () => {
  it('share nothing, even with equal ids and stores', async () => {
    const { receiver } = receiverAt(test.db)
    const [one, two] = [
      await receiverClient(receiver, 'one.example'),
      await receiverClient(receiver, 'two.example'),
    ]
    const customer = { shopify_customer_id: 'c1', first_name: 'Ada' }
    const shop = { 'X-Shopify-Shop': 'toys.myshopify.com' }

    await one.post(
      '/api/sync/webhook',
      sharedEvent('product', { external_id: 'same', revision: 9, name: 'One' }),
    )
    await one.send('POST', '/api/customers/sync', customer, shop)
    const taken = await two.post(
      '/api/sync/webhook',
      sharedEvent('product', { external_id: 'same', revision: 1, name: 'Two' }),
    )
    expect(taken.body.data).toMatchObject({ syncedCount: 1 })
    expect((await two.send('DELETE', '/api/customers/c1', undefined, shop)).status).toBe(404)

    expect((await heldRecord(test.db, 'one.example', 'product', 'same'))?.body.name).toBe('One')
    expect((await heldRecord(test.db, 'two.example', 'product', 'same'))?.body.name).toBe('Two')
    const digest = '/api/sync/digest?source=shopify&store=toys.myshopify.com&resource='
    expect((await two.get(`${digest}product`)).body.data).toMatchObject({ count: 1 })
    expect((await two.get(`${digest}customer`)).body.data).toMatchObject({ count: 0 })
    expect(
      (await two.get('/api/sync/digest/rows?source=shopify&store=toys.myshopify.com&resource=customer')).body
        .data,
    ).toEqual({ rows: [] })
    expect((await two.get('/api/sync/status')).body.data).toMatchObject({
      resources: { product: { count: 1 }, customer: { count: 0 } },
    })
    expect((await logsOf(two)).map((log) => log.sync_type)).toEqual(['webhook:customers', 'webhook:products'])
  })

  it('cannot be chosen by anything in a request but the key', async () => {
    const { receiver } = receiverAt(test.db)
    const [mine] = [
      await receiverClient(receiver, 'mine.example'),
      await receiverClient(receiver, 'yours.example'),
    ]
    const event = sharedEvent('order', {
      external_id: 'x',
      store: 'yours.example',
      store_id: 'yours',
      tenant: 'yours.example',
    })
    await mine.send('POST', '/api/sync/webhook?store_id=yours&store=yours.example', event, {
      'X-Store-Id': 'yours.example',
    })
    expect(await heldRecord(test.db, 'yours.example', 'order', 'x')).toBeUndefined()
    expect(await heldRecord(test.db, 'mine.example', 'order', 'x')).toBeDefined()
  })
})

describe('the status', () => {
  it('counts what lives and says when it last came', async () => {
    const { receiver } = receiverAt(test.db)
    const client = await receiverClient(receiver, 'status.example')
    await client.post('/api/sync/webhook', sharedEvent('order', { external_id: '1' }))
    await client.post(
      '/api/sync/webhook',
      sharedEvent('order', { external_id: '2', deleted_at: '2026-11-21T11:00:00Z' }, 'deleted'),
    )
    const empty = { count: 0, last_synced_at: null }
    expect((await client.get('/api/sync/status')).body).toEqual({
      success: true,
      data: {
        schema_version: 1,
        batch_limit: 500,
        resources: {
          order: { count: 1, last_synced_at: '2026-11-21T12:00:00.000Z' },
          product: empty,
          customer: empty,
          category: empty,
          message: empty,
        },
      },
    })
  })
})

describe('the sync log', () => {
  it('has one entry a call, newest first, with its counts and faults', async () => {
    const { receiver, now } = receiverAt(test.db)
    const client = await receiverClient(receiver, 'logs.example')
    const later = () => (now.value = new Date(now.value.getTime() + 1_000))
    const { body } = await client.post(
      '/api/sync/webhook',
      sharedEvent('product', { external_id: '1', revision: 2 }),
    )
    later()
    await client.post('/api/sync/webhook', sharedEvent('product', { external_id: '1', revision: 1 }))
    later()
    await client.post('/api/sync/webhook', {
      resource: 'category',
      action: 'created',
      data: { wc_category_id: 'a', name: 'b' },
    })
    later()
    await client.post('/api/sync/webhook', sharedEvent('customer', { external_id: '1', tags: 5 }))
    later()
    await client.post('/api/sync/orders', {
      orders: [{ wc_order_id: 1 }, sharedEvent('order', { external_id: '1' }).data],
    })

    const counts = { synced_count: 0, skipped_count: 0, stale_count: 0, error: null }
    const done = { status: 'completed', ...counts }
    expect(await logsOf(client)).toMatchObject([
      {
        ...done,
        sync_type: 'orders',
        synced_count: 1,
        skipped_count: 1,
        error: expect.stringContaining('orders[0].') as string,
      },
      {
        ...done,
        sync_type: 'webhook:customers',
        status: 'failed',
        error: expect.stringContaining('data.tags') as string,
      },
      {
        ...done,
        sync_type: 'webhook:categories',
        skipped_count: 1,
        error: 'data.wc_category_id must be an integer',
      },
      { ...done, sync_type: 'webhook:products', stale_count: 1 },
      {
        ...done,
        id: (body.data as { syncLogId: string }).syncLogId,
        sync_type: 'webhook:products',
        synced_count: 1,
        started_at: '2026-11-21T12:00:00.000Z',
        ended_at: '2026-11-21T12:00:00.000Z',
      },
    ])
    expect(await logsOf(client, '?limit=2')).toHaveLength(2)
    expect((await client.get('/api/sync/logs?limit=0')).body.error.message).toContain('limit')
  })

  it('shows a full sync as running while it runs', async () => {
    const during: string[] = []
    const client = await receiverClient(
      createReceiver({
        db: whenWriting(test.db, '"MirrorOrder"', async () => {
          const [log] = await test.db.query<{ status: string }>(
            `SELECT "status" FROM "MirrorSyncLog" ORDER BY "id" DESC LIMIT 1`,
          )
          during.push(log!.status)
        }),
      }),
      'running.example',
    )
    await client.post('/api/sync/orders', { orders: [sharedEvent('order', { external_id: '1' }).data] })
    expect(during).toEqual(['running'])
    expect(await logsOf(client)).toMatchObject([{ status: 'completed', synced_count: 1 }])
  })

  it.each([
    ['/api/sync/webhook', sharedEvent('order', { external_id: '1' }), 'webhook:orders'],
    ['/api/sync/batch', { events: [sharedEvent('order', { external_id: '1' })] }, 'webhook:orders'],
    ['/api/sync/orders', { orders: [sharedEvent('order', { external_id: '1' }).data] }, 'orders'],
  ])('says that a call to %s failed, and so does the answer', async (path, body, syncType) => {
    const failures: Error[] = []
    const db = whenWriting(test.db, '"MirrorOrder"', () => Promise.reject(new Error('secret: disk full')))
    const receiver = createReceiver({ db, onFailure: (error) => failures.push(error) })
    const client = await receiverClient(receiver, `failed${path.replaceAll('/', '.')}`)

    const answer = await client.post(path, body)
    expect(answer.status).toBe(500)
    expect(answer.body).toMatchObject({ success: false, error: { code: 'SYNC_ERROR' } })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(failures.map(({ message }) => message)).toEqual(['secret: disk full'])
    expect(await logsOf(client)).toMatchObject([{ sync_type: syncType, status: 'failed', synced_count: 0 }])
  })
})

describe('what cannot be served', () => {
  it('is 404 at an unknown address', async () => {
    const client = await receiverClient(receiverAt(test.db).receiver, 'errors.example')
    for (const path of [
      '/api',
      '/api/sync',
      '/api/sync/webhooks',
      '/api/sync/messages',
      '/api/customers/a/b',
      '/api/customers/%ff',
    ])
      expect((await client.get(path)).body).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } })
  })

  it('is 405 for another method, naming those that there are', async () => {
    const client = await receiverClient(receiverAt(test.db).receiver, 'errors.example')
    for (const [method, path] of TENANT_ADDRESSES) {
      const { status, headers, body } = await client.send('PUT', path, {})
      expect(status).toBe(405)
      expect(headers.get('Allow')).toContain(method)
      expect(body.error.code).toBe('METHOD_NOT_ALLOWED')
    }
  })

  it('is 413 for a body over the limit, whether or not its length is told', async () => {
    const { receiver } = receiverAt(test.db)
    const client = await receiverClient(receiver, 'errors.example')
    const told = await client.send('POST', '/api/sync/webhook', '{}', {
      'Content-Length': String(MAX_BODY_BYTES + 1),
    })
    expect(told.status).toBe(413)

    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000_000
        controller.enqueue(new Uint8Array(1_000_000).fill(32))
      },
    })
    const response = await receiver.handle(
      new Request('https://receiver.example/api/sync/batch', {
        method: 'POST',
        headers: { Authorization: `Bearer ${client.key}` },
        body: endless,
        duplex: 'half',
      }),
    )
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ success: false, error: { code: 'PAYLOAD_TOO_LARGE' } })
    expect(sent).toBeLessThan(MAX_BODY_BYTES + 3_000_000)
  })

  it('is 429 when a tenant asks too much, and only for that tenant', async () => {
    const receiver = createReceiver({ db: test.db, rateLimit: { requests: 2, perMs: 60_000 } })
    const [busy, calm] = [
      await receiverClient(receiver, 'busy.example'),
      await receiverClient(receiver, 'calm.example'),
    ]
    await busy.get('/api/sync/status')
    await busy.get('/api/sync/status')
    const { status, headers, body } = await busy.get('/api/sync/status')
    expect(status).toBe(429)
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(body).toMatchObject({ success: false, error: { code: 'RATE_LIMITED' } })
    expect((await calm.get('/api/sync/status')).status).toBe(200)
  })
})

async function logsOf(client: ReceiverClient, query = '') {
  return ((await client.get(`/api/sync/logs${query}`)).body.data as LogsAnswer['data']).logs
}

/** The database, with something happening before each statement that writes to a table. */
function whenWriting(db: Database, table: string, happens: () => Promise<void>): Database {
  return {
    ...db,
    async query(text, values) {
      if (text.includes(`INSERT INTO ${table}`)) await happens()
      return db.query(text, values)
    },
  }
}
