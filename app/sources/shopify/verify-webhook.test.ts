import '@shopify/shopify-api/adapters/web-api'
import { createHmac } from 'node:crypto'
import { LogSeverity, shopifyApi } from '@shopify/shopify-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { API_VERSION } from '../../shopify-version'
import { type Verification, verifyWebhook } from './verify-webhook'

const SECRETS = ['shpss_current', 'shpss_previous']
const BODY = '{"id":1,"title":"A/B <ö> \u2028"}'

/** What Shopify's SDK says of the same request, in our words. */
async function verdictOfSdk(headers: Headers, body: string): Promise<Verification['kind']> {
  for (const apiSecretKey of SECRETS) {
    const sdk = shopifyApi({
      apiKey: 'key',
      apiSecretKey,
      apiVersion: API_VERSION,
      hostName: 'parity.invalid',
      isEmbeddedApp: true,
      logger: { level: LogSeverity.Error, log: () => {} },
    })
    const rawRequest = new Request('https://parity.invalid/', { method: 'POST', headers })
    const verdict = await sdk.webhooks.validate({ rawBody: body, rawRequest })
    if (verdict.valid) return 'genuine'
    if ('missingHeaders' in verdict) return 'incomplete'
  }
  return 'forged'
}

const verify = (headers: Headers, body: string | Uint8Array) =>
  verifyWebhook({ headers, body: Buffer.from(body) }, SECRETS)
const sign = (body: string | Uint8Array, secret = 'shpss_current') =>
  createHmac('sha256', secret).update(body).digest('base64')

/** The headers that every webhook of a family has; null leaves one out. */
function headersOf(prefix: string, changes: Record<string, string | null> = {}): Headers {
  const all: Record<string, string | null> = {
    'Hmac-Sha256': sign(BODY),
    Topic: 'products/update',
    'Shop-Domain': 'fjord-clay.myshopify.com',
    'API-Version': '2026-10',
    'Webhook-Id': 'b54557e4',
    ...changes,
  }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  return new Headers(given.map(([name, value]): [string, string] => [prefix + name, value]))
}

const CLASSIC = 'X-Shopify-'
const EVENTS = 'shopify-'

describe.each([CLASSIC, EVENTS])('a webhook with headers %s… gets the verdict of the SDK', (prefix) => {
  const signature = sign(BODY)

  it.each([
    ['as it should be', {}],
    ['signed with the previous secret', { 'Hmac-Sha256': sign(BODY, 'shpss_previous') }],
    ['signed with a foreign secret', { 'Hmac-Sha256': sign(BODY, 'foreign') }],
    ['signed for another body', { 'Hmac-Sha256': sign('{}') }],
    ['unsigned', { 'Hmac-Sha256': null }],
    ['with an empty signature', { 'Hmac-Sha256': '' }],
    ['with a signature cut short', { 'Hmac-Sha256': signature.slice(0, -1) }],
    ['with a signature without its padding', { 'Hmac-Sha256': signature.replace(/=+$/, '') }],
    [
      'with a signature in hex',
      { 'Hmac-Sha256': createHmac('sha256', SECRETS[0]!).update(BODY).digest('hex') },
    ],
    [
      'with a signature in the base64 of URLs',
      { 'Hmac-Sha256': sign(BODY).replaceAll('+', '-').replaceAll('/', '_') + ' ' },
    ],
    ['with two signatures', { 'Hmac-Sha256': `${signature}, ${signature}` }],
    ['with space around the signature', { 'Hmac-Sha256': `  ${signature} ` }],
    ['without a topic', { Topic: null }],
    ['with an empty topic', { Topic: '' }],
    ['without a domain', { 'Shop-Domain': null }],
    ['without an API version', { 'API-Version': null }],
    ['without an id', { 'Webhook-Id': null }],
    ['without a topic and wrongly signed', { Topic: null, 'Hmac-Sha256': 'AAAA' }],
  ])('%s', async (_what, changes) => {
    const headers = headersOf(prefix, changes)
    expect(verify(headers, BODY).kind).toBe(await verdictOfSdk(headers, BODY))
  })
})

describe('a webhook with the headers of both families gets the verdict of the SDK', () => {
  it.each([
    ['both right', {}, {}],
    ['the Events signature wrong', {}, { 'Hmac-Sha256': 'AAAA' }],
    ['the classic signature wrong', { 'Hmac-Sha256': 'AAAA' }, {}],
    ['the Events signature empty', {}, { 'Hmac-Sha256': '' }],
    ['an Events header missing', {}, { Topic: null }],
    ['a classic header missing', { Topic: null }, {}],
  ])('%s', async (_what, classic, events) => {
    const headers = headersOf(CLASSIC, classic)
    headersOf(EVENTS, events).forEach((value, name) => headers.set(name, value))
    expect(verify(headers, BODY).kind).toBe(await verdictOfSdk(headers, BODY))
  })
})

describe('any webhook', () => {
  it('gets the verdict of the SDK, and its headers as the SDK reads them', async () => {
    const text = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed())
    const header = fc.option(fc.stringMatching(/^[\x21-\x7e]{0,6}$/), { nil: null })
    const signer = fc.constantFrom(...SECRETS, 'foreign')
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(CLASSIC, EVENTS),
        signer,
        fc.record({ Topic: header, 'API-Version': header, 'Webhook-Id': header }, { requiredKeys: [] }),
        async (body, prefix, secret, changes) => {
          const headers = headersOf(prefix, { ...changes, 'Hmac-Sha256': sign(body, secret) })
          expect(verify(headers, body).kind).toBe(await verdictOfSdk(headers, body))
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('what the SDK cannot take', () => {
  it.each([
    ['no bytes', new Uint8Array()],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe])],
  ])('is checked all the same: %s', (_what, body) => {
    expect(verify(headersOf(CLASSIC, { 'Hmac-Sha256': sign(body) }), body)).toEqual({ kind: 'no_text' })
    expect(verify(headersOf(CLASSIC, { 'Hmac-Sha256': sign('else') }), body)).toEqual({
      kind: 'forged',
      isSigned: true,
    })
  })
})
