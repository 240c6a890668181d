import { Agent, request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { startFlow, type Flow } from '../support/flow'
import { shopifyFixture } from '../support/shopify-fixture'
import { sign, STORE } from '../support/webhook'

const PRODUCT = shopifyFixture('2026-10/products_update')
const MIB = 1024 * 1024

/** A request as a test writes it: a header of null is left out. */
interface Sent {
  method?: string
  path?: string
  body?: Buffer | string
  headers?: Record<string, string | null>
  /** In two pieces and without a length. */
  chunked?: boolean
}

/** What came back, without what differs from one moment to the next. */
interface Came {
  status: number | undefined
  headers: IncomingMessage['headers']
  body: string
  continued: boolean
}

describe('the direct road and the one through express and Remix', () => {
  let flow: Flow
  let sent = 0
  beforeAll(async () => {
    flow = await startFlow()
  })
  afterAll(() => flow.stop())

  function send({ method = 'POST', path, body = PRODUCT, headers, chunked }: Sent): Promise<Came> {
    const all: Record<string, string | null> = {
      'content-type': 'application/json',
      'x-shopify-topic': 'products/update',
      'x-shopify-shop-domain': STORE,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': `roads-${++sent}`,
      'x-shopify-hmac-sha256': sign(Buffer.from(body), flow.app.env.SHOPIFY_API_SECRET!),
      ...(chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    }
    const given = Object.entries(all).filter(([, value]) => value !== null) as [string, string][]
    return new Promise((resolve, reject) => {
      // A connection of its own: what is left of a body that is too long stays in it.
      const agent = new Agent({ keepAlive: true })
      const outgoing = request(flow.app.url + path, {
        agent,
        method,
        headers: Object.fromEntries(given),
      })
      let continued = false
      outgoing.once('continue', () => (continued = true))
      outgoing.once('response', (response) => {
        response.setEncoding('utf8')
        let text = ''
        response.on('data', (chunk: string) => (text += chunk))
        response.once('error', reject).once('end', () => {
          const { date: _moment, ...rest } = response.headers
          agent.destroy()
          resolve({ status: response.statusCode, headers: rest, body: text, continued })
        })
      })
      outgoing.once('error', reject)
      if (chunked) outgoing.write(body.slice(0, 100))
      outgoing.end(chunked ? body.slice(100) : body)
    })
  }

  /** A query is not what Shopify sends, so that such a request is left to express. */
  async function onBothRoads({ path = '/webhooks/products/update', ...rest }: Sent): Promise<Came> {
    const direct = await send({ path, ...rest })
    const long = await send({ path: `${path}?road=long`, ...rest })
    expect(direct).toEqual(long)
    return direct
  }

  it.each<[string, number, Sent]>([
    ['a webhook', 200, {}],
    ['a webhook at /webhooks', 200, { path: '/webhooks' }],
    ['a webhook at a path with an underscore', 200, { path: '/webhooks/customer/tags_added' }],
    ['a body in chunks', 200, { chunked: true }],
    ['a body of five MiB', 200, { body: `{"id":1,"title":"${'x'.repeat(5 * MIB - 19)}"}` }],
    ['a sender that asks first', 200, { headers: { expect: '100-continue' } }],
    [
      'a proxy that says so',
      200,
      { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'p.example' } },
    ],
    ['a topic that nobody handles', 200, { headers: { 'x-shopify-topic': 'themes/publish' } }],
    ['GET', 405, { method: 'GET', body: '' }],
    ['PUT', 405, { method: 'PUT' }],
    ['DELETE', 405, { method: 'DELETE' }],
    ['HEAD', 405, { method: 'HEAD', body: '' }],
    ['TRACE', 405, { method: 'TRACE', body: '', headers: { 'content-length': null } }],
    ['a length over five MiB', 413, { body: Buffer.alloc(5 * MIB + 1, ' ') }],
    ['more than five MiB without a length', 413, { body: Buffer.alloc(5 * MIB + 1, ' '), chunked: true }],
    ['no signature', 401, { headers: { 'x-shopify-hmac-sha256': null } }],
    ['a wrong signature', 401, { headers: { 'x-shopify-hmac-sha256': 'AAAA' } }],
    [
      'a wrong signature over what is no JSON',
      401,
      { body: '{', headers: { 'x-shopify-hmac-sha256': 'AAAA' } },
    ],
    ['no topic', 400, { headers: { 'x-shopify-topic': null } }],
    ['no domain', 400, { headers: { 'x-shopify-shop-domain': null } }],
    ['no version', 400, { headers: { 'x-shopify-api-version': null } }],
    ['no id', 400, { headers: { 'x-shopify-webhook-id': null } }],
    ['a foreign domain', 400, { headers: { 'x-shopify-shop-domain': 'evil.example' } }],
    ['no body', 400, { body: '' }],
    ['a body that is no JSON', 400, { body: '{"id":1' }],
    ['a malformed Host', 400, { headers: { host: 'a b' } }],
    ['a Host with an impossible port', 400, { headers: { host: 'a.example:99999' } }],
    ['a malformed forwarded host', 400, { headers: { 'x-forwarded-host': 'a b' } }],
    ['a path that cannot be decoded', 400, { path: '/webhooks/%ZZ' }],
  ])('answer alike: %s is %i', async (_what, status, request) => {
    const answer = await onBothRoads(request)
    expect(answer.status).toBe(status)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    if (status === 405) expect(answer.headers.allow).toBe('POST')
    expect(answer.continued).toBe(request.headers?.expect !== undefined)
  })

  it('leave a connection usable after a body that was too long, on the direct road', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const post = (body: Buffer) =>
      new Promise((resolve, reject) => {
        const outgoing = request(`${flow.app.url}/webhooks`, { agent, method: 'POST' }, (response) => {
          response.resume().once('end', () => resolve(response.statusCode))
        })
        outgoing.once('error', reject)
        // Two pieces, so that it names no length.
        outgoing.write(body.subarray(0, 1))
        outgoing.end(body.subarray(1))
      })
    expect(await post(Buffer.alloc(6 * MIB, ' '))).toBe(413)
    expect(await post(PRODUCT)).toBe(401)
    agent.destroy()
  })

  it('take the bytes apart from what came before on the same connection', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => onBothRoads({ body: `{"id":${n + 100},"title":"P"}` })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it.each(['/webhooks/products/update', '/webhooks/products/update?road=long'])(
    'bear a sender that gives up in the middle: %s',
    async (path) => {
      const { hostname, port } = new URL(flow.app.url)
      const socket = connect(Number(port), hostname)
      socket.write(`POST ${path} HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000\r\n\r\n{"id":`)
      await until('it is sent', () => socket.bytesWritten > 80)
      socket.destroy()
      expect((await send({ path })).status).toBe(200)
      expect(flow.app.output()).not.toMatch(/page\.failed|unhandled/i)
    },
  )
})

describe('what cannot be committed', () => {
  it('is a 503 with Retry-After on both roads', async () => {
    const flow = await startFlow()
    try {
      await flow.database.db.query('ALTER TABLE "WebhookEvent" RENAME TO "Away"')
      const body = '{"id":1}'
      const headers = {
        'x-shopify-topic': 'products/update',
        'x-shopify-shop-domain': STORE,
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': 'away',
        'x-shopify-hmac-sha256': sign(body, flow.app.env.SHOPIFY_API_SECRET!),
      }
      for (const path of ['/webhooks', '/webhooks?road=long']) {
        const answer = await fetch(flow.app.url + path, { method: 'POST', headers, body })
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
      }
    } finally {
      await flow.stop()
    }
  })
})
