import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { openStages, type Stages } from '../../../tests/support/stages'
import { FieldError } from '~/lib/field-error'
import { presentAlertsPage } from '../presenters/alerts-page.server'
import { findShopScope } from '../presenters/scope.server'
import { renewSecret, saveAlerts, testAlert } from './alerts-commands.server'
import { readCommand } from './read-command'
import { type CommandOf, type CommandPorts } from './runner'

let stages: Stages
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Shop" CASCADE`)
  ours = await rows.shop('tea.myshopify.com')
  theirs = await rows.shop('coffee.myshopify.com')
})

const HOOK = 'https://hooks.tea.example/T1?key=a'
const WISH = { email: 'owner@tea.example', webhook: HOOK, failures: '3', locale: 'en' }
const ports = (more: Partial<CommandPorts> = {}) =>
  ({
    db: stages.db,
    sealer: stages.sealer,
    clock: () => stages.clock.now,
    sendsMail: true,
    ...more,
  }) as CommandPorts
const scope = async (shop = ours) => (await findShopScope(stages.db, shop.domain))!
const view = async (shop = ours) => presentAlertsPage(stages, await scope(shop), stages.clock.now)
const save = async (fields: Partial<typeof WISH> = {}, more?: Partial<CommandPorts>) => {
  const form = new URLSearchParams({ intent: 'save-alerts', ...WISH, ...fields }).toString()
  return saveAlerts(ports(more), await scope(), readCommand(form) as CommandOf<'save-alerts'>)
}
const faultOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  return error instanceof FieldError ? error.fields : error
}

describe('the alerts of a shop', () => {
  it('go where the shop says, and the secret is told once', async () => {
    const first = await save()
    expect(first.secret).toMatch(/^whsec_/)
    expect(await view()).toMatchObject({ email: 'owner@tea.example', webhookUrl: HOOK, failuresFrom: 3 })
    expect((await save()).secret).toBeUndefined()
    expect(await view(theirs)).toMatchObject({ email: '', webhookUrl: '', failuresFrom: 10, notices: [] })
  })

  it('go nowhere any more when both are emptied', async () => {
    await save()
    await save({ email: '', webhook: ' ' })
    expect(await view()).toMatchObject({ email: '', webhookUrl: '' })
    await expect(testAlert(ports(), await scope(), { intent: 'test-alert' })).rejects.toMatchObject({
      code: 'ALERT_NOWHERE',
    })
    await expect(renewSecret(ports(), await scope(), { intent: 'renew-alert-secret' })).rejects.toMatchObject(
      {
        code: 'ALERT_NOWHERE',
      },
    )
  })

  it('can be tried: a notice for each way, and none for another shop', async () => {
    await save()
    expect(await testAlert(ports(), await scope(), { intent: 'test-alert' })).toMatchObject({ count: 2 })
    const { notices } = await view()
    expect(notices.map(({ channel, subject, state }) => ({ channel, subject, state }))).toEqual(
      expect.arrayContaining([
        { channel: 'email', subject: 'test', state: 'waiting' },
        { channel: 'webhook', subject: 'test', state: 'waiting' },
      ]),
    )
    expect((await view(theirs)).notices).toEqual([])
  })

  it('can be tried once a minute, also when the form is sent twice at once', async () => {
    await save({ email: '' })
    const test = async () => testAlert(ports(), await scope(), { intent: 'test-alert' })
    const both = await Promise.allSettled([test(), test()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(test()).rejects.toMatchObject({ code: 'ALERT_TESTED' })
    stages.clock.tick(60_000)
    await test()
    expect((await view()).notices).toHaveLength(2)
  })

  it('have one secret when the form is sent twice at once', async () => {
    const secrets = (await Promise.all([save(), save()])).flatMap(({ secret }) => secret ?? [])
    expect(secrets).toHaveLength(1)
  })

  it('are set anew where the address cannot be opened any more', async () => {
    await save()
    await stages.db.query(`UPDATE "AlertSettings" SET "webhookUrl" = '\\x00112233445566778899'`)
    expect(await view()).toMatchObject({ email: 'owner@tea.example', webhookUrl: '' })
    expect((await save()).secret).toMatch(/^whsec_/)
    expect(await view()).toMatchObject({ webhookUrl: HOOK })
  })

  it('are not readable in the database', async () => {
    await save()
    const [row] = await stages.db.query<{ text: string }>(
      `SELECT "AlertSettings"::text AS "text" FROM "AlertSettings"`,
    )
    expect(row!.text).not.toContain('hooks.tea.example')
    expect(row!.text).not.toContain(Buffer.from(HOOK).toString('hex'))
  })

  it.each<[string, Partial<typeof WISH>, Record<string, string>]>([
    ['no email address', { email: 'owner' }, { email: 'EMAIL_INVALID' }],
    ['an address without https', { webhook: 'http://hooks.tea.example' }, { webhook: 'ADDRESS_NOT_HTTPS' }],
    ['an address of a private network', { webhook: 'https://10.0.0.8/x' }, { webhook: 'ADDRESS_NOT_PUBLIC' }],
    ['no number', { failures: 'many' }, { failures: 'NOT_A_NUMBER' }],
    ['a number that is too low', { failures: '0' }, { failures: 'TOO_SMALL' }],
  ])('are not changed by %s, which is told beside its field', async (_name, fields, faults) => {
    await save()
    const before = await view()
    expect(await faultOf(save(fields))).toEqual(faults)
    expect(await view()).toEqual(before)
  })

  it('cannot be mailed where this installation has no mail', async () => {
    expect(await faultOf(save({}, { sendsMail: false }))).toEqual({ email: 'MAIL_NOT_SET_UP' })
    await save({ email: '' }, { sendsMail: false })
    expect(await view()).toMatchObject({ email: '', webhookUrl: HOOK })
  })
})
