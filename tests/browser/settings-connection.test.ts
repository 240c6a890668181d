import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSaas, type Saas } from '../../dev/saas'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { answerLeaving, pressInSaveBar, saveBar } from '../support/save-bar'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

const KEY = 'own-key-of-the-tests'
const NEW_KEY = 'own-key-of-the-tests-2'
const OWN = 'https://own.saas.example'
const PATH = '/app/settings/connection'

let desk: Desk
let own: Saas
let admin: Admin

beforeAll(async () => {
  own = await startSaas({ apiKey: KEY })
  desk = await startDesk({ PARITY_DEV_ROUTES: `own.saas.example=${own.url}` })
  await desk.install()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
  await own?.stop()
})
beforeEach(() => own.behave())

const connection = () =>
  desk.database.db.prisma.saasConnection.findFirstOrThrow({
    where: { shop: { domain: 'north.myshopify.com' } },
  })
const field = (name: string) => admin.app.getByLabel(name, { exact: true })
const press = (name: string) => admin.app.getByRole('button', { name, exact: true }).click()
const inDialog = (name: string) =>
  admin.app.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const hear = (words: string) => admin.app.getByRole('status').getByText(words).first().waitFor()
const taken = (title: string, saas = own) =>
  until(`${title} has arrived`, () => saas.mirror().some(({ data }) => data.name === title))
const open = async (options = {}) => {
  admin = await desk.open({ path: PATH, ...options })
  await admin.app.getByRole('heading', { level: 1, name: 'Connection' }).waitFor()
}
/** What the browser itself notes of an answer that refused a form is no fault. */
const faults = () => admin.complaints.filter((complaint) => !/\b40[049]\b/.test(complaint))

/** Has a SaaS of the merchant's own chosen, and typed. */
async function type(address: string, key: string): Promise<void> {
  await admin.app.getByText('A SaaS of your own', { exact: true }).click()
  await field('Address').fill(address)
  await field('API key').fill(key)
}

describe('a merchant', () => {
  it('sees in the list of settings what is set, and goes to the connection and back', async () => {
    admin = await desk.open({ path: '/app/settings' })
    await admin.app.getByText('127.0.0.1', { exact: false }).waitFor()
    expect(await violations(admin.app)).toEqual([])
    expect(await overflow(admin.app)).toBe(0)
    await admin.app.getByRole('link', { name: 'Connection' }).click()
    await admin.app.getByRole('heading', { level: 1, name: 'Connection' }).waitFor()
    expect(await violations(admin.app)).toEqual([])
    await admin.app.getByRole('link', { name: 'Settings' }).click()
    await admin.app.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    expect(faults()).toEqual([])
    await admin.close()
  })

  it.each([
    ['http://own.saas.example', 'The address must begin with https://, so that nobody can listen.'],
    ['https://192.168.0.10', 'This address is not on the public internet. Parity cannot go there.'],
    ['https://nobody.invalid', 'There is no such name on the internet. Is it spelled right?'],
  ])('is told beside the address why %s is not taken, and nothing is changed', async (address, words) => {
    const before = await connection()
    await open()
    await type(address, KEY)
    await pressInSaveBar(admin, 'Save')
    await admin.app.getByText(words).waitFor()
    await until('the address has the focus', () =>
      field('Address').evaluate((element) => element === document.activeElement),
    )
    await hear('This could not be saved yet: a field needs another look.')
    expect(await violations(admin.app)).toEqual([])
    expect(await connection()).toEqual(before)
    await admin.close()
  })

  it('sees a wrong key beside the key, and nothing is changed', async () => {
    const before = await connection()
    await open()
    await type(OWN, 'not-the-key')
    await pressInSaveBar(admin, 'Save')
    await admin.app.getByText('Your SaaS does not accept this key.').waitFor()
    expect(await field('API key').getAttribute('aria-invalid')).toBe('true')
    expect(await connection()).toEqual(before)
    expect(own.takes).toEqual([])

    await field('API key').fill('another')
    expect(await admin.app.getByText('Your SaaS does not accept this key.').count()).toBe(0)
    await pressInSaveBar(admin, 'Discard')
    await saveBar(admin).waitFor({ state: 'hidden' })
    expect(await admin.app.getByRole('radio', { name: 'A SaaS of your own' }).isChecked()).toBe(false)
    expect(faults()).toEqual([])
    await admin.close()
  })

  it('is asked before leaving with unsaved changes', async () => {
    await open()
    await field('Calls at the same time').fill('4')
    await saveBar(admin).waitFor()
    await admin.app.getByRole('link', { name: 'Settings' }).click()
    await answerLeaving(admin, 'Stay')
    expect(await field('Calls at the same time').inputValue()).toBe('4')
    await admin.app.getByRole('link', { name: 'Settings' }).click()
    await answerLeaving(admin, 'Leave page')
    await admin.app.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await saveBar(admin).waitFor({ state: 'hidden' })
    expect((await connection()).concurrency).toBe(16)
    expect(faults()).toEqual([])
    await admin.close()
  })

  it('connects a SaaS of their own, is told first what it will be sent, and leaves the other as it is', async () => {
    desk.shopify.shop.products.create({ title: 'First mug' })
    await taken('First mug', desk.saas)
    const before = desk.saas.mirror()
    await open()
    await type(`${OWN}/`, KEY)
    await pressInSaveBar(admin, 'Save')
    await admin.app.getByText('Products: 1').waitFor()
    expect(await violations(admin.app)).toEqual([])
    await inDialog('Cancel')
    expect((await connection()).kind).toBe('environment')

    await pressInSaveBar(admin, 'Save')
    await inDialog('Send everything there')
    await hear('Saved.')
    await saveBar(admin).waitFor({ state: 'hidden' })
    await taken('First mug')
    expect(await connection()).toMatchObject({ kind: 'merchant', address: OWN, chosen: ['place'] })
    expect(desk.saas.mirror()).toEqual(before)
    expect(await field('API key').inputValue()).toBe('')
    await admin.app.getByText('A key is set. Leave this empty to keep it, or write another one.').waitFor()
    expect(await admin.app.content()).not.toContain(KEY)
    expect(desk.app.output()).not.toContain(KEY)
    expect(faults()).toEqual([])
    await admin.close()
  })

  it('sends a test event, which touches no record, and sees what came back', async () => {
    const records = own.mirror()
    await open()
    await press('Send a test event')
    await hear('Your SaaS took the test event.')
    await admin.app.getByText('200', { exact: true }).waitFor()
    expect(own.mirror()).toEqual(records)

    own.misbehave({ kind: 'status', status: 503, code: 'DOWN', message: 'Back at noon' })
    await press('Send a test event')
    await hear('Your SaaS did not take the test event.')
    await admin.app.getByText('Back at noon', { exact: false }).waitFor()
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })

  it('rotates the key without loss: nothing is sent twice', async () => {
    own.setKey(NEW_KEY)
    await open()
    await field('API key').fill(NEW_KEY)
    await admin.app.getByRole('radio', { name: 'The same account as before' }).waitFor()
    await pressInSaveBar(admin, 'Save')
    await hear('Saved.')
    desk.shopify.shop.products.create({ title: 'Second mug' })
    await taken('Second mug')
    expect(own.mirror().find(({ data }) => data.name === 'First mug')).toMatchObject({ writes: 1 })
    expect((await connection()).state).toBe('connected')
    await admin.close()
  })

  it('disconnects: what changes meanwhile waits, outlasts a restart, and goes when it is connected again', async () => {
    await open()
    await press('Disconnect')
    await inDialog('Cancel')
    await press('Disconnect')
    await inDialog('Disconnect')
    await admin.app.getByText('Not connected').first().waitFor()
    const held = own.mirror()
    desk.shopify.shop.products.create({ title: 'Third mug' })
    await until('it waits', async () => {
      const records = await desk.database.db.prisma.syncRecord.findMany({ where: { state: 'held' } })
      return records.length === 1
    })
    await desk.app.stop()
    await desk.restart()
    await admin.close()
    await open()
    await admin.app.getByText('Not connected').first().waitFor()
    expect(own.mirror()).toEqual(held)
    expect(await violations(admin.app)).toEqual([])

    const takes = own.takes.length
    await type(OWN, NEW_KEY)
    await pressInSaveBar(admin, 'Save')
    await hear('Saved.')
    await taken('Third mug')
    expect(own.takes).toHaveLength(takes + 1)
    await admin.close()
  })

  it('on a telephone finds everything within its width', async () => {
    await open({ width: 320, height: 640 })
    expect(await overflow(admin.app)).toBe(0)
    expect(await violations(admin.app)).toEqual([])
    await admin.close()
  })
})
