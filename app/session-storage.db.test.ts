import { randomUUID } from 'node:crypto'
import { Session } from '@shopify/shopify-api'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestDatabase } from '../tests/support/database'
import { openDatabase } from './db.server'
import { SessionStorage } from './session-storage.server'

const SHOP = 'quiet-harbour.myshopify.com'
const ID = `offline_${SHOP}`

const { db, drop } = await createTestDatabase()
afterAll(drop)
beforeEach(() => db.prisma.session.deleteMany())

const offline = (over: Partial<Session> = {}) =>
  new Session({ id: ID, shop: SHOP, state: '', isOnline: false, accessToken: 'access', ...over })

describe('the session storage', () => {
  it('keeps a token, its expiry and its refresh token', async () => {
    const storage = new SessionStorage(db.prisma)
    const expires = new Date('2027-01-01T00:00:00Z')
    await storage.storeSession(offline({ expires, refreshToken: 'refresh', refreshTokenExpires: expires }))

    expect(await storage.loadSession(ID)).toMatchObject({
      accessToken: 'access',
      expires,
      refreshToken: 'refresh',
    })
  })

  it('takes a token that can be refreshed but came without an expiry for expired', async () => {
    const storage = new SessionStorage(db.prisma)
    await storage.storeSession(offline({ refreshToken: 'refresh' }))

    expect((await storage.loadSession(ID))?.isExpired()).toBe(true)
    expect((await storage.findSessionsByShop(SHOP)).map((session) => session.isExpired())).toEqual([true])
  })

  it('takes a token without an expiry that cannot be refreshed for good', async () => {
    const storage = new SessionStorage(db.prisma)
    await storage.storeSession(offline())

    expect((await storage.loadSession(ID))?.isActive(undefined)).toBe(true)
  })

  it('notes a new token of the shop as its installation, and a person’s token as nothing', async () => {
    const issuedAt = new Date('2026-11-21T12:00:00Z')
    const storage = new SessionStorage(db.prisma, () => issuedAt)
    const shop = { id: randomUUID(), domain: SHOP, installedAt: new Date('2026-01-01T00:00:00Z') }
    await db.prisma.shop.create({ data: shop })

    await storage.storeSession(new Session({ ...offline().toObject(), id: `${SHOP}_1`, isOnline: true }))
    expect(await db.prisma.shop.findFirst()).toMatchObject({ installedAt: shop.installedAt })
    await storage.storeSession(offline())
    expect(await db.prisma.shop.findFirst()).toMatchObject({ installedAt: issuedAt })
  })

  it('tolerates the same shop being stored many times at once, in silence', async () => {
    const said = vi.spyOn(console, 'log')
    const storage = new SessionStorage(db.prisma)
    const tokens = Array.from({ length: 8 }, (_, index) => `access-${index}`)

    await Promise.all(tokens.map((accessToken) => storage.storeSession(offline({ accessToken }))))

    expect(await db.prisma.session.count()).toBe(1)
    expect(tokens).toContain((await storage.loadSession(ID))?.accessToken)
    expect(said).not.toHaveBeenCalled()
    said.mockRestore()
  })

  it('works again after a database that was away when it was made', async () => {
    const away = openDatabase('postgresql://nobody:nothing@127.0.0.1:1/nowhere')
    const storage = new SessionStorage(away.prisma)

    await expect(storage.loadSession(ID)).rejects.toThrow()
    await expect(storage.loadSession(ID)).rejects.not.toThrow(/does not exist/)
    await away.close()
  })
})
