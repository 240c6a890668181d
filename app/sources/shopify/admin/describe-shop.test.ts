import { Session } from '@shopify/shopify-api'
import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { API_VERSION } from '~/shopify-version'
import { adminSchema } from '../../../../tests/support/admin-schema'
import { type Fetch } from './call-shop.server'
import { DESCRIBE_SHOP, describeShop } from './describe-shop.server'

const SHOP = 'quiet-harbour.myshopify.com'
const session = new Session({
  id: `offline_${SHOP}`,
  shop: SHOP,
  state: '',
  isOnline: false,
  accessToken: 'the-token',
})
const described = {
  name: 'Quiet Harbour',
  currencyCode: 'EUR',
  ianaTimezone: 'Europe/Lisbon',
  myshopifyDomain: SHOP,
}

const answering =
  (answer: Response): Fetch =>
  () =>
    Promise.resolve(answer)

describe('describeShop', () => {
  it('asks what the Admin API of our version can answer', () => {
    expect(validate(adminSchema(API_VERSION), parse(DESCRIBE_SHOP))).toEqual([])
  })

  it('answers name, currency and time zone, and asks with the session’s token', async () => {
    let asked: { url: string; token: string | null } | undefined
    const fetch: Fetch = (input, init) => {
      asked = { url: input as string, token: new Headers(init?.headers).get('X-Shopify-Access-Token') }
      return Promise.resolve(Response.json({ data: { shop: described }, extensions: {} }))
    }

    expect(await describeShop(session, fetch)).toEqual({
      name: 'Quiet Harbour',
      currency: 'EUR',
      timeZone: 'Europe/Lisbon',
    })
    expect(asked).toEqual({ url: `https://${SHOP}/admin/api/2026-10/graphql.json`, token: 'the-token' })
  })

  it.each([
    ['TOKEN_REFUSED', new Response('no', { status: 401 })],
    ['SHOPIFY_UNREACHABLE', new Response('busy', { status: 503 })],
    ['SHOPIFY_UNREACHABLE', new Response('slow down', { status: 429 })],
    ['SHOPIFY_ANSWER', new Response('<html>')],
    ['SHOPIFY_ANSWER', Response.json({ data: null, errors: [{ message: 'Internal error' }] })],
    [
      'SHOPIFY_ANSWER',
      Response.json({ data: { shop: { ...described, myshopifyDomain: 'other.myshopify.com' } } }),
    ],
  ])('fails with %s when the answer is of no use', async (code, answer) => {
    await expect(describeShop(session, answering(answer))).rejects.toMatchObject({ code })
  })

  it('asks nothing without a token', async () => {
    const without = new Session({ id: session.id, shop: SHOP, state: '', isOnline: false })
    await expect(describeShop(without, answering(new Response()))).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
    })
  })
})
