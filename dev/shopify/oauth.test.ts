import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manualClock, type ManualClock } from './clock'
import { startShopify, type ShopifyStandIn } from './start-shopify'

const Answer = z.object({
  access_token: z.string().startsWith('shpat_'),
  scope: z.string(),
  expires_in: z.number().optional(),
  refresh_token: z.string().startsWith('shprt_').optional(),
  refresh_token_expires_in: z.number().optional(),
})

const OnlineAnswer = Answer.extend({
  associated_user_scope: z.string(),
  associated_user: z.object({ id: z.number() }),
})

describe('the token endpoint', () => {
  let shopify: ShopifyStandIn
  let clock: ManualClock

  beforeEach(async () => {
    clock = manualClock(Date.now())
    shopify = await startShopify({
      subscriptions: { apiVersion: '2026-10', scopes: ['read_products', 'read_orders'], list: [] },
      stock: { products: 1, customers: 1, orders: 1, collections: 1 },
      clock,
    })
    shopify.connectApp({ url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' })
  })
  afterEach(() => shopify.stop())

  const ask = (body: Record<string, unknown>) =>
    fetch(`${shopify.origin}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Standin-Shop': shopify.shop.domain },
      body: JSON.stringify({ client_id: 'key', client_secret: 'secret', ...body }),
    })
  const exchange = (idToken: string, expiring = '1') =>
    ask({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: idToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring,
    })
  const exchangeOnline = async (userId: string) => {
    const answer = await ask({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await shopify.shop.idToken({ sub: userId }),
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
    })
    return OnlineAnswer.parse(await answer.json())
  }
  const refresh = (refreshToken: string | undefined) =>
    ask({ grant_type: 'refresh_token', refresh_token: refreshToken })
  it('gives a person a token of their own, with what their permissions allow', async () => {
    shopify.shop.limitStaff('43', 'read_products', 'read_customers')
    expect(await exchangeOnline('42')).toMatchObject({
      ...{ scope: 'read_products,read_orders', associated_user_scope: 'read_products,read_orders' },
      associated_user: { id: 42 },
    })
    expect(await exchangeOnline('43')).toMatchObject({
      ...{ associated_user_scope: 'read_products', associated_user: { id: 43 } },
    })
  })

  const granted = async (answer: Promise<Response>) => Answer.parse(await (await answer).json())
  const refused = async (answer: Promise<Response>) => {
    const response = await answer
    return [response.status, z.object({ error: z.string() }).parse(await response.json()).error]
  }

  it('gives an expiring pair for an id token, with the granted scopes', async () => {
    expect(await granted(exchange(await shopify.shop.idToken()))).toMatchObject({
      scope: 'read_products,read_orders',
      expires_in: 3600,
      refresh_token_expires_in: 7_776_000,
    })
  })

  it('gives a lasting token to who does not ask for an expiring one', async () => {
    const answer = await granted(exchange(await shopify.shop.idToken(), '0'))
    expect(answer).not.toHaveProperty('expires_in')
    expect(answer).not.toHaveProperty('refresh_token')
  })

  it('refuses an id token that is forged, expired, for another app or of another shop', async () => {
    const { shop } = shopify
    const past = Math.floor(clock.now() / 1000) - 120
    const bad = [
      'not.a.token',
      await shop.idToken({ exp: past }),
      await shop.idToken({ aud: 'another-app' }),
      await shop.idToken({ dest: 'https://other.myshopify.com' }),
      `${(await shop.idToken()).slice(0, -4)}AAAA`,
    ]
    for (const token of bad) expect(await refused(exchange(token))).toEqual([400, 'invalid_subject_token'])
  })

  it('refuses a wrong client secret', async () => {
    const answer = ask({ client_secret: 'wrong', grant_type: 'refresh_token', refresh_token: 'x' })
    expect(await refused(answer)).toEqual([400, 'invalid_client'])
  })

  it('lets the old refresh token work until the new one is first used', async () => {
    const first = await granted(exchange(await shopify.shop.idToken()))
    const lost = await granted(refresh(first.refresh_token))
    const second = await granted(refresh(first.refresh_token))
    expect(lost.refresh_token).not.toBe(second.refresh_token)
    await granted(refresh(second.refresh_token))
    expect(await refused(refresh(first.refresh_token))).toEqual([400, 'invalid_grant'])
  })

  it('ends an access token after an hour, and all tokens with the uninstallation', async () => {
    const { tokens } = shopify.shop
    const first = await granted(exchange(await shopify.shop.idToken()))
    expect(tokens.isActive(first.access_token)).toBe(true)
    clock.advance(3_600_000)
    expect(tokens.isActive(first.access_token)).toBe(false)
    const second = await granted(refresh(first.refresh_token))
    shopify.shop.uninstall()
    expect(tokens.isActive(second.access_token)).toBe(false)
    expect(await refused(refresh(second.refresh_token))).toEqual([400, 'invalid_grant'])
  })

  it('fails, or forgets to say when a token expires, on command', async () => {
    shopify.shop.misbehaveTokens({ kind: 'fail', status: 503, times: 1 })
    shopify.shop.misbehaveTokens({ kind: 'without_expiry', times: 1 })
    expect(await refused(exchange(await shopify.shop.idToken()))).toEqual([503, 'server_error'])
    const answer = await granted(exchange(await shopify.shop.idToken()))
    expect(answer.refresh_token).toBeDefined()
    expect(answer).not.toHaveProperty('expires_in')
    expect(await granted(exchange(await shopify.shop.idToken()))).toHaveProperty('expires_in')
  })
})
