import { type SyncRun, type SyncSlice } from '@prisma/client'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { type ShopRows } from '../support/rows'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

let desk: Desk
let north: ShopRows

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
  const { domain } = desk.shopify.shop
  const shop = await prisma().shop.findUniqueOrThrow({ where: { domain }, include: { sources: true } })
  north = { id: shop.id, domain, source: shop.sources[0]! }
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})
beforeEach(() => prisma().syncRun.deleteMany())

const prisma = () => desk.database.db.prisma
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000)

/** A run as a stopped worker would have left it: nobody holds it, and nothing of it is due. */
async function plant(
  run: Partial<Omit<SyncRun, 'missed'>>,
  slices: Partial<SyncSlice>[] = [],
): Promise<string> {
  const [id, sourceConnectionId] = [uuid(), north.source.id]
  await prisma().syncRun.create({
    data: { id, sourceConnectionId, kind: 'backfill', state: 'running', startedAt: ago(60), ...run },
  })
  for (const [ordinal, slice] of slices.entries()) {
    const data = { id: uuid(), runId: id, sourceConnectionId, ordinal, resource: 'order', state: 'waiting' }
    await prisma().syncSlice.create({ data: { ...data, ...slice } })
  }
  return id
}

const READING: Partial<SyncSlice>[] = [
  { resource: 'category', state: 'finished', records: 120, readRecords: 120, startedAt: ago(50) },
  { resource: 'product', state: 'reading', records: 20_000, readRecords: 5_000, startedAt: ago(10) },
  { resource: 'customer', state: 'exporting' },
  { resource: 'order', state: 'waiting' },
]

const words = (admin: Admin, text: string | RegExp) => admin.app.getByText(text).first().waitFor()

describe('the Overview, of runs through the store', () => {
  it('says that nothing was brought in yet, and how to do that', async () => {
    const admin = await desk.open()
    await words(admin, 'What was in your store before has not been brought in yet.')
    await admin.app.getByRole('button', { name: 'Only a part of it' }).click()
    await admin.app.getByRole('combobox', { name: 'What' }).selectOption('Products')
    await admin.app.getByLabel('Changed since').fill('2026-01-31')
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('shows a backfill resource by resource, and goes on by itself', async () => {
    const id = await plant({ total: null }, READING)
    const admin = await desk.open()
    await words(admin, 'Bringing in the store')
    await words(admin, '5,000 of 20,000')
    await words(admin, /Being read · \d+ a second · about .+ left/)
    await words(admin, 'The store is preparing the list')
    expect(await admin.app.getByRole('progressbar', { name: 'Products' }).getAttribute('value')).toBe('25')
    expect(await admin.app.getByRole('button', { name: 'Bring in the whole store' }).count()).toBe(0)

    await prisma().syncSlice.updateMany({
      where: { runId: id, resource: 'product' },
      data: { readRecords: 15_000 },
    })
    await words(admin, '15,000 of 20,000')
    await prisma().syncRun.update({
      where: { id },
      data: { state: 'finished', endedAt: new Date(), detail: 'All of it was read.' },
    })
    await words(admin, 'All of it was read.')
    await admin.app.getByRole('button', { name: 'Bring in the whole store' }).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('begins a backfill, a part of one and a comparison, and says what came of each', async () => {
    const admin = await desk.open()
    const { app } = admin
    const press = (name: string) => app.getByRole('button', { name, exact: true }).click()
    const hear = (said: string) => app.getByRole('status').getByText(said, { exact: true }).waitFor()
    await press('Bring in the whole store')
    await hear('Your store is being brought in.')
    await words(admin, 'Store brought in')

    await press('Only a part of it')
    await app.getByRole('combobox', { name: 'What' }).selectOption('Products')
    await app.getByLabel('Changed since').fill('2026-01-31')
    await press('Bring it in')
    await until('the products of that time have been read', () =>
      prisma().syncSlice.findFirst({
        where: { resource: 'product', updatedFrom: { not: null }, run: { endedAt: { not: null } } },
      }),
    )

    await press('Compare the whole store')
    await hear('Your store is being compared, record by record.')
    await words(admin, 'Whole store compared')
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('cancels a run, and offers to start it again', async () => {
    await plant({}, READING)
    const admin = await desk.open()
    await admin.app.getByRole('button', { name: 'Cancel' }).click()
    await admin.app.getByRole('status').getByText('It is cancelled. What has been read stays.').waitFor()
    await admin.app.getByRole('button', { name: 'Start again' }).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('asks before it deletes, and leads to the question', async () => {
    await plant({ kind: 'deep-reconciliation', state: 'asking', gone: 300 })
    const admin = await desk.open()
    await admin.app.getByRole('link', { name: 'See what is gone' }).click()
    await words(admin, /300 records of your SaaS are no longer in your store/)
    await admin.app.getByRole('button', { name: 'Keep them' }).waitFor()
    await admin.app.getByRole('button', { name: 'Delete them at the SaaS' }).waitFor()
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })

  it('tells what of the store is out of reach, in one banner', async () => {
    const sourceConnectionId = north.source.id
    const reach = {
      sourceConnectionId,
      resource: 'order',
      reach: 'since',
      days: 60,
      deniedFields: ['Order.email'],
    }
    await prisma().sourceReach.deleteMany()
    await prisma().sourceReach.create({ data: { ...reach, reason: 'Orders of the last 60 days only.' } })
    const admin = await desk.open()
    await words(admin, 'Part of your store is out of reach')
    await words(admin, 'Withheld from Parity: Order.email. What your SaaS has of that stays as it is.')

    await prisma().sourceReach.deleteMany()
    await admin.app.getByText('Part of your store is out of reach').waitFor({ state: 'detached' })
    await admin.close()
  })

  it.each([1280, 320])('is accessible and in one piece at %i pixels', async (width) => {
    await plant({ state: 'failed', endedAt: ago(4_000), detail: 'Of the orders, two were missing.' })
    await plant({
      kind: 'reconciliation',
      state: 'finished',
      endedAt: ago(400),
      detail: 'Nothing was missed.',
    })
    await plant({ kind: 'deep-reconciliation' }, READING)
    const admin = await desk.open({ width })
    await words(admin, 'Comparing the whole store')
    expect(await violations(admin.app)).toEqual([])
    expect(await overflow(admin.app)).toBe(0)
    await admin.close()
  })
})
