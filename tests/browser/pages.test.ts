import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

/** Where pictures of the pages are put: `PARITY_SCREENSHOTS=docs/screenshots npm run test:browser -- pages`. */
const PICTURES = process.env.PARITY_SCREENSHOTS
const WIDTHS = [1280, 360]
const TALLEST = 2_600

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

/** A page by the name of its picture. A page of one thing is shown for the newest of its kind; null where there is none yet. */
const PAGES: Record<string, string | (() => Promise<string | null>)> = {
  overview: '/app',
  records: '/app/records',
  record: () => pageOf('/app/records', newestRecord()),
  failures: '/app/failures',
  'activity-events': '/app/activity',
  'activity-deliveries': '/app/activity?show=attempts',
  'activity-runs': '/app/activity?show=runs',
  event: () =>
    pageOf(
      '/app/activity/events',
      prisma().webhookEvent.findFirst({ where: ours(), orderBy: { id: 'desc' } }),
    ),
  delivery: () =>
    pageOf(
      '/app/activity/attempts',
      prisma().syncAttempt.findFirst({ where: ours(), orderBy: { startedAt: 'desc' } }),
    ),
  run: () =>
    pageOf('/app/activity/runs', prisma().syncRun.findFirst({ where: { ...ours(), kind: 'backfill' } })),
  settings: '/app/settings',
  'settings-connection': '/app/settings/connection',
  'settings-mirror': '/app/settings/mirror',
  'settings-privacy': '/app/settings/privacy',
  'settings-alerts': '/app/settings/alerts',
}

async function pageOf(folder: string, thing: PromiseLike<{ id: string } | null>): Promise<string | null> {
  const found = await thing
  return found && `${folder}/${found.id}`
}

/** Of the shop whose pages are looked at: the other one's are not shown to it. */
const ours = () => ({ source: { account: desk.shopify.shop.domain } })

/** One that failed, where there is one. */
async function newestRecord() {
  const [dead, any] = await Promise.all([
    prisma().syncRecord.findFirst({ where: { ...ours(), state: 'dead' }, orderBy: { updatedAt: 'desc' } }),
    prisma().syncRecord.findFirst({
      where: { ...ours(), resource: 'product' },
      orderBy: { updatedAt: 'desc' },
    }),
  ])
  return dead ?? any
}

/** Opens a page, and makes sure that everybody can read it and that it keeps within its frame. */
async function look(name: string, situation: string, width: number): Promise<void> {
  const page = PAGES[name]!
  const path = typeof page === 'string' ? page : await page()
  if (path === null) return
  const admin = await desk.open({ path, width })
  await admin.app.getByRole('heading', { level: 1 }).waitFor()
  expect(await violations(admin.app)).toEqual([])
  expect(await overflow(admin.app)).toBe(0)
  expect(admin.complaints).toEqual([])
  if (PICTURES) await takePicture(admin, `${name}-${situation}-${width}`, width)
  await admin.close()
}

async function takePicture(admin: Admin, name: string, width: number): Promise<void> {
  const height = await admin.app.evaluate(() => document.documentElement.scrollHeight)
  await admin.page.setViewportSize({ width, height: Math.min(Math.max(height, 480), TALLEST) })
  await mkdir(PICTURES!, { recursive: true })
  await admin.page.screenshot({ path: `${PICTURES}/${name}.jpg`, type: 'jpeg', quality: 82 })
}

const EACH = Object.keys(PAGES).flatMap((name) => WIDTHS.map((width) => [name, width] as const))

describe('with nothing in it, everybody can read', () => {
  it.each(EACH)('%s at %i pixels', (name, width) => look(name, 'nothing', width))
})

describe('with plenty in it, everybody can read', () => {
  beforeAll(async () => {
    fillTheStore()
    await plantTheMonth()
    await until('all is in step', async () => (await countIn('in_step')) === 60)
  })
  it.each(EACH)('%s at %i pixels', (name, width) => look(name, 'plenty', width))
})

describe('with an error in it, everybody can read', () => {
  beforeAll(async () => {
    desk.saas.misbehave({
      kind: 'status',
      status: 422,
      code: 'VALIDATION_ERROR',
      message: 'price must be above zero',
    })
    for (const title of ['Gift wrap', 'Sample card', 'Sticker']) {
      desk.shopify.shop.products.create({ title })
    }
    await until('three have failed', async () => (await countIn('dead')) === 3)
    desk.saas.behave()
    desk.saas.misbehave({ kind: 'status', status: 401, code: 'UNAUTHORIZED', message: 'the key was revoked' })
    desk.shopify.shop.products.create({ title: 'Linen towel' })
    await until(
      'the key is refused',
      async () => (await prisma().saasConnection.count({ where: { state: 'refused' } })) > 0,
    )
    desk.shopify.shop.products.create({ title: 'Oak tray' })
  })
  it.each(EACH)('%s at %i pixels', (name, width) => look(name, 'error', width))
})

const countIn = (state: string) => prisma().syncRecord.count({ where: { state } })

/** A small shop in the middle of its day. */
function fillTheStore(): void {
  const { shop } = desk.shopify
  const things = [
    'Enamel mug',
    'Linen apron',
    'Oak board',
    'Brass hook',
    'Wool throw',
    'Tea towel',
    'Salt cellar',
  ]
  const colours = ['white', 'blue', 'green', 'natural']
  for (const name of ['Kitchen', 'Living', 'Gifts']) shop.collections.create({ title: name })
  for (let n = 0; n < 27; n += 1) {
    shop.products.create({ title: `${things[n % 7]}, ${colours[Math.floor(n / 7)]}` })
  }
  const people = ['Ada Byron', 'Grace Hopper', 'Maria Silva', 'João Souza', 'Lena Fischer']
  for (let n = 0; n < 15; n += 1) {
    const [firstName = '', lastName = ''] = people[n % 5]!.split(' ')
    shop.customers.create({ firstName, lastName, email: `${firstName.toLowerCase()}.${n}@example.com` })
  }
  for (let n = 0; n < 15; n += 1) shop.orders.create()
}

/** The deliveries of a month, for the chart. */
async function plantTheMonth(): Promise<void> {
  const source = await prisma().sourceConnection.findFirstOrThrow({
    where: { account: desk.shopify.shop.domain },
  })
  const hour = (ago: number) => new Date(Math.floor(Date.now() / 3_600_000 - ago) * 3_600_000)
  const data = Array.from({ length: 720 }, (_, ago) => [
    { outcome: 'delivered', attempts: Math.round(160 + 120 * Math.sin(ago / 3.8)) },
    { outcome: 'unavailable', attempts: ago % 31 === 7 ? 60 : 0 },
  ]).flatMap((counts, ago) =>
    counts.map((count) => ({ ...count, hour: hour(ago + 2), sourceConnectionId: source.id })),
  )
  await prisma().deliveryStatistic.createMany({ data, skipDuplicates: true })
}
