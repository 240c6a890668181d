import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

let desk: Desk
const prisma = () => desk.database.db.prisma

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

/** The record of what the store calls by that id, once it stands there. */
async function recordOf(externalId: unknown, state: string): Promise<string> {
  const where = { externalId: String(externalId), state }
  await until(`it is ${state}`, async () => (await prisma().syncRecord.count({ where })) > 0)
  return (await prisma().syncRecord.findFirstOrThrow({ where })).id
}

const refuse = () =>
  desk.saas.misbehave({ kind: 'status', status: 422, code: 'VALIDATION_ERROR', message: 'name is too short' })
const heading = (admin: Admin, name: string | RegExp) => admin.app.getByRole('heading', { level: 1, name })
const differing = (admin: Admin) => admin.app.getByRole('table', { name: 'Fields that differ' })

/** A product that the SaaS has taken once, and refuses since it was renamed. */
async function renamed(): Promise<string> {
  desk.saas.behave()
  const { id } = desk.shopify.shop.products.create({ title: 'Blue mug' })
  await recordOf(id, 'in_step')
  refuse()
  desk.shopify.shop.products.update(id, { title: 'Red mug' })
  return recordOf(id, 'dead')
}

describe("a record's page", () => {
  it('shows what waits beside what the SaaS has, and is in step once that is taken', async () => {
    const id = await renamed()
    const admin = await desk.open({ path: `/app/records/${id}` })
    await heading(admin, 'Red mug').waitFor()
    await admin.app.getByText('1 field differs from what your SaaS took last.').waitFor()
    const row = differing(admin).getByRole('row').nth(1)
    expect(await row.innerText()).toMatch(/Name[^]*Red mug[^]*Blue mug/)
    await admin.app.getByText(/Sent, and refused after/).waitFor()
    expect(await violations(admin.app)).toEqual([])

    desk.saas.behave()
    await admin.app.getByRole('button', { name: 'Send again' }).click()
    await admin.app.getByText('Everything is as your SaaS took it last.').waitFor()
    await admin.app.getByText('Your SaaS has it as it is in your store.').waitFor()
    expect(await differing(admin).count()).toBe(0)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('folds the equal fields away, and leads to what happened and to the admin', async () => {
    const id = await renamed()
    const admin = await desk.open({ path: `/app/records/${id}` })
    const fold = admin.app.getByRole('button', { name: /fields are equal/ })
    await fold.focus()
    await admin.page.keyboard.press('Enter')
    await admin.app
      .getByRole('table', { name: /fields are equal/ })
      .getByText('Status', { exact: true })
      .waitFor()
    expect(await violations(admin.app)).toEqual([])

    const { externalId } = await prisma().syncRecord.findUniqueOrThrow({ where: { id } })
    const link = admin.app.getByRole('link', { name: 'Open in Shopify admin' })
    expect(await link.getAttribute('href')).toBe(
      `https://admin.shopify.com/store/north/products/${externalId}`,
    )

    await admin.app.getByRole('link', { name: 'Product updated' }).click()
    await heading(admin, 'Product updated').waitFor()
    await admin.app.getByRole('link', { name: `Product ${externalId}` }).click()
    await heading(admin, 'Red mug').waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('hides who a customer is', async () => {
    desk.saas.behave()
    const person = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', note: 'Rings twice' }
    const { id } = desk.shopify.shop.customers.create(person)
    const admin = await desk.open({ path: `/app/records/${await recordOf(id, 'in_step')}` })
    await heading(admin, 'A••• B•••').waitFor()
    await admin.app.getByRole('button', { name: /fields are equal/ }).click()
    await admin.app.getByText('•••• hidden').first().waitFor()
    expect(await admin.app.content()).not.toMatch(/ada@example|Byron|Rings twice/)
    await admin.close()
  })

  it('goes back in time page by page', async () => {
    const id = await renamed()
    const { sourceConnectionId } = await prisma().syncRecord.findUniqueOrThrow({ where: { id } })
    const source = await prisma().sourceConnection.findUniqueOrThrow({ where: { id: sourceConnectionId } })
    const shop = { id: source.shopId, domain: source.account, source }
    for (let index = 0; index < 60; index++) {
      const receivedAt = new Date(Date.now() - (index + 1) * 60_000)
      await desk.rows.event(shop, {
        recordId: id,
        receivedAt,
        outcome: 'unchanged',
        duplicates: 2,
        lastDuplicateAt: receivedAt,
      })
    }
    const admin = await desk.open({ path: `/app/records/${id}` })
    await admin.app.getByText('The same webhook came 2 more times', { exact: false }).first().waitFor()
    await admin.app.getByRole('link', { name: 'Older' }).click()
    await admin.app.getByRole('link', { name: 'Newest' }).waitFor()
    expect(await admin.app.getByRole('link', { name: 'Older' }).count()).toBe(0)
    expect(await violations(admin.app)).toEqual([])
    await admin.app.getByRole('link', { name: 'Newest' }).click()
    await admin.app.getByText(/Sent, and refused after/).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it.each([320, 1280])('is in one piece at %i pixels', async (width) => {
    const id = await renamed()
    const admin = await desk.open({ path: `/app/records/${id}`, width })
    await heading(admin, 'Red mug').waitFor()
    await admin.app.getByRole('button', { name: /fields are equal/ }).click()
    await admin.app.getByRole('table').nth(1).waitFor()
    expect(await overflow(admin.app)).toBe(0)
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })

  it('is not there for a record of another shop, nor for nonsense', async () => {
    desk.saas.behave()
    const { id } = desk.shopify.shop.products.create({ title: 'Ours' })
    const ours = await recordOf(id, 'in_step')
    const south = desk.shopify.shopNamed('south.myshopify.com')
    for (const path of [ours, 'nonsense', crypto.randomUUID()]) {
      const admin = await desk.open({ path: `/app/records/${path}`, of: south })
      await heading(admin, 'There is no such page').waitFor()
      await admin.close()
    }
    const admin = await desk.open({ path: `/app/records/${ours}?before=1'--` })
    await heading(admin, 'Ours').waitFor()
    await admin.close()
  })
})
