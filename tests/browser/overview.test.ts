import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, type Admin } from '../support/browser'
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

/** Pretends, in the app's frame, that the person looks at another tab, or comes back. */
function setVisible(admin: Admin, visible: boolean): Promise<void> {
  return admin.app.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    visible ? 'visible' : 'hidden',
  )
}

describe('the Overview', () => {
  it('of a new shop says what happens next, and no share of nothing', async () => {
    const admin = await desk.open()

    await admin.app.getByText('Waiting for the first record').waitFor()

    const words = await admin.app.innerText('main')
    expect(words).toContain('Connected')
    expect(words).not.toMatch(/NaN|%/)
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('leads through the first steps, which can be put away for good', async () => {
    const admin = await desk.open({ of: desk.shopify.shopNamed('south.myshopify.com') })
    await admin.app.getByRole('heading', { name: 'All set' }).waitFor()
    await admin.app.getByRole('button', { name: 'Put the first steps away' }).click()
    await admin.app.getByRole('heading', { name: 'All set' }).waitFor({ state: 'hidden' })
    await admin.close()

    const again = await desk.open({ of: desk.shopify.shopNamed('south.myshopify.com') })
    await again.app.getByRole('heading', { name: 'Deliveries' }).waitFor()
    expect(await again.app.getByRole('heading', { name: 'All set' }).count()).toBe(0)
    await again.close()
  })

  it('shows the deliveries of a day, a week or a month, also to those who hear it', async () => {
    const admin = await desk.open()
    const table = admin.app.getByRole('table', { name: 'Deliveries' })
    expect(await table.getByRole('row').count()).toBe(25)
    await admin.app.getByRole('button', { name: '30 days' }).click()
    await admin.app.waitForURL(/chart=month/)
    await table.getByRole('row').nth(30).waitFor()
    expect(await table.getByRole('row').count()).toBe(31)
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('turns green without a reload when a change has reached the SaaS', async () => {
    const admin = await desk.open()
    await admin.app.getByText('Waiting for the first record').waitFor()
    await admin.app.evaluate(() => Object.assign(window, { stillTheSamePage: true }))

    desk.shopify.shop.products.create({ title: 'Enamel mug' })

    await admin.app.getByText('100%').waitFor()
    await admin.app.getByText('Product created').waitFor()
    expect(await admin.app.getByRole('table', { name: 'Latest events' }).innerText()).toContain('In step')
    expect(desk.saas.mirror({ resource: 'product' })).toHaveLength(1)
    expect(await admin.app.evaluate(() => 'stillTheSamePage' in window)).toBe(true)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('keeps the place and the focus of the person while it changes', async () => {
    const admin = await desk.open({ height: 500 })
    const link = admin.app.getByRole('link', { name: 'Product created' })
    await link.focus()
    const before = await admin.app.evaluate(() => window.scrollY)

    desk.shopify.shop.customers.create({ firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' })
    await admin.app.getByText('Customer created').waitFor()

    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(before).toBeGreaterThan(0)
    expect(await admin.app.evaluate(() => window.scrollY)).toBeGreaterThanOrEqual(before)
    await admin.close()
  })

  it('asks nothing while nobody looks, and again when somebody does', async () => {
    const admin = await desk.open()
    await admin.app.getByText('Latest events').waitFor()
    await setVisible(admin, false)
    let asked = 0
    admin.page.on('request', (request) => (asked += Number(request.url().includes('.data'))))
    await admin.page.waitForTimeout(4_000)
    const whileHidden = asked

    await setVisible(admin, true)
    await admin.page.waitForRequest((request) => request.url().includes('.data'))

    expect(whileHidden).toBe(0)
    await admin.close()
  })

  it('names the most urgent thing, and leads to it', async () => {
    const admin = await desk.open()
    const south = desk.shopify.shopNamed('south.myshopify.com')
    const other = await desk.open({ of: south })
    await other.app.getByText('Waiting for the first record').waitFor()
    desk.saas.misbehave({
      kind: 'status',
      status: 422,
      code: 'VALIDATION_ERROR',
      message: 'price is missing',
    })

    south.products.create({ title: 'Refused mug' })

    await other.app.getByText('1 record could not be delivered').waitFor()
    await other.app.getByText('0%', { exact: true }).waitFor()
    await other.app.getByRole('link', { name: 'See what was refused' }).click()
    await other.app.getByRole('heading', { level: 1, name: 'Failures' }).waitFor()
    await other.app.getByText('price is missing').first().waitFor()
    expect(await admin.app.getByText('could not be delivered').count()).toBe(0)
    desk.saas.behave()
    await admin.close()
    await other.close()
  })

  it.each([1280, 320])('is accessible and in one piece at %i pixels', async (width) => {
    const admin = await desk.open({ width })
    await admin.app.getByText('Customer created').waitFor()

    expect(await violations(admin.app)).toEqual([])
    expect(await overflow(admin.app)).toBe(0)
    await admin.close()
  })

  it('says that the database is gone, and comes back by itself', async () => {
    const admin = await desk.open()
    await admin.app.getByText('Latest events').waitFor()

    await desk.database.lock()
    await admin.app.getByRole('heading', { name: 'Parity cannot reach its database' }).waitFor()
    expect(await violations(admin.app)).toEqual([])

    await desk.database.unlock()
    await admin.app.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await admin.close()
  })

  it('says so too when it is opened during the outage', async () => {
    await desk.database.lock()
    const admin = await desk.open()
    await admin.app.getByRole('heading', { name: 'Parity cannot reach its database' }).waitFor()

    await desk.database.unlock()

    await admin.app.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await admin.close()
  })

  it('says that the app does not answer, and comes back with it', async () => {
    const admin = await desk.open()
    await admin.app.getByText('Latest events').waitFor()

    await desk.app.kill()
    await admin.app.getByRole('heading', { name: 'Parity does not answer' }).waitFor()
    await desk.restart()

    await admin.app.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await admin.close()
  })
})
