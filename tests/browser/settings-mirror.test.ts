import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { pressInSaveBar } from '../support/save-bar'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

const mirror = (more = {}) => desk.open({ path: '/app/settings/mirror', ...more })
const privacy = (more = {}) => desk.open({ path: '/app/settings/privacy', ...more })
const products = () => desk.saas.mirror({ resource: 'product' })
const says = (admin: Admin, words: string) => admin.app.getByText(words, { exact: true }).first().waitFor()
const records = (state: string) =>
  desk.database.db.prisma.syncRecord.count({ where: { resource: 'product', state } })

/** Looks at a page as it is now. */
async function look(admin: Admin): Promise<void> {
  expect(await violations(admin.app)).toEqual([])
  expect(await overflow(admin.app)).toBe(0)
  // What the browser itself notes of an answer that refused a form is no fault.
  expect(admin.complaints.filter((complaint) => !/\b400\b/.test(complaint))).toEqual([])
}

async function toggle(admin: Admin, name: string): Promise<void> {
  await admin.app.getByLabel(name, { exact: true }).click()
  await pressInSaveBar(admin, 'Save')
  await says(admin, 'Saved.')
}

describe('what is mirrored', () => {
  it('a person stops mirroring products, has them removed, and mirrors them again: all are back', async () => {
    for (const title of ['Mug', 'Cup', 'Pot']) desk.shopify.shop.products.create({ title })
    await until('the SaaS has them', () => products().length === 3)

    const admin = await mirror()
    await says(admin, '3 records')
    await look(admin)
    await admin.app.getByLabel('Products', { exact: true }).click()
    await says(
      admin,
      'No more of these are sent. What your SaaS has of them stays there until you have it removed.',
    )
    await pressInSaveBar(admin, 'Save')
    await says(admin, 'Saved.')
    await says(admin, '3 records were sent')
    await look(admin)

    // Nothing is sent any more.
    const calls = desk.saas.requests.length
    desk.shopify.shop.products.create({ title: 'Unseen mug' })
    await until('it is left out', async () => (await records('excluded')) === 4)
    expect(desk.saas.requests).toHaveLength(calls)
    expect(products()).toHaveLength(3)

    // Removing is confirmed twice.
    await admin.app.getByRole('button', { name: 'Remove from your SaaS: Products' }).click()
    const dialog = admin.app.getByRole('dialog')
    await dialog.getByText('3 records are deleted at your SaaS. Your store is not touched.').waitFor()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    expect(desk.saas.requests).toHaveLength(calls)
    await dialog.getByLabel('Yes, delete 3 records at my SaaS').click()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await says(admin, 'They are being removed from your SaaS.')
    await until('the SaaS has deleted them', () => products().length === 0)
    expect(desk.saas.mirror({ resource: 'product', withDeleted: true })).toHaveLength(3)
    await until('the run is over', async () => (await openRemovals()) === 0)

    await toggle(admin, 'Products')
    await until('all are back', () => products().length === 4)
    await until('and in step', async () => (await records('in_step')) === 4)
    await look(admin)
    await admin.close()
  })

  it('a removal is seen on the Overview, and can be stopped there', async () => {
    const admin = await mirror()
    await toggle(admin, 'Products')
    await says(admin, '4 records were sent')
    desk.saas.misbehave({ kind: 'status', status: 503 })
    await admin.app.getByRole('button', { name: 'Remove from your SaaS: Products' }).click()
    const dialog = admin.app.getByRole('dialog')
    await dialog.getByLabel('Yes, delete 4 records at my SaaS').click()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await says(admin, 'Removing from your SaaS: Products')
    await admin.close()

    const overview = await desk.open()
    await says(overview, '0 of 4 records deleted')
    await look(overview)
    await overview.app.getByRole('button', { name: 'Stop removing' }).click()
    await says(overview, 'It has stopped. What your SaaS still has stays there.')
    desk.saas.behave()
    await until('nothing waits any more', async () => (await records('excluded')) === 4)
    expect(products()).toHaveLength(4)
    await overview.close()
  })

  it('nothing at all may be chosen, and the page says what that means', async () => {
    const admin = await mirror({ width: 360 })
    for (const name of ['Collections', 'Customers', 'Orders'])
      await admin.app.getByLabel(name, { exact: true }).click()
    await says(admin, 'Nothing will be mirrored')
    await look(admin)
    await pressInSaveBar(admin, 'Save')
    await says(admin, 'Saved.')
    const { resources } = await desk.database.db.prisma.saasConnection.findFirstOrThrow({
      where: { shop: { domain: 'north.myshopify.com' } },
    })
    expect(resources).toEqual([])
    await admin.close()
  })
})

const openRemovals = () =>
  desk.database.db.prisma.syncRun.count({ where: { kind: 'removal', endedAt: null } })

describe('personal data', () => {
  const days = (admin: Admin, name: string) => admin.app.getByRole('spinbutton', { name })

  it('is told field by field, and changed once a person has confirmed it', async () => {
    const admin = await privacy()
    await says(admin, 'Made from an example: there is none of yours yet.')
    await look(admin)
    await admin.app.getByText('No personal data', { exact: true }).first().click()
    await pressInSaveBar(admin, 'Save')
    const dialog = admin.app.getByRole('dialog')
    await dialog.getByText('From “Name only” to “No personal data”.').waitFor()
    await dialog.getByRole('button', { name: 'Change it' }).click()
    await says(admin, 'Saved.')
    const connection = await desk.database.db.prisma.saasConnection.findFirstOrThrow({
      where: { shop: { domain: 'north.myshopify.com' } },
    })
    expect(connection).toMatchObject({ piiPolicy: 'none', chosen: ['policy'] })
    await look(admin)
    await admin.close()
  })

  it('is kept for as long as a person says, within bounds that are told beside the field', async () => {
    const admin = await privacy({ width: 360 })
    await days(admin, 'Events and deliveries').fill('3')
    await pressInSaveBar(admin, 'Save')
    await says(admin, 'This is too low.')
    await look(admin)
    await days(admin, 'Events and deliveries').fill('14')
    await days(admin, 'Contents of events').fill('7')
    await pressInSaveBar(admin, 'Save')
    await says(admin, 'Saved.')
    const shop = await desk.database.db.prisma.shop.findUniqueOrThrow({
      where: { domain: 'north.myshopify.com' },
    })
    expect(shop).toMatchObject({ payloadDays: 7, historyDays: 14, statisticDays: 400 })
    await admin.close()
  })
})
