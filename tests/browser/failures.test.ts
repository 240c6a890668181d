import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { type ShopRows } from '../support/rows'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

let desk: Desk
let north: ShopRows
let south: ShopRows

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
  north = await rowsOf('north.myshopify.com')
  south = await rowsOf('south.myshopify.com')
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

async function rowsOf(domain: string): Promise<ShopRows> {
  const where = { where: { domain }, include: { sources: true } }
  const shop = await desk.database.db.prisma.shop.findUniqueOrThrow(where)
  return { id: shop.id, domain, source: shop.sources[0]! }
}

const refuse = () =>
  desk.saas.misbehave({ kind: 'status', status: 422, code: 'VALIDATION_ERROR', message: 'price is missing' })
const press = (admin: Admin, name: string | RegExp) =>
  admin.app.getByRole('button', { name, exact: true }).click()
const hear = (admin: Admin, words: string) =>
  admin.app.getByRole('status').getByText(words, { exact: true }).waitFor()
const dead = () => desk.database.db.prisma.syncRecord.count({ where: { state: 'dead' } })

describe('the Failures', () => {
  it('are none at first', async () => {
    const admin = await desk.open({ path: '/app/failures' })
    await admin.app.getByText('Nothing has failed').waitFor()
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })

  it('lead a person to a rejected record, tell what to do, and lose it when it is corrected in the store', async () => {
    refuse()
    const { id } = desk.shopify.shop.products.create({ title: 'Priceless mug' })
    const admin = await desk.open()
    await admin.app.getByRole('link', { name: 'See what was refused' }).click()

    await admin.app.getByText('1 record needs somebody to look').waitFor()
    const words = await admin.app.innerText('main')
    expect(words).toContain('Your SaaS finds something missing or wrong in them')
    expect(words).toContain('The SaaS refused the record (422): price is missing')
    expect(words).toContain('give it a price, and save it: it is sent again by itself')
    expect(await violations(admin.app)).toEqual([])

    await admin.app.getByRole('link', { name: `Product ${id}` }).click()
    await admin.app.getByRole('heading', { level: 1, name: 'Priceless mug' }).waitFor()
    await admin.app.evaluate(() => history.back())
    await admin.app.getByText('1 record needs somebody to look').waitFor()

    desk.saas.behave()
    desk.shopify.shop.products.update(id, { title: 'Mug with a price' })
    await admin.app.getByText('Nothing has failed').waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('are sent again a whole group at a time, and go down while a person looks', async () => {
    refuse()
    for (let n = 1; n <= 5; n += 1) desk.shopify.shop.products.create({ title: `Bulk ${n}` })
    const admin = await desk.open({ path: '/app/failures' })
    await admin.app.getByText('5 records need somebody to look').waitFor()
    await admin.app.getByText('The latest of 5').waitFor()
    desk.saas.behave()

    await press(admin, 'Send all 5 again')
    await hear(admin, '5 records are sent again.')
    await admin.app.getByText('Nothing has failed').waitFor()
    expect(await dead()).toBe(0)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('are dismissed a whole group at a time, with a reason, by keyboard too; another shop keeps its own', async () => {
    const cause = 'NAME_TAKEN\nname … is taken'
    const failed = { state: 'dead', desiredHash: 'h', cause, diedAt: new Date(), lastErrorCode: 'NAME_TAKEN' }
    for (const shop of [north, north, south])
      await desk.rows.record(shop, { ...failed, lastError: 'name "Tea" is taken' })
    const admin = await desk.open({ path: '/app/failures' })
    await admin.app.getByText('2 records need somebody to look').waitFor()

    await admin.app.getByRole('button', { name: 'Dismiss all 2' }).focus()
    await admin.page.keyboard.press('Enter')
    await admin.app.getByRole('button', { name: 'Dismiss all 2' }).click()
    await hear(admin, 'Say why the record is dismissed.')
    expect(await dead()).toBe(3)
    await admin.app.getByLabel('Why they need not be delivered').fill('Twins.')
    expect(await violations(admin.app)).toEqual([])
    await admin.page.keyboard.press('Enter')
    await hear(admin, '2 records are dismissed.')
    await admin.app.getByText('Nothing has failed').waitFor()
    expect(await dead()).toBe(1)
    await admin.close()

    const theirs = await desk.open({ path: '/app/failures', of: desk.shopify.shopNamed(south.domain) })
    await theirs.app.getByText('1 record needs somebody to look').waitFor()
    await theirs.close()
  })

  it('are in one piece at 320 pixels', async () => {
    const long = 'The SaaS refused the record (422): ' + 'averylongwordwithoutanyspace'.repeat(6)
    await desk.rows.record(north, {
      ...{ state: 'dead', desiredHash: 'h', cause: `A_VERY_LONG_CODE_${'X'.repeat(40)}\n${long}` },
      ...{ diedAt: new Date(), lastError: long },
    })
    const admin = await desk.open({ path: '/app/failures', width: 320 })
    await admin.app.getByText('1 record needs somebody to look').waitFor()
    expect(await overflow(admin.app)).toBe(0)
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
    await until('the dead are put away', async () => {
      await desk.database.db.query(`DELETE FROM "SyncRecord" WHERE "lastError" LIKE '%averylong%'`)
      return true
    })
  })
})

describe('personal data', () => {
  const open = (path: string, userId: string) =>
    desk.open({
      path,
      firstToken: null,
      idToken: () => desk.shopify.shop.idToken({ sub: userId }),
    })

  it('is shown to whom Shopify permits it, until they leave; who saw it is listed', async () => {
    desk.shopify.shop.limitStaff('43', 'read_products')
    desk.shopify.shop.customers.create({ firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' })
    const first = await desk.open({ path: '/app/activity?topic=customers%2Fcreate' })
    await first.app.getByRole('link', { name: 'Customer created' }).first().click()
    await first.app.getByRole('button', { name: 'Show personal data' }).waitFor()
    const path = new URL(first.app.url()).pathname
    await first.close()

    const refused = await open(path, '43')
    await press(refused, 'Show personal data')
    await refused.app.getByText('Your permissions in Shopify do not include this personal data.').waitFor()
    expect(await refused.app.content()).not.toContain('ada@example.com')
    await refused.close()

    const admin = await open(path, '42')
    await press(admin, 'Show personal data')
    await admin.app.getByText('"ada@example.com"').waitFor()
    expect(await violations(admin.app)).toEqual([])
    await press(admin, 'Hide personal data')
    expect(await admin.app.content()).not.toContain('ada@example.com')
    await press(admin, 'Show personal data')
    await admin.app.getByText('"ada@example.com"').waitFor()

    await admin.app.getByRole('link', { name: 'Activity', exact: true }).first().click()
    await admin.app.getByRole('tab', { name: 'Who saw personal data' }).click()
    await admin.app.getByText('Person 42').first().waitFor()
    expect(await admin.app.getByText('Person 43').count()).toBe(0)
    expect(await admin.app.content()).not.toContain('ada@example.com')
    expect(await violations(admin.app)).toEqual([])
    await admin.app.getByRole('table').getByRole('link').first().click()
    await admin.app.getByRole('button', { name: 'Show personal data' }).waitFor()
    expect(await admin.app.content()).not.toContain('ada@example.com')
    await admin.close()
  })

  it('of a record and in the list of records, too; nothing of a person is kept of it', async () => {
    const admin = await desk.open({ path: '/app/records?resource=customer' })
    await press(admin, 'Show personal data')
    await admin.app.getByRole('link', { name: 'Ada Byron' }).click()
    await admin.app.getByRole('heading', { level: 1, name: 'A••• B•••' }).waitFor()
    await press(admin, 'Show personal data')
    await admin.app.getByRole('heading', { level: 1, name: 'Ada Byron' }).waitFor()
    const { prisma } = desk.database.db
    expect(JSON.stringify(await prisma.personalDataView.findMany())).not.toMatch(/Ada|Byron|ada@/)
    expect(await prisma.session.count({ where: { isOnline: true } })).toBe(0)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
