import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shopifyFixture } from '../../../tests/support/shopify-fixture'
import { createShopifyReceiver, type Verdict } from './receive-webhook'

const SECRET = 'shpss_current'
const receive = createShopifyReceiver({ apiKey: 'key', apiSecret: SECRET })
const product = shopifyFixture('2026-10/products_update')

const sign = (body: Uint8Array | string, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('base64')

/** A webhook that is right in every way, but for what the test changes. A header of null is left out. */
function webhook(
  changes: { body?: Uint8Array | string; headers?: Record<string, string | null>; secret?: string } = {},
) {
  const body = Buffer.from(changes.body ?? product)
  const headers: Record<string, string | null> = {
    'X-Shopify-Topic': 'products/update',
    'X-Shopify-Hmac-Sha256': sign(body, changes.secret),
    'X-Shopify-Shop-Domain': 'fjord-clay.myshopify.com',
    'X-Shopify-API-Version': '2026-10',
    'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
    'X-Shopify-Event-Id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
    'X-Shopify-Triggered-At': '2026-09-14T16:20:32.123456789Z',
    ...changes.headers,
  }
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
  return { headers: new Headers(given), body: new Uint8Array(body) }
}

/** The same in the headers of the Events family. */
function event(changes: { body?: Uint8Array; headers?: Record<string, string | null> } = {}) {
  const body = changes.body ?? shopifyFixture('unstable/product_delete')
  const headers: Record<string, string | null> = {
    'shopify-hmac-sha256': sign(body),
    'shopify-topic': 'Product',
    'shopify-shop-domain': 'fjord-clay.myshopify.com',
    'shopify-api-version': 'unstable',
    'shopify-webhook-id': 'c0ffee',
    'shopify-handle': 'products',
    'shopify-action': 'delete',
    'shopify-triggered-at': '2026-09-14T16:20:32.5Z',
    ...changes.headers,
  }
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
  return { headers: new Headers(given), body: new Uint8Array(body) }
}

function arrivalOf(verdict: Verdict) {
  if (verdict.kind !== 'genuine') throw new Error(`refused: ${verdict.message}`)
  return verdict.arrival
}

describe('a genuine webhook', () => {
  it('arrives with what its headers say and what its body means', () => {
    const request = webhook()
    const { news, ...arrival } = arrivalOf(receive(request))
    expect(arrival).toEqual({
      platform: 'shopify',
      store: 'fjord-clay.myshopify.com',
      deliveryId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      topic: 'products/update',
      apiVersion: '2026-10',
      senderEventId: '98880550-7158-44d4-b7cd-2c97c8a091b5',
      triggeredAt: '2026-09-14T16:20:32.123456789Z',
      isTest: false,
      body: request.body,
    })
    expect(news).toMatchObject([{ kind: 'state', resource: 'product', externalId: '5123456789012345678' }])
  })

  it('is verified by its bytes, however they are spelt', () => {
    const compact = JSON.stringify(JSON.parse('{"id":1,"title":"A/B <ö> \\u2028"}'))
      .replaceAll('/', '\\/')
      .replaceAll('<', '\\u003c')
    for (const body of [compact, `${compact}\n`, `  ${compact}`, '\uFEFF{"id":1}']) {
      expect(arrivalOf(receive(webhook({ body }))).news).toMatchObject([{ kind: 'state', externalId: '1' }])
    }
  })

  it('names its topic in any case', () => {
    const headers = { 'X-Shopify-Topic': 'Customer.Tags_Added' }
    const { topic, news } = arrivalOf(
      receive(webhook({ headers, body: '{"customerId":"gid://shopify/Customer/1"}' })),
    )
    expect(topic).toBe('customer.tags_added')
    expect(news).toMatchObject([{ kind: 'hint', parts: ['tags'] }])
  })

  it('may be a test', () => {
    expect(arrivalOf(receive(webhook({ headers: { 'X-Shopify-Test': 'true' } }))).isTest).toBe(true)
    expect(arrivalOf(receive(webhook({ headers: { 'X-Shopify-Test': 'false' } }))).isTest).toBe(false)
  })

  it('may leave its trigger time out, or spoil it', () => {
    for (const triggeredAt of [null, '', 'soon', '2026-09-14T16:20:32']) {
      const arrival = arrivalOf(receive(webhook({ headers: { 'X-Shopify-Triggered-At': triggeredAt } })))
      expect(arrival.triggeredAt).toBeNull()
    }
  })

  it('may be about a topic that nobody handles, or have a body that nobody understands', () => {
    const unknown = arrivalOf(receive(webhook({ headers: { 'X-Shopify-Topic': 'themes/publish' } })))
    expect(unknown.news).toEqual([{ kind: 'ignored', reason: 'Nobody handles this topic.' }])

    for (const body of ['[]', 'null', '17', '"text"']) {
      expect(arrivalOf(receive(webhook({ body }))).news).toMatchObject([{ kind: 'unmapped' }])
    }
  })

  it('may be nested deeper than can be followed', () => {
    const body = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(arrivalOf(receive(webhook({ body }))).news).toEqual([
      { kind: 'unmapped', reason: 'The body is nested too deeply.' },
    ])
  })

  it('is taken with the previous secret while a secret rotates, and no longer', () => {
    const rotating = createShopifyReceiver({
      apiKey: 'key',
      apiSecret: SECRET,
      previousApiSecret: 'shpss_previous',
    })
    for (const secret of [SECRET, 'shpss_previous']) {
      expect(rotating(webhook({ secret })).kind).toBe('genuine')
    }
    expect(rotating(webhook({ secret: 'shpss_other' }))).toMatchObject({ status: 401 })
    expect(receive(webhook({ secret: 'shpss_previous' }))).toMatchObject({ status: 401 })
  })

  it.each([
    ['Fjord-Clay.MyShopify.com', 'fjord-clay.myshopify.com'],
    ['fjord-clay.myshopify.com/', 'fjord-clay.myshopify.com'],
    ['1st_shop.myshopify.com', '1st_shop.myshopify.com'],
    ['shop1.shop.dev', 'shop1.shop.dev'],
  ])('from %s is from the store %s', (domain, store) => {
    expect(arrivalOf(receive(webhook({ headers: { 'X-Shopify-Shop-Domain': domain } }))).store).toBe(store)
  })
})

describe('an event of the Events family', () => {
  it('arrives like a webhook, named by its topic and action, with or without an event id', () => {
    expect(arrivalOf(receive(event()))).toMatchObject({
      deliveryId: 'c0ffee',
      topic: 'product/delete',
      apiVersion: 'unstable',
      senderEventId: null,
      triggeredAt: '2026-09-14T16:20:32.500000000Z',
      news: [{ kind: 'deletion', externalId: '5123456789012345678' }],
    })
    expect(arrivalOf(receive(event({ headers: { 'shopify-event-id': 'e1' } }))).senderEventId).toBe('e1')
  })

  it('goes before a classic one where a request has the headers of both', () => {
    const { headers, body } = event()
    webhook({ body }).headers.forEach((value, name) => headers.set(name, value))
    expect(arrivalOf(receive({ headers, body })).topic).toBe('product/delete')

    headers.set('shopify-hmac-sha256', sign('another body'))
    expect(receive({ headers, body })).toMatchObject({ status: 401 })
  })
})

describe('a webhook is refused with 401', () => {
  it('when it is not signed, whatever its topic', () => {
    for (const topic of ['products/update', 'customers/redact', 'themes/publish', null]) {
      const headers = { 'X-Shopify-Topic': topic, 'X-Shopify-Hmac-Sha256': null }
      expect(receive(webhook({ headers }))).toMatchObject({
        kind: 'refused',
        status: 401,
        code: 'SIGNATURE_MISSING',
      })
    }
  })

  it.each([
    ['of another body', sign('{}')],
    ['with another secret', sign(product, 'other')],
    ['in hex', createHmac('sha256', SECRET).update(product).digest('hex')],
    ['cut short', sign(product).slice(0, -4)],
    ['that is no signature', 'x'],
    ['sent twice', `${sign(product)}, ${sign(product)}`],
  ])('when its signature is one %s', (_, signature) => {
    const headers = { 'X-Shopify-Hmac-Sha256': signature }
    expect(receive(webhook({ headers }))).toMatchObject({
      kind: 'refused',
      status: 401,
      code: 'SIGNATURE_WRONG',
    })
  })

  it('when its body was altered, by as little as a space', () => {
    const { headers } = webhook()
    const body = new Uint8Array([...product, 0x20])
    expect(receive({ headers, body })).toMatchObject({ status: 401 })
  })

  it('rather than 400, when other things are wrong too', () => {
    const headers = {
      'X-Shopify-Hmac-Sha256': sign('other'),
      'X-Shopify-Topic': null,
      'X-Shopify-Shop-Domain': 'evil.example',
    }
    expect(receive(webhook({ headers, body: 'no JSON' }))).toMatchObject({ status: 401 })
    expect(receive(webhook({ headers, body: '' }))).toMatchObject({ status: 401 })
    expect(receive(webhook({ headers, body: new Uint8Array([0xff, 0xfe]) }))).toMatchObject({
      status: 401,
    })
  })

  it('when its bytes are not text, and only look like the text that was signed', () => {
    const genuine = Buffer.from('{"id":1,"title":"\uFFFD"}')
    const forged = Buffer.from(genuine.toString('latin1').replace('\u00EF\u00BF\u00BD', '\u00FF'), 'latin1')
    const { headers } = webhook({ body: genuine })
    expect(receive({ headers, body: new Uint8Array(forged) })).toMatchObject({ status: 401 })
  })
})

describe('a genuine webhook is refused with 400', () => {
  it.each(['X-Shopify-Topic', 'X-Shopify-Shop-Domain', 'X-Shopify-API-Version', 'X-Shopify-Webhook-Id'])(
    'without its header %s, which the message names',
    (name) => {
      for (const value of [null, '']) {
        const verdict = receive(webhook({ headers: { [name]: value } }))
        expect(verdict).toMatchObject({ kind: 'refused', status: 400, code: 'HEADER_MISSING' })
        expect(verdict).toHaveProperty('message', expect.stringContaining(name))
      }
    },
  )

  it('with a webhook id that is too long to be one', () => {
    const verdict = receive(webhook({ headers: { 'X-Shopify-Webhook-Id': 'x'.repeat(256) } }))
    expect(verdict).toMatchObject({ kind: 'refused', status: 400, code: 'HEADER_INVALID' })
  })

  it('without a header of the Events family', () => {
    for (const name of [
      'shopify-topic',
      'shopify-shop-domain',
      'shopify-api-version',
      'shopify-webhook-id',
    ]) {
      expect(receive(event({ headers: { [name]: null } }))).toMatchObject({
        status: 400,
        code: 'HEADER_MISSING',
      })
    }
  })

  it.each([
    'evil.example',
    'myshopify.com',
    '.myshopify.com',
    'fjord.myshopify.com.evil.example',
    'fjord.evil.example/.myshopify.com',
    'a.b.myshopify.com',
    'fjord-myshopify.com',
    'https://fjord.myshopify.com',
    'fjord.myshopify.com:443',
    'fjord@evil.myshopify.com',
    '127.0.0.1',
  ])('from %s, which is no domain of a Shopify shop', (domain) => {
    const verdict = receive(webhook({ headers: { 'X-Shopify-Shop-Domain': domain } }))
    expect(verdict).toMatchObject({ kind: 'refused', status: 400, code: 'SHOP_DOMAIN_INVALID' })
  })

  it.each(['', '{', 'id=1', '{"id":1}}', "{'id':1}", 'undefined'])(
    'with the body %j, which is not JSON',
    (body) => {
      expect(receive(webhook({ body }))).toMatchObject({
        kind: 'refused',
        status: 400,
        code: 'BODY_NOT_JSON',
      })
    },
  )

  it('with bytes that are not text', () => {
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])
    expect(receive(webhook({ body }))).toMatchObject({ status: 400, code: 'BODY_NOT_JSON' })
  })
})

describe('any request at all', () => {
  it('gets a verdict, and is genuine only if its signature is right', () => {
    const header = fc.option(
      fc.string().map((text) => text.replace(/[^\x20-\x7e]/g, '')),
      { nil: null },
    )
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.boolean(),
        fc.tuple(header, header, header),
        (body, isSigned, values) => {
          const [topic, domain, triggeredAt] = values
          const headers = {
            'X-Shopify-Topic': topic,
            'X-Shopify-Shop-Domain': domain,
            'X-Shopify-Triggered-At': triggeredAt,
            ...(isSigned ? {} : { 'X-Shopify-Hmac-Sha256': sign('another body') }),
          }
          const verdict = receive(webhook({ body, headers }))
          if (!isSigned) expect(verdict).toMatchObject({ kind: 'refused', status: 401 })
          else if (verdict.kind === 'refused') expect(verdict.status).toBe(400)
        },
      ),
      { numRuns: 300 },
    )
  })
})
