import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser } from '../support/browser'
import { startDesk, type Desk } from './desk'
import { violations } from './inspect'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

describe('an outage of the SaaS', () => {
  it('is seen when it begins, loses nothing, and heals by itself', async () => {
    const admin = await desk.open()
    const { app } = admin
    desk.shopify.shop.products.create({ title: 'Enamel mug' })
    await app.getByText('100%').waitFor()

    desk.saas.misbehave({ kind: 'status', status: 503 })
    for (let n = 0; n < 12; n += 1) desk.shopify.shop.products.create({ title: `Oak tray ${n}` })
    await app.getByRole('heading', { name: 'Your SaaS does not answer' }).waitFor()
    await app.getByText(/^1 of 13 records/).waitFor()
    expect(await violations(app)).toEqual([])
    expect(desk.saas.mirror({ resource: 'product' })).toHaveLength(1)

    desk.saas.behave()
    await app.getByText('All 13 records are in step with your SaaS').waitFor({ timeout: 100_000 })
    await app.getByRole('heading', { name: 'Your SaaS does not answer' }).waitFor({ state: 'hidden' })
    expect(desk.saas.mirror({ resource: 'product' })).toHaveLength(13)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
