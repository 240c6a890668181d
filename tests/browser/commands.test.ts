import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, type Admin } from '../support/browser'
import { type ShopRows } from '../support/rows'
import { postWebhook } from '../support/webhook'
import { startDesk, type Desk } from './desk'
import { violations } from './inspect'

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
const press = (admin: Admin, name: string) => admin.app.getByRole('button', { name, exact: true }).click()
const hear = (admin: Admin, words: string) =>
  admin.app.getByRole('status').getByText(words, { exact: true }).waitFor()

/** Has the SaaS refuse a new product, and opens the page of that delivery. */
async function openRefusal(title: string): Promise<Admin> {
  refuse()
  const { id } = desk.shopify.shop.products.create({ title })
  const admin = await desk.open({ path: '/app/activity?show=attempts&outcome=rejected' })
  await admin.app
    .getByRole('link', { name: `Product ${id}` })
    .first()
    .click()
  await admin.app.getByRole('heading', { level: 1, name: 'Delivery' }).waitFor()
  await admin.app.getByText('Failed', { exact: true }).waitFor()
  desk.saas.behave()
  return admin
}

describe('a person', () => {
  it('pauses sending and resumes it: what changes meanwhile waits, and then goes', async () => {
    const admin = await desk.open()
    await press(admin, 'Pause sending')
    await hear(admin, 'Sending is paused.')
    await admin.app.getByText('Paused by you').waitFor()
    const calls = desk.saas.requests.length

    desk.shopify.shop.products.create({ title: 'Patient mug' })
    await admin.app.getByText('On hold').first().waitFor()
    expect(desk.saas.requests).toHaveLength(calls)
    expect(await violations(admin.app)).toEqual([])

    await admin.app.getByRole('button', { name: 'Resume sending' }).focus()
    await admin.page.keyboard.press('Enter')
    await hear(admin, 'Sending goes on.')
    await admin.app.getByText('100%').waitFor()
    expect(await admin.app.getByText('Paused by you').count()).toBe(0)
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('sends a refused record again when the SaaS is mended', async () => {
    const admin = await openRefusal('Mended mug')
    expect(await violations(admin.app)).toEqual([])

    await press(admin, 'Send again')
    await hear(admin, '1 record is sent again.')
    await admin.app.getByText('In step', { exact: true }).waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('dismisses a refused record with a reason, and can still send it', async () => {
    const admin = await openRefusal('Unwanted mug')
    await press(admin, 'Dismiss')
    await hear(admin, 'Say why the record is dismissed.')
    await admin.app.getByText('Failed', { exact: true }).waitFor()

    await admin.app.getByLabel('Why it need not be delivered').fill('It is a sample.')
    await admin.page.keyboard.press('Enter')
    await hear(admin, 'The record is dismissed.')
    await admin.app.getByText('Dismissed: It is a sample.').waitFor()
    await admin.app.getByText('Not sent', { exact: true }).waitFor()

    await press(admin, 'Send again')
    await admin.app.getByText('In step', { exact: true }).waitFor()
    // The browser itself notes the answer that refused the empty reason.
    expect(admin.complaints.filter((complaint) => !complaint.includes('400'))).toEqual([])
    await admin.close()
  })

  it('sends everything again that has failed', async () => {
    const refused = await openRefusal('First mug')
    await refused.close()
    const admin = await desk.open()
    await admin.app.getByText('1 record could not be delivered').waitFor()
    expect(await violations(admin.app)).toEqual([])

    await press(admin, 'Send all again')
    await hear(admin, '1 record is sent again.')
    await admin.app.getByText('100%').waitFor()
    expect(await admin.app.getByText('could not be delivered').count()).toBe(0)
    await hear(admin, '1 record is sent again.')
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('replays an event that was not understood, and is told when it still is not', async () => {
    await postWebhook(desk.app, { store: north.domain, body: '{"id":"no number"}' })
    const admin = await desk.open({ path: '/app/activity?outcome=unmapped' })
    await admin.app.getByRole('link', { name: 'Product updated' }).click()
    await press(admin, 'Replay')
    await hear(admin, 'The event still cannot be understood.')
    await admin.app.getByText('Replayed', { exact: true }).waitFor()
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })

  it('sees how far a look at all records has come', async () => {
    await desk.database.db.prisma.syncRun.create({
      data: {
        id: crypto.randomUUID(),
        sourceConnectionId: north.source.id,
        kind: 're-evaluation',
        state: 'running',
        done: 450,
        total: 1_000,
        changed: 12,
        detail: 'What personal data may leave has changed.',
        startedAt: new Date(),
      },
    })
    const admin = await desk.open()
    await admin.app.getByText('450 of 1,000 records looked at, 12 to send or to hold back').waitFor()
    await admin.app.getByText('What personal data may leave has changed.').waitFor()
    expect(await admin.app.getByRole('progressbar').getAttribute('value')).toBe('45')
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })

  it('cannot reach what is of another shop, or nobody', async () => {
    const admin = await desk.open()
    const send = (fields: Record<string, string>) =>
      admin.app.evaluate(async (form) => {
        const answer = await fetch('/app/commands', { method: 'POST', body: new URLSearchParams(form) })
        return { status: answer.status, body: (await answer.json()) as unknown }
      }, fields)
    const { prisma } = desk.database.db
    const foreign = await prisma.saasConnection.findUniqueOrThrow({ where: { shopId: south.id } })
    const record = await desk.rows.record(south, { state: 'dead', desiredHash: 'h' })

    expect(await send({ intent: 'pause', connection: foreign.id })).toMatchObject({
      status: 404,
      body: { ok: false, code: 'CONNECTION_MISSING' },
    })
    expect(await send({ intent: 'replay', id: record.id })).toMatchObject({ status: 404 })
    expect(await send({ intent: 'replay', id: crypto.randomUUID() })).toMatchObject({ status: 404 })
    expect(await send({ intent: 'nonsense' })).toMatchObject({ status: 400 })
    expect(await prisma.saasConnection.findUniqueOrThrow({ where: { shopId: south.id } })).toEqual(foreign)
    expect(await prisma.syncRecord.findUniqueOrThrow({ where: { id: record.id } })).toEqual(record)
    await admin.close()
  })

  it('without a session can do nothing', async () => {
    const answer = await fetch(`${desk.app.url}/app/commands`, {
      method: 'POST',
      body: new URLSearchParams({ intent: 'pause', connection: crypto.randomUUID() }),
      redirect: 'manual',
    })
    expect(answer.status).toBeGreaterThanOrEqual(300)
    expect((await fetch(`${desk.app.url}/app/commands`, { redirect: 'manual' })).status).not.toBe(200)
  })
})
