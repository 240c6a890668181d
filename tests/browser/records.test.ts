import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { type ShopRows } from '../support/rows'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

const HOUR_MS = 3_600_000

let desk: Desk
let north: ShopRows
let south: ShopRows

/** The shop that the app has set up, for rows beside the real ones. */
async function rowsOf(domain: string): Promise<ShopRows> {
  const shop = await desk.database.db.prisma.shop.findUniqueOrThrow({
    where: { domain },
    include: { sources: true },
  })
  return { id: shop.id, domain, source: shop.sources[0]! }
}

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

const table = (admin: Admin) => admin.app.getByRole('table', { name: 'Records' })
const lines = async (admin: Admin) =>
  (await table(admin).getByRole('link').allInnerTexts()).map((text) => text.trim())
const link = (admin: Admin, name: string) => admin.app.getByRole('link', { name, exact: true })
const press = (admin: Admin, name: string) => admin.app.getByRole('button', { name, exact: true }).click()
const hear = (admin: Admin, words: string) =>
  admin.app.getByRole('status').filter({ hasText: words }).waitFor()
const tick = (admin: Admin, name: string) => admin.app.getByRole('checkbox', { name }).click()
const look = async (admin: Admin, text: string) => {
  await admin.app.getByLabel('Name, number, SKU, email or id').fill(text)
  await admin.page.keyboard.press('Enter')
}
const isAt = (admin: Admin, name: string, value: string) =>
  until('it stands in the address', () =>
    Promise.resolve(new URL(admin.app.url()).searchParams.get(name) === value),
  )
const record = (id: string) => desk.database.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })

describe('the list of records', () => {
  it('of a new shop says what will be there', async () => {
    const admin = await desk.open({ path: '/app/records' })
    await admin.app.getByText('No records yet').waitFor()
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('shows each record by its name as it comes, persons masked, and finds it again', async () => {
    const admin = await desk.open({ path: '/app/records' })
    const { shop } = desk.shopify
    shop.products.create({ title: 'Blue Oolong' })
    shop.products.create({ title: 'Green Oolong' })
    const customer = shop.customers.create({
      firstName: 'Mary',
      lastName: 'Shelley',
      email: 'mary@tea.example',
    })
    await admin.app.getByRole('link', { name: 'Blue Oolong' }).waitFor()
    await admin.app.getByRole('link', { name: 'M••• S•••' }).waitFor()
    expect(await admin.app.content()).not.toMatch(/Shelley|mary@tea/)
    expect(await violations(admin.app)).toEqual([])

    await look(admin, 'oolong')
    await admin.app.getByRole('link', { name: 'M••• S•••' }).waitFor({ state: 'detached' })
    expect((await lines(admin)).sort()).toEqual(['Blue Oolong', 'Green Oolong'])

    await look(admin, 'mary shelley')
    await admin.app.getByRole('link', { name: 'M••• S•••' }).waitFor()
    await look(admin, String(customer.id))
    await admin.app.getByText(`Customer ${customer.id}`).waitFor()
    await look(admin, 'nobody at all')
    await admin.app.getByText('Nothing matches').waitFor()
    expect(await violations(admin.app)).toEqual([])
    await press(admin, 'Show everything')
    await admin.app.getByRole('link', { name: 'Green Oolong' }).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('keeps what may be personal out of every address: back, a reload and news find it again', async () => {
    const admin = await desk.open({ path: '/app/records' })
    const first = new URL(admin.app.url())
    const addresses: string[] = []
    admin.page.on('request', (request) => addresses.push(request.url()))
    admin.page.on('framenavigated', (frame) => addresses.push(frame.url()))
    const masked = admin.app.getByRole('link', { name: 'M••• S•••' })
    const field = admin.app.getByLabel('Name, number, SKU, email or id')
    await masked.waitFor()
    await look(admin, 'mary@tea.example')
    await admin.app.getByRole('link', { name: 'Blue Oolong' }).waitFor({ state: 'detached' })
    expect(await lines(admin)).toEqual(['M••• S•••'])

    await look(admin, 'red oolong')
    await admin.app.getByText('Nothing matches').waitFor()
    desk.shopify.shop.products.create({ title: 'Red Oolong' })
    await admin.app.getByRole('link', { name: 'Red Oolong' }).waitFor()
    await admin.app.getByLabel('Resource', { exact: true }).selectOption('Products')
    await isAt(admin, 'resource', 'product')
    expect(await field.inputValue()).toBe('red oolong')

    await admin.app.evaluate(() => history.go(-2))
    await masked.waitFor()
    expect(await field.inputValue()).toBe('mary@tea.example')
    // As the admin does it: the page's address, with what it says to each document.
    const again = new URL(admin.app.url())
    for (const [name, value] of first.searchParams) again.searchParams.set(name, value)
    await admin.app.goto(again.href)
    await admin.app.getByRole('link', { name: 'Blue Oolong' }).waitFor({ state: 'detached' })
    await masked.waitFor()
    expect(await lines(admin)).toEqual(['M••• S•••'])
    expect(await field.inputValue()).toBe('mary@tea.example')
    expect(addresses.filter((address) => /mary|tea\.example|oolong/i.test(address))).toEqual([])
    expect(addresses.some((address) => address.endsWith('/app/records/search'))).toBe(true)
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('does not look for a name that stands in an address, and says what to do', async () => {
    for (const search of ['mary@tea.example', 'kept-01930000-0000-4000-8000-00000000dead']) {
      const admin = await desk.open({ path: `/app/records?q=${search}` })
      await admin.app.getByText('Please search once more').waitFor()
      expect(await table(admin).count()).toBe(0)
      expect(await violations(admin.app)).toEqual([])
      await press(admin, 'Show everything')
      await admin.app.getByRole('link', { name: 'Blue Oolong' }).waitFor()
      expect(new URL(admin.app.url()).search).toBe('')
      expect(admin.complaints).toEqual([])
      await admin.close()
    }
  })

  it('tries the selected records now, stands still meanwhile, and says what it did not reach', async () => {
    const waits = {
      state: 'retrying',
      desiredHash: 'h',
      resource: 'order',
      lastError: 'The SaaS had an error.',
    }
    const later = new Date(Date.now() + HOUR_MS)
    const first = await desk.rows.record(north, { ...waits, externalId: '501', dueAt: later })
    const asked = await desk.rows.record(north, {
      ...waits,
      externalId: '502',
      dueAt: later,
      notBefore: later,
    })
    const admin = await desk.open({ path: '/app/records?state=under_way' })
    await admin.app.getByLabel('State', { exact: true }).selectOption('Trying again')
    await isAt(admin, 'state', 'retrying')
    await tick(admin, 'Select Order 501')
    await tick(admin, 'Select Order 502')
    await admin.app.getByText('2 selected. The list stands still meanwhile.').waitFor()
    await desk.rows.record(north, { ...waits, externalId: '503', dueAt: later })
    await admin.page.waitForTimeout(3_000)
    expect(await link(admin, 'Order 503').count()).toBe(0)
    expect(await violations(admin.app)).toEqual([])

    await press(admin, 'Try now')
    await hear(admin, '1 record is tried now. 1 keeps waiting')
    await link(admin, 'Order 503').waitFor()
    expect((await record(first.id)).dueAt?.getTime()).not.toBe(later.getTime())
    expect((await record(asked.id)).dueAt).toEqual(later)
    await admin.app.getByText('Nothing selected').waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('dismisses the selected records that failed, with a reason', async () => {
    const dead = {
      state: 'dead',
      desiredHash: 'h',
      resource: 'category',
      reason: 'No name.',
      diedAt: new Date(),
    }
    await desk.rows.record(north, { ...dead, externalId: '601' })
    await desk.rows.record(north, { ...dead, externalId: '602' })
    const admin = await desk.open({ path: '/app/records' })
    await admin.app.getByRole('tab', { name: 'Failed' }).click()
    await admin.app.getByRole('tab', { name: 'Failed', selected: true }).waitFor()
    await link(admin, 'Collection 601').waitFor()
    await tick(admin, 'Select all on this page')
    await press(admin, 'Dismiss')
    await admin.app.getByLabel('Why they need not be delivered').fill('Samples.')
    await admin.page.keyboard.press('Enter')
    await hear(admin, '2 records are dismissed.')
    await admin.app.getByText('Nothing has failed').waitFor()

    await admin.app.getByRole('tab', { name: 'Not sent' }).click()
    await admin.app.getByLabel('Reason', { exact: true }).selectOption('Dismissed by a person. (2)')
    await admin.app.getByText('Dismissed: Samples.').first().waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('sends all again that match, page after page, once a person has confirmed it', async () => {
    for (let n = 0; n < 30; n += 1)
      await desk.rows.record(north, {
        state: 'dead',
        desiredHash: 'h',
        externalId: String(700 + n),
        updatedAt: new Date(Date.now() - n * 60_000),
      })
    const admin = await desk.open({ path: '/app/records?state=dead&resource=product' })
    await tick(admin, 'Select all on this page')
    await press(admin, 'Select all 30')
    await admin.app.getByText('All 30 selected').waitFor()
    await press(admin, 'Send again')
    await admin.app.getByText('Send 30 records again?').waitFor()
    await admin.app.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
    await hear(admin, '30 records are sent again, one after the other.')
    await admin.app.getByText('Nothing matches').waitFor()
    const left = { state: 'dead', sourceConnectionId: north.source.id, resource: 'product' }
    expect(await desk.database.db.prisma.syncRecord.count({ where: left })).toBe(0)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('keeps filters, order and page in the address, and what is tampered with is the first page', async () => {
    for (let n = 0; n < 60; n += 1)
      await desk.rows.record(north, {
        resource: 'message',
        desiredHash: 'h',
        externalId: `m${String(n).padStart(2, '0')}`,
        updatedAt: new Date(Date.now() - n * 60_000),
      })
    const admin = await desk.open({ path: '/app/records' })
    await admin.app.getByLabel('Resource', { exact: true }).selectOption('Messages')
    await isAt(admin, 'resource', 'message')
    await link(admin, 'Message m00').waitFor()
    await press(admin, 'Next page')
    await link(admin, 'Message m49').waitFor()
    await press(admin, 'Previous page')
    await link(admin, 'Message m00').waitFor()
    await admin.app.getByLabel('Order', { exact: true }).selectOption('Latest activity last')
    await link(admin, 'Message m59').waitFor()
    expect(await lines(admin)).toEqual(Array.from({ length: 25 }, (_, n) => `Message m${59 - n}`))
    await admin.close()

    const tampered = await desk.open({
      path: "/app/records?after=1'--&state=<b>&resource=message&why=x&sort=[]",
    })
    await link(tampered, 'Message m00').waitFor()
    expect(tampered.complaints).toEqual([])
    await tampered.close()
  })

  it('shows no record of another shop, whatever is asked for', async () => {
    const foreign = await desk.rows.record(south, { externalId: '801', resource: 'message' })
    for (const search of ['801', foreign.id]) {
      const admin = await desk.open({ path: `/app/records?q=${search}` })
      await admin.app.getByText('Nothing matches').waitFor()
      await admin.close()
    }
    const admin = await desk.open({ path: '/app/records', of: desk.shopify.shopNamed(south.domain) })
    await link(admin, 'Message 801').waitFor()
    expect(await lines(admin)).toEqual(['Message 801'])
    await admin.close()
  })

  it('is reached from the numbers of the Overview', async () => {
    const admin = await desk.open()
    await admin.app.getByRole('link', { name: 'In step: 60' }).click()
    await link(admin, 'Message m00').waitFor()
    expect(new URL(admin.app.url()).search).toContain('state=in_step&resource=message')
    await admin.close()
  })

  it('is in one piece at 320 pixels, and can be used by keyboard alone', async () => {
    const admin = await desk.open({ path: '/app/records?resource=message', width: 320 })
    await link(admin, 'Message m00').waitFor()
    expect(await overflow(admin.app)).toBe(0)
    expect(await violations(admin.app)).toEqual([])

    await admin.app.getByRole('checkbox', { name: 'Select Message m01' }).focus()
    await admin.page.keyboard.press('Space')
    await admin.app.getByText('1 selected.').waitFor()
    expect(await overflow(admin.app)).toBe(0)
    expect(await violations(admin.app)).toEqual([])
    await admin.app.getByRole('button', { name: 'Send again' }).focus()
    await admin.page.keyboard.press('Enter')
    await hear(admin, '1 record is sent again.')
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
