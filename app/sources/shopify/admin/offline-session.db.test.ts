import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../../tests/support/database'
import { type Fetch } from './call-shop.server'
import { openOfflineSessions } from './offline-session.server'

const SHOP = 'quiet-harbour.myshopify.com'
const NOW = new Date('2026-11-21T12:00:00Z')
const MINUTE = 60_000

const { db, drop } = await createTestDatabase()
afterAll(drop)
beforeEach(() => db.prisma.session.deleteMany())

/** Shopify's token endpoint, which answers what the test says and remembers what it was asked. */
function tokenEndpoint(answer: () => Response | Promise<Response>) {
  const asked: { url: string; body: unknown }[] = []
  const fetch: Fetch = async (input, init) => {
    asked.push({ url: input as string, body: JSON.parse(init?.body as string) })
    return answer()
  }
  return { fetch, asked }
}

/** Sessions as one process has them. */
function process(endpoint: { fetch: Fetch }) {
  return openOfflineSessions({
    db,
    app: { apiKey: 'the-key', apiSecret: 'the-secret' },
    fetch: endpoint.fetch,
    clock: () => NOW,
  })
}

function newPair(over: Record<string, unknown> = {}): Response {
  return Response.json({
    access_token: 'new-access',
    scope: 'read_orders',
    expires_in: 3600,
    refresh_token: 'new-refresh',
    refresh_token_expires_in: 7_776_000,
    ...over,
  })
}

function storeSession(over: { expires?: Date; refreshToken?: string; accessToken?: string } = {}) {
  const data = { id: `offline_${SHOP}`, shop: SHOP, state: '', accessToken: 'old-access', ...over }
  return db.prisma.session.create({ data })
}

const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
const stored = () => db.prisma.session.findUnique({ where: { id: `offline_${SHOP}` } })

describe('the offline session of a shop', () => {
  it('is the stored one while its token lasts', async () => {
    await storeSession({ expires: inMinutes(6), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => newPair())

    expect((await process(shopify)(SHOP)).accessToken).toBe('old-access')
    expect(shopify.asked).toEqual([])
  })

  it('is good for ever when its token has no expiry and cannot be refreshed', async () => {
    await db.query(
      `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope) VALUES ($1, $2, '', false, 'for-ever', 'read_orders')`,
      [`offline_${SHOP}`, SHOP],
    )
    const shopify = tokenEndpoint(() => newPair())

    expect(await process(shopify)(SHOP)).toMatchObject({ accessToken: 'for-ever', scope: 'read_orders' })
    expect(shopify.asked).toEqual([])
  })

  it('is refreshed when its token ends within five minutes, and the new pair is stored', async () => {
    await storeSession({ expires: inMinutes(4), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => newPair())

    const session = await process(shopify)(SHOP)

    expect(session).toMatchObject({ accessToken: 'new-access', expires: inMinutes(60) })
    expect(await stored()).toMatchObject({
      accessToken: 'new-access',
      expires: inMinutes(60),
      refreshToken: 'new-refresh',
      refreshTokenExpires: inMinutes(90 * 24 * 60),
    })
    expect(shopify.asked).toEqual([
      {
        url: `https://${SHOP}/admin/oauth/access_token`,
        body: {
          client_id: 'the-key',
          client_secret: 'the-secret',
          grant_type: 'refresh_token',
          refresh_token: 'old-refresh',
        },
      },
    ])
  })

  it('is refreshed once, however many ask in however many processes', async () => {
    await storeSession({ expires: inMinutes(-1), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => newPair())
    const [one, another] = [process(shopify), process(shopify)]

    const sessions = await Promise.all([one(SHOP), one(SHOP), another(SHOP), another(SHOP)])

    expect(sessions.map((session) => session.accessToken)).toEqual(Array(4).fill('new-access'))
    expect(shopify.asked).toHaveLength(1)
  })

  it('is refreshed when its token can be refreshed but came without an expiry', async () => {
    await storeSession({ refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => newPair())

    expect((await process(shopify)(SHOP)).accessToken).toBe('new-access')
  })

  it('counts as expired when the refresh answer has no expiry, and keeps the refresh token that it has', async () => {
    await storeSession({ expires: inMinutes(-1), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => Response.json({ access_token: 'new-access' }))
    const sessions = process(shopify)

    await sessions(SHOP)
    expect(await stored()).toMatchObject({ expires: NOW, refreshToken: 'old-refresh' })

    await sessions(SHOP)
    expect(shopify.asked).toHaveLength(2)
  })

  it.each([400, 401])(
    'is refused with a sentence for the merchant when Shopify answers %i',
    async (status) => {
      await storeSession({ expires: inMinutes(-1), refreshToken: 'old-refresh' })
      const shopify = tokenEndpoint(() => Response.json({ error: 'invalid_request' }, { status }))

      await expect(process(shopify)(SHOP)).rejects.toMatchObject({
        code: 'TOKEN_REFUSED',
        userMessage: expect.stringContaining('Open Parity in the Shopify admin once') as string,
      })
      expect(await stored()).toMatchObject({ accessToken: 'old-access', refreshToken: 'old-refresh' })
    },
  )

  it('is refused when its token has ended and nothing can refresh it', async () => {
    await storeSession({ expires: inMinutes(-1) })
    const shopify = tokenEndpoint(() => newPair())

    await expect(process(shopify)(SHOP)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' })
    expect(shopify.asked).toEqual([])
  })

  it('fails for now when Shopify cannot be reached, and tries again at the next call', async () => {
    await storeSession({ expires: inMinutes(-1), refreshToken: 'old-refresh' })
    const answers = [
      () => Promise.reject<Response>(new TypeError('fetch failed')),
      () => new Response('busy', { status: 503 }),
      () => newPair(),
    ]
    const sessions = process(tokenEndpoint(() => answers.shift()!()))

    await expect(sessions(SHOP)).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
    await expect(sessions(SHOP)).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
    expect((await sessions(SHOP)).accessToken).toBe('new-access')
  })

  it('uses the present token to its end when Shopify cannot be reached', async () => {
    await storeSession({ expires: inMinutes(2), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => new Response('busy', { status: 503 }))

    expect((await process(shopify)(SHOP)).accessToken).toBe('old-access')
  })

  it('does not come back when the shop uninstalls while its token is refreshed', async () => {
    await storeSession({ expires: inMinutes(-1), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(async () => {
      await db.prisma.session.deleteMany({ where: { shop: SHOP } })
      return newPair()
    })

    await expect(process(shopify)(SHOP)).rejects.toMatchObject({ code: 'NOT_INSTALLED' })
    expect(await stored()).toBeNull()
  })

  it('does not exist for a shop that has not installed the app', async () => {
    await expect(process(tokenEndpoint(() => newPair()))(SHOP)).rejects.toMatchObject({
      code: 'NOT_INSTALLED',
    })
  })

  it('never shows a token in an error', async () => {
    await storeSession({ expires: inMinutes(-1), refreshToken: 'old-refresh' })
    const shopify = tokenEndpoint(() => Response.json({ refresh_token: 'new-refresh', expires_in: 1 }))

    const error = await process(shopify)(SHOP).catch((thrown: unknown) => thrown as Error)
    expect(error).toMatchObject({ code: 'SHOPIFY_ANSWER' })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/old-|new-|the-secret/)
  })
})
