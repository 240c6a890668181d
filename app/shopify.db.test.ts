import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { SignJWT } from 'jose'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../tests/support/database'
import { database } from './db.server'
import { authenticate, shopify } from './shopify.server'

const SHOP = 'quiet-harbour.myshopify.com'
const { db, url, drop } = await createTestDatabase()

Object.assign(process.env, {
  DATABASE_URL: url,
  SHOPIFY_API_KEY: 'the-key',
  SHOPIFY_API_SECRET: 'the-secret',
  SHOPIFY_APP_URL: 'https://parity.example',
  SCOPES: 'read_orders',
  PARITY_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  LOG_LEVEL: 'silent',
})

const exchanges: unknown[] = []
let answer: Record<string, unknown>
shopify()
setAbstractFetchFunc((_input, init) => {
  exchanges.push(JSON.parse(init?.body as string))
  return Promise.resolve(Response.json(answer))
})

beforeEach(async () => {
  exchanges.length = 0
  answer = { access_token: `access-${Math.random()}`, scope: 'read_orders', expires_in: 3600 }
  await db.prisma.session.deleteMany()
})
afterAll(async () => {
  await database().close()
  await drop()
})

/** A request of a page in the admin's frame, with a session token as App Bridge sends it. */
async function pageRequest(path: string): Promise<Request> {
  const token = await new SignJWT({ dest: `https://${SHOP}`, iss: `https://${SHOP}/admin`, sub: '42' })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('the-key')
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode('the-secret'))
  return new Request(`https://parity.example${path}`, { headers: { Authorization: `Bearer ${token}` } })
}

describe('authenticate.admin', () => {
  it('exchanges the session token for an expiring offline token, and stores it', async () => {
    answer = { ...answer, refresh_token: 'refresh', refresh_token_expires_in: 7_776_000 }
    const { session } = await authenticate.admin(await pageRequest('/app'))

    expect(session.shop).toBe(SHOP)
    expect(exchanges).toMatchObject([{ client_id: 'the-key', expiring: '1' }])
    expect(await db.prisma.session.findMany()).toMatchObject([
      { id: `offline_${SHOP}`, isOnline: false, accessToken: session.accessToken, refreshToken: 'refresh' },
    ])
  })

  it('exchanges it once for all loaders of a page', async () => {
    const request = await pageRequest('/app')
    const contexts = await Promise.all([1, 2, 3].map(() => authenticate.admin(request)))

    expect(exchanges).toHaveLength(1)
    expect(new Set(contexts.map(({ session }) => session.accessToken)).size).toBe(1)
  })

  it('exchanges it again when the stored token can be refreshed but came without an expiry', async () => {
    await db.prisma.session.create({
      data: { id: `offline_${SHOP}`, shop: SHOP, state: '', accessToken: 'old', refreshToken: 'refresh' },
    })
    await authenticate.admin(await pageRequest('/app'))

    expect(exchanges).toHaveLength(1)
  })

  it('takes a stored token that does not expire as it is', async () => {
    await db.prisma.session.create({
      data: { id: `offline_${SHOP}`, shop: SHOP, state: '', accessToken: 'for-ever' },
    })
    const { session } = await authenticate.admin(await pageRequest('/app'))

    expect(session.accessToken).toBe('for-ever')
    expect(exchanges).toEqual([])
  })
})
