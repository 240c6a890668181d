import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { USER_AGENT } from '../../dev/open-app'
import { closeBrowser } from '../support/browser'
import { startDesk, type Desk } from './desk'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

const expired = () => {
  const past = Math.floor(Date.now() / 1_000) - 3_600
  return desk.shopify.shop.idToken({ iat: past, nbf: past, exp: past + 60 })
}

describe('the first load', () => {
  it('with a session token shows the Overview, and installs the shop', async () => {
    const admin = await desk.open()

    await admin.app.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()

    const shop = await desk.database.db.prisma.shop.findUnique({
      where: { domain: desk.shopify.shop.domain },
      include: { saas: true, sources: true },
    })
    expect(shop?.installedAt).toBeInstanceOf(Date)
    expect(shop?.saas?.state).toBe('connected')
    expect(shop?.sources).toHaveLength(1)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('without a session token fetches one by the bounce page', async () => {
    const admin = await desk.open({ firstToken: null })

    await admin.app.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()

    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('with an expired session token fetches a fresh one', async () => {
    const admin = await desk.open({ firstToken: await expired(), path: '/app/activity?show=attempts' })

    await admin.app.getByRole('tab', { name: 'Deliveries', selected: true }).waitFor()

    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('with a token for another app shows nothing of the shop', async () => {
    const forAnother = await desk.shopify.shop.idToken({ aud: 'another-app' })
    const answer = await fetch(`${desk.app.url}/app.data`, {
      headers: { Authorization: `Bearer ${forAnother}`, 'User-Agent': USER_AGENT },
    })

    expect(answer.status).toBe(401)
    expect(answer.headers.get('X-Shopify-Retry-Invalid-Session-Request')).toBe('1')
  })
})
