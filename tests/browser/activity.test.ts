import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, type Admin } from '../support/browser'
import { type ShopRows } from '../support/rows'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

let desk: Desk
let north: ShopRows

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
  // Reading an empty store ends with a webhook, which would be the first event.
  await desk.shopify.shop.settled()
  await desk.database.db.query(`DELETE FROM "WebhookEvent"`)
  north = await rowsOf('north.myshopify.com')
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

const heading = (admin: Admin, name: string | RegExp) => admin.app.getByRole('heading', { level: 1, name })

describe('the Activity', () => {
  it('of a new shop says what will be there', async () => {
    const admin = await desk.open({ path: '/app/activity' })

    await admin.app.getByText('No events yet').waitFor()
    expect(await violations(admin.app)).toEqual([])
    await admin.app.getByRole('tab', { name: 'Deliveries' }).click()
    await admin.app.getByText('No deliveries yet').waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('shows an event as it comes, its page with personal values hidden, and the attempt that it led to', async () => {
    const admin = await desk.open({ path: '/app/activity' })
    await admin.app.getByText('No events yet').waitFor()

    const { id } = desk.shopify.shop.customers.create({
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada@example.com',
      note: 'Rings twice',
    })

    await admin.app.getByRole('link', { name: 'Customer created' }).click()
    await heading(admin, 'Customer created').waitFor()
    const payload = await admin.app.getByRole('region', { name: /Payload/ }).innerText()
    expect(payload).toContain(`"id": ${id},`)
    expect(payload).toMatch(/"email": •••• hidden/)
    expect(await admin.app.content()).not.toMatch(/ada@example|Byron|Rings twice/)
    expect(await violations(admin.app)).toEqual([])

    await admin.app.getByRole('table', { name: 'Deliveries since' }).getByRole('link').click()
    await heading(admin, 'Delivery').waitFor()
    const words = await admin.app.innerText('main')
    expect(words).toContain('Your SaaS has taken it.')
    expect(words).toContain(`Customer ${id}`)
    expect(words).toContain(String(desk.saas.requests.at(-1)?.headers['traceparent']).split('-')[1])
    expect(await violations(admin.app)).toEqual([])
    await admin.app.getByRole('link', { name: 'Customer created' }).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('keeps its filters in the address, and pages through the rest', async () => {
    for (let index = 0; index < 60; index += 1) {
      await desk.rows.event(north, {
        resource: 'order',
        topic: 'orders/updated',
        externalId: String(5_000 + index),
        outcome: index % 2 ? 'outdated' : 'unmapped',
        receivedAt: new Date(Date.now() - index * 60_000),
      })
    }
    const admin = await desk.open({ path: '/app/activity' })
    await admin.app.getByLabel('Outcome', { exact: true }).selectOption('Not understood')
    await admin.app.getByText('Order 5000').waitFor()

    await admin.app.getByRole('button', { name: 'Older' }).click()
    await admin.app.getByText('Order 5058').waitFor()
    expect(await admin.app.getByText('Out of date').count()).toBe(1) // The choice, no row.
    expect(new URL(admin.app.url()).searchParams.get('outcome')).toBe('unmapped')
    expect(await admin.app.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true)

    await admin.app.getByRole('button', { name: 'Newer' }).click()
    await admin.app.getByText('Order 5000').waitFor()
    await admin.app.getByRole('button', { name: 'Show everything' }).click()
    await admin.app.getByRole('link', { name: 'Customer created' }).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('is filtered by topic and days, and saved as a file', async () => {
    const admin = await desk.open({ path: '/app/activity' })
    await admin.app.getByLabel('Topic').selectOption('Customer created')
    await admin.app.getByRole('link', { name: 'Customer created' }).waitFor()
    await admin.app.getByText('Order 5000').waitFor({ state: 'detached' })
    const [download] = await Promise.all([
      admin.page.waitForEvent('download'),
      admin.app.getByRole('button', { name: 'Download as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('parity-events.csv')
    const file = (await buffer(await download.createReadStream())).toString('utf8')
    expect(file.split('\r\n')).toHaveLength(3)
    expect(file).toMatch(/^\uFEFFTime \(UTC\),Topic,.*\r\n.*customers\/create,Customer,\d+,Changed,/)
    expect(file).not.toMatch(/ada@example|Byron/)
    await admin.app.getByText('The file is in your downloads.').waitFor()

    await admin.app.getByLabel('To', { exact: true }).fill('2020-01-01')
    await admin.app.getByText('Nothing matches').waitFor()
    expect(new URL(admin.app.url()).search).toContain('to=2020-01-01')
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('has the runs, each with a page of its own', async () => {
    const admin = await desk.open({ path: '/app/activity?show=runs' })
    await admin.app.getByRole('table', { name: 'Runs' }).getByRole('link').last().click()
    await heading(
      admin,
      /Bringing in the store|Comparing the whole store|Looking for missed changes/,
    ).waitFor()
    await admin.app.getByRole('heading', { name: 'Its parts' }).waitFor()
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('takes a tampered address for the first page', async () => {
    const admin = await desk.open({ path: "/app/activity?after=1'--&outcome=<script>&resource=[]" })

    await admin.app.getByText('Order 5001').waitFor()
    await admin.close()
  })

  it('has no page for what belongs to another shop, or to nobody', async () => {
    const south = await rowsOf('south.myshopify.com')
    const event = await desk.rows.event(south)
    const attempt = await desk.rows.attempt(await desk.rows.record(south))
    const paths = [`events/${event.id}`, `attempts/${attempt.id}`, 'events/nonsense', `attempts/${event.id}`]

    for (const path of paths) {
      const admin = await desk.open({ path: `/app/activity/${path}` })
      await heading(admin, 'There is no such page').waitFor()
      expect(await violations(admin.app)).toEqual([])
      await admin.close()
    }
    const owner = await desk.open({
      path: `/app/activity/events/${event.id}`,
      of: desk.shopify.shopNamed(south.domain),
    })
    await heading(owner, 'Product updated').waitFor()
    await owner.close()
  })

  it('says when a payload has expired', async () => {
    const event = await desk.rows.event(north)
    const admin = await desk.open({ path: `/app/activity/events/${event.id}` })

    await admin.app.getByText('The payload has been deleted').waitFor()
    await admin.close()
  })

  it.each(['/app/activity', '/app/activity?show=attempts', '/app/activity?show=runs'])(
    'is in one piece at 320 pixels: %s',
    async (path) => {
      const admin = await desk.open({ path, width: 320 })
      await admin.app.getByRole('table').waitFor()

      expect(await overflow(admin.app)).toBe(0)
      expect(await violations(admin.app)).toEqual([])
      await admin.app.getByRole('table').getByRole('link').last().click()
      await admin.app.getByRole('heading', { name: 'Facts' }).waitFor()
      expect(await overflow(admin.app)).toBe(0)
      await admin.close()
    },
  )

  it('can be walked by keyboard alone', async () => {
    const admin = await desk.open({ path: '/app/activity' })
    const tab = admin.app.getByRole('tab', { name: 'Events' })
    await tab.focus()
    await admin.page.keyboard.press('ArrowRight')
    await admin.page.keyboard.press('Enter')
    await admin.app.getByRole('tab', { name: 'Deliveries', selected: true }).waitFor()

    const link = admin.app.getByRole('table', { name: 'Deliveries' }).getByRole('link').first()
    await link.focus()
    await admin.page.keyboard.press('Enter')
    await heading(admin, 'Delivery').waitFor()
    await admin.close()
  })
})
