import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser } from '../support/browser'
import { startDesk, type Desk } from './desk'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

describe('a backfill', () => {
  it('brings in what no webhook told of, is watched to its end, and is found again among the runs', async () => {
    const { shop } = desk.shopify
    shop.silently(() => {
      for (let n = 0; n < 3; n += 1) shop.collections.create()
      for (let n = 0; n < 40; n += 1) shop.products.create()
      for (let n = 0; n < 12; n += 1) shop.customers.create()
      for (let n = 0; n < 20; n += 1) shop.orders.create()
    })
    const admin = await desk.open()
    const { app } = admin
    await app.getByText('Waiting for the first record').waitFor()

    await app.getByRole('button', { name: 'Bring in the whole store' }).click()

    await app.getByRole('heading', { name: 'Bringing in the store' }).waitFor()
    await app.getByText('All 75 records are in step with your SaaS').waitFor()
    await app.getByRole('heading', { name: 'Bringing in the store' }).waitFor({ state: 'hidden' })
    await app.getByText(/Compared 3 collections, 40 products, 12 customers and 20 orders/).waitFor()
    expect(desk.saas.mirror()).toHaveLength(75)

    await app.getByRole('link', { name: 'See all activity' }).click()
    await app.getByRole('tab', { name: 'Runs' }).click()
    const newest = app.getByRole('table').getByRole('row').nth(1)
    await newest.getByText('Bringing in the store').waitFor()
    expect(await newest.innerText()).toMatch(/Done[\s\S]*75/)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
