import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUSY, BUSY_COUNTS } from '../../bench/planting/busy-rows'
import { plantStore } from '../../bench/planting/plant-store'
import { closeBrowser, type Admin } from '../support/browser'
import { observeVitals, readVitals } from '../support/vitals'
import { startDesk, type Desk } from './desk'

const RECORDS = 2_000
/** What the web's makers call good is 0.1; what the admin asks of its apps is less. */
const MOST_MOVED = 0.05

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
  for (const tables of [BUSY, BUSY_COUNTS])
    await plantStore(desk.database.url, RECORDS, tables, desk.shopify.shop.domain)
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

/** Changes something in the store, and waits until the page tells of it. */
async function newsReach(admin: Admin, title: string): Promise<void> {
  const before = await eventsOf(admin)
  desk.shopify.shop.products.create({ title })
  await admin.app.waitForFunction(
    (count) => document.querySelectorAll('a[href*="/events/"]')[0]?.getAttribute('href') !== count,
    before,
  )
}

function eventsOf(admin: Admin): Promise<string | null> {
  return admin.app.evaluate(
    () => document.querySelectorAll('a[href*="/events/"]')[0]?.getAttribute('href') ?? null,
  )
}

describe('what is to be seen stays where it is', () => {
  it.each([
    ['Overview', '/app', 1280],
    ['Overview', '/app', 360],
    ['Activity', '/app/activity', 1280],
    ['Activity', '/app/activity', 360],
  ])('while the %s at %s loads and news come, %i pixels wide', async (name, path, width) => {
    const admin = await desk.open({ path, width })
    await observeVitals(admin.app)

    await newsReach(admin, `${name} mug ${width}`)

    const { cls, moved } = await readVitals(admin.app)
    expect(cls, moved.join('\n')).toBeLessThanOrEqual(MOST_MOVED)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it.each([
    ['/app/records', 1280],
    ['/app/records', 360],
    ['/app/failures', 1280],
    ['/app/failures', 360],
  ])('while %s loads, %i pixels wide', async (path, width) => {
    const admin = await desk.open({ path, width })
    await observeVitals(admin.app)

    const { cls, moved } = await readVitals(admin.app)
    expect(cls, moved.join('\n')).toBeLessThanOrEqual(MOST_MOVED)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
