import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFlow, type Flow } from '../support/flow'
import { shopifyFixture } from '../support/shopify-fixture'
import { postWebhook, sign, STORE } from '../support/webhook'

const PREVIOUS = 'the-secret-before-the-rotation'
const PRODUCT = shopifyFixture('2026-10/products_update')

describe('the answer to a webhook', () => {
  let flow: Flow
  beforeAll(async () => {
    flow = await startFlow({ env: { SHOPIFY_API_SECRET_PREVIOUS: PREVIOUS } })
  })
  afterAll(() => flow.stop())

  const post = (options: Parameters<typeof postWebhook>[1]) => postWebhook(flow.app, options)
  const events = (where = 'true') =>
    flow.database.db.query<{ topic: string; outcome: string; detail: string | null }>(
      `SELECT "topic", "outcome", "detail" FROM "WebhookEvent" WHERE ${where}`,
    )

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('refuses %s with 405', async (method) => {
    expect((await post({ method, body: PRODUCT })).status).toBe(405)
  })

  it('refuses TRACE with 405, which no Request can carry', async () => {
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(`${flow.app.url}/webhooks`, { method: 'TRACE' })
      outgoing.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
      outgoing.end()
    })
    expect(status).toBe(405)
  })

  it.each([
    ['no signature', null],
    ['a signature that is not base64', '%%%'],
    ['the signature of other bytes', sign('{"id":1}', 'parity-test-secret')],
    ['a signature with a foreign secret', sign(PRODUCT, 'foreign')],
  ])('refuses %s with 401 and stores nothing', async (_what, signature) => {
    const before = await events()
    expect((await post({ body: PRODUCT, signature })).status).toBe(401)
    expect(await events()).toEqual(before)
  })

  it.each(['customers/data_request', 'customers/redact', 'shop/redact', 'app/uninstalled', 'nobody/knows'])(
    'refuses a wrong signature with 401 on %s',
    async (topic) => {
      expect((await post({ topic, body: PRODUCT, signature: 'AAAA' })).status).toBe(401)
    },
  )

  it('refuses bytes that were changed on their way by as little as a space', async () => {
    const signature = sign(PRODUCT, flow.app.env.SHOPIFY_API_SECRET!)
    const tampered = Buffer.concat([PRODUCT, Buffer.from(' ')])
    expect((await post({ body: tampered, signature })).status).toBe(401)
  })

  it('refuses a wrong signature before it looks at what else is wrong', async () => {
    const answer = await post({
      body: 'not json',
      signature: 'AAAA',
      topic: null,
      path: '/webhooks',
      store: 'evil.example',
    })
    expect(answer.status).toBe(401)
  })

  it.each([
    ['topic', { topic: null, path: '/webhooks' }],
    ['shop domain', { store: null }],
    ['API version', { apiVersion: null }],
    ['webhook id', { deliveryId: null }],
  ])('refuses a missing %s with 400', async (_what, options) => {
    expect((await post({ body: PRODUCT, ...options })).status).toBe(400)
  })

  it.each(['evil.example', 'flows.myshopify.com.evil.example', 'myshopify.com', '../x.myshopify.com', ''])(
    'refuses the shop domain "%s" with 400',
    async (store) => {
      expect((await post({ body: PRODUCT, store })).status).toBe(400)
    },
  )

  it.each(['', 'not json', '{"id":1', 'undefined'])('refuses the body "%s" with 400', async (body) => {
    expect((await post({ body })).status).toBe(400)
  })

  it('refuses more than five MiB with 413, and takes five', async () => {
    const empty = '{"id":77,"title":""}'
    const padded = (bytes: number) => empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`)
    expect((await post({ body: padded(5 * 1024 * 1024 + 1) })).status).toBe(413)
    expect((await post({ body: padded(5 * 1024 * 1024) })).status).toBe(200)
  })

  it('takes a body that comes in chunks and without a length', async () => {
    const status = await postChunked(flow, PRODUCT)
    expect(status).toBe(200)
  })

  it('answers 413 also to a body that names no length, before the connection is broken off', async () => {
    expect(await postChunked(flow, Buffer.alloc(5 * 1024 * 1024 + 1, ' '))).toBe(413)
  })

  it('takes what the secret before the rotation signed', async () => {
    expect((await post({ body: PRODUCT, secret: PREVIOUS })).status).toBe(200)
  })

  it('takes both families of headers', async () => {
    expect((await post({ body: PRODUCT, family: 'classic' })).status).toBe(200)
    const event = shopifyFixture('unstable/product_update')
    const action = { 'shopify-action': 'update', 'shopify-handle': 'products' }
    expect(
      (await post({ body: event, family: 'events', topic: 'Product', path: '/webhooks', headers: action }))
        .status,
    ).toBe(200)
  })

  it('goes by the header where it and the path differ, and takes any topic at /webhooks', async () => {
    expect(
      (
        await post({
          topic: 'collections/update',
          path: '/webhooks/orders/create',
          body: '{"id":5,"title":"C"}',
        })
      ).status,
    ).toBe(200)
    expect(
      (await post({ topic: 'collections/update', path: '/webhooks', body: '{"id":6,"title":"D"}' })).status,
    ).toBe(200)
    const resources = await flow.database.db.query<{ resource: string }>(
      `SELECT "resource" FROM "SyncRecord" WHERE "externalId" IN ('5', '6')`,
    )
    expect(resources).toEqual([{ resource: 'category' }, { resource: 'category' }])
  })

  it('answers 200 to a topic that nobody handles, and says so in the event', async () => {
    expect((await post({ topic: 'themes/publish', body: '{"id":1}' })).status).toBe(200)
    expect(await events(`"topic" = 'themes/publish'`)).toMatchObject([{ outcome: 'ignored' }])
  })

  it('answers 200 for a shop that is not installed, and keeps the event without a record', async () => {
    expect((await post({ store: 'stranger.myshopify.com', body: PRODUCT })).status).toBe(200)
    expect(await events(`"store" = 'stranger.myshopify.com'`)).toMatchObject([{ outcome: 'not_installed' }])
    const shops = await flow.database.db.query(
      `SELECT 1 FROM "Shop" WHERE "domain" = 'stranger.myshopify.com'`,
    )
    expect(shops).toEqual([])
  })

  it('keeps what cannot be mapped as an event with the reason, and without what was in it', async () => {
    const body = '{"title":"Secret plans of Jane"}'
    expect((await post({ topic: 'products/create', body })).status).toBe(200)
    const [event] = await events(`"outcome" = 'unmapped'`)
    expect(event?.detail).toMatch(/id/)
    expect(event?.detail).not.toMatch(/Jane|Secret/)
  })

  it.each(['customers/data_request', 'customers/redact', 'shop/redact'])(
    'notes %s as a request of the law',
    async (topic) => {
      const body = shopifyFixture(`2026-10/${topic.replace('/', '_')}`)
      expect((await post({ topic, body, store: STORE })).status).toBe(200)
      const requests = await flow.database.db.query(
        `SELECT 1 FROM "ComplianceRequest" WHERE "kind" = $1 AND "store" = $2`,
        [topic, STORE],
      )
      expect(requests).toHaveLength(1)
    },
  )

  it('writes nothing secret or personal to its log', () => {
    const log = flow.app.output()
    for (const secret of ['parity-test-secret', PREVIOUS, 'shpat_test', 'Jane'])
      expect(log).not.toContain(secret)
  })
})

/** `fetch` always names a length; a bare request with two writes does not. */
function postChunked(flow: Flow, body: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${flow.app.url}/webhooks/products/update`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': 'products/update',
        'x-shopify-shop-domain': STORE,
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': 'chunked-1',
        'x-shopify-hmac-sha256': sign(body, flow.app.env.SHOPIFY_API_SECRET!),
      },
    })
    outgoing.on('response', (response) => resolve(response.resume().statusCode))
    outgoing.on('error', reject)
    outgoing.write(body.subarray(0, 100))
    outgoing.end(body.subarray(100))
  })
}
