import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLanguage } from '~/dashboard/language'
import { en, tongues, type Message, type WordKey } from '~/dashboard/words'
import { until } from '../../dev/until'
import { closeBrowser, type Admin } from '../support/browser'
import { startDesk, type Desk } from './desk'
import { overflow, violations } from './inspect'

const WIDTHS = [1280, 360]
const { t } = createLanguage({ locale: 'pt-BR', timeZone: null })

let desk: Desk
const prisma = () => desk.database.db.prisma

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
  await fillTheDesk()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

/** Records in step, one that the SaaS refuses, one that is left out, calls that failed, and runs that have ended. */
async function fillTheDesk(): Promise<void> {
  const { shop } = desk.shopify
  shop.collections.create({ title: 'Cozinha' })
  for (const title of ['Caneca esmaltada', 'Avental de linho', 'Tábua de carvalho'])
    shop.products.create({ title })
  shop.customers.create({ firstName: 'Maria', lastName: 'Silva', email: 'maria@example.com' })
  for (let n = 0; n < 3; n += 1) shop.orders.create()
  await until('all is in step', async () => (await countIn('in_step')) === 8)
  const refusal = { kind: 'status', status: 422, code: 'VALIDATION_ERROR', message: 'price: > 0' } as const
  desk.saas.misbehave(refusal)
  shop.products.create({ title: 'Amostra' })
  await until('one has failed', async () => (await countIn('dead')) === 1)
  desk.saas.behave()
  const [source, one] = await Promise.all([
    prisma().sourceConnection.findFirstOrThrow({ where: { account: shop.domain } }),
    prisma().syncRecord.findFirstOrThrow({ where: { resource: 'order' } }),
  ])
  const north = { id: source.shopId, domain: shop.domain, source }
  const reason = 'Test orders are not mirrored.'
  await desk.rows.record(north, { resource: 'order', externalId: '5999', state: 'excluded', reason })
  const silence = { outcome: 'unavailable', httpStatus: null, code: 'TIMEOUT' }
  await desk.rows.attempt(one, { ...silence, detail: 'The SaaS did not answer in time.' })
  await endRuns(source.id)
}

/** The runs of the installation, told as those of a store in which something was found. */
async function endRuns(sourceConnectionId: string): Promise<void> {
  const detail = 'Compared 1,200 orders and 3 products; 2 differed and were repaired.'
  await prisma().syncRun.updateMany({ where: { sourceConnectionId }, data: { detail } })
}

const countIn = (state: string) => prisma().syncRecord.count({ where: { state } })

/** A page with what it is headed. */
interface Shown {
  heading: string | RegExp
  path: string | (() => Promise<string>)
}

const PAGES: Record<string, Shown> = {
  overview: { heading: t('overview.title'), path: '/app' },
  records: { heading: t('records.title'), path: '/app/records' },
  excluded: { heading: t('records.title'), path: '/app/records?state=excluded' },
  product: { heading: /\w/, path: () => recordPage({ resource: 'product' }) },
  order: { heading: /\d/, path: () => recordPage({ resource: 'order' }) },
  customer: { heading: 'M••• S•••', path: () => recordPage({ resource: 'customer' }) },
  failed: { heading: 'Amostra', path: () => recordPage({ state: 'dead' }) },
  failures: { heading: t('failures.title'), path: '/app/failures' },
  events: { heading: t('activity.title'), path: '/app/activity' },
  deliveries: { heading: t('activity.title'), path: '/app/activity?show=attempts' },
  runs: { heading: t('activity.title'), path: '/app/activity?show=runs' },
  views: { heading: t('activity.title'), path: '/app/activity?show=views' },
  event: { heading: /\w/, path: eventPage },
  delivery: { heading: t('attempt.title'), path: deliveryPage },
  run: { heading: t('run.kind.backfill'), path: runPage },
  settings: { heading: t('settings.title'), path: '/app/settings' },
  connection: { heading: t('settings.connection.title'), path: '/app/settings/connection' },
  mirror: { heading: t('settings.mirror.title'), path: '/app/settings/mirror' },
  privacy: { heading: t('settings.privacy.title'), path: '/app/settings/privacy' },
  alerts: { heading: t('settings.alerts.title'), path: '/app/settings/alerts' },
}

const source = () => ({ account: desk.shopify.shop.domain })

/** Of a record in step, unless another state is asked for. */
async function recordPage(wanted: { resource?: string; state?: string }): Promise<string> {
  const where = { state: 'in_step', source: source(), ...wanted }
  return `/app/records/${(await prisma().syncRecord.findFirstOrThrow({ where })).id}`
}

async function eventPage(): Promise<string> {
  const where = { resource: 'product', source: source() }
  return `/app/activity/events/${(await prisma().webhookEvent.findFirstOrThrow({ where })).id}`
}

async function deliveryPage(): Promise<string> {
  const where = { outcome: 'unavailable' }
  return `/app/activity/attempts/${(await prisma().syncAttempt.findFirstOrThrow({ where })).id}`
}

async function runPage(): Promise<string> {
  const where = { kind: 'backfill', source: source() }
  return `/app/activity/runs/${(await prisma().syncRun.findFirstOrThrow({ where })).id}`
}

/** What English says and Portuguese does not: texts of three words or more, what is filled in standing for anything. */
const ENGLISH = [
  ...(Object.entries(en) as [WordKey, Message][]).flatMap(([key, message]) => {
    const said = textsOf(tongues.pt!.catalogue[key])
    return textsOf(message).filter((text) => !said.includes(text))
  }),
  ...Object.keys(tongues.pt!.told!.sentences),
]
  .filter((text) => (text.replaceAll(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? []).length >= 3)
  .map((text) => ({ text, pattern: patternOf(text) }))

function textsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : Object.values(message)
}

function patternOf(text: string): RegExp {
  const parts = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?<!\\p{L})${parts.join('[^\\n]+?')}(?!\\p{L})`, 'u')
}

/** All that a page says: what is seen, what is read out, and what comes up where a pointer rests. */
async function wordsOf(admin: Admin): Promise<string> {
  const said = await admin.app.evaluate(() => {
    const names = ['title', 'aria-label', 'placeholder', 'alt'].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name) ?? ''),
    )
    return [document.title, document.body.innerText, ...names].join('\n')
  })
  return said.replaceAll(/[^\S\n]+/g, ' ')
}

async function englishOn(admin: Admin): Promise<string[]> {
  const words = await wordsOf(admin)
  return ENGLISH.filter(({ pattern }) => pattern.test(words)).map(({ text }) => text)
}

describe('whoever has their admin in Portuguese', () => {
  it.each(Object.keys(PAGES))('reads %s in it and no English, on a desk and on a phone', async (name) => {
    const { heading, path } = PAGES[name]!
    const admin = await desk.open({ locale: 'pt-BR', path: typeof path === 'string' ? path : await path() })
    await admin.app.getByRole('heading', { level: 1, name: heading }).first().waitFor()
    expect(await admin.app.getAttribute('html', 'lang')).toBe('pt-BR')
    for (const width of WIDTHS) {
      await admin.page.setViewportSize({ width, height: 900 })
      expect(await englishOn(admin)).toEqual([])
      expect(await violations(admin.app)).toEqual([])
      expect(await overflow(admin.app)).toBe(0)
    }
    // Among them what React says where the server and the browser do not write the same.
    expect(admin.complaints).toEqual([])
    await admin.close()
  })

  it('would see what is not translated, as whoever reads English does', async () => {
    const admin = await desk.open({ path: '/app/records?state=excluded' })
    await admin.app.getByRole('heading', { level: 1, name: 'Records' }).waitFor()
    const found = await englishOn(admin)
    expect(found).toContain('Test orders are not mirrored.')
    expect(found).toContain(en['records.subtitle'])
    await admin.close()
  })

  it.each([
    ['/app/records?state=excluded', 'Pedidos de teste não são espelhados.'],
    ['/app/activity?show=runs', /1\.200 pedidos e 3 produtos comparados; 2 diferiam e foram corrigidos\./],
    ['/app/activity?show=attempts', 'O SaaS não respondeu a tempo.'],
  ])('reads on %s what a stage wrote down', async (path, words) => {
    const admin = await desk.open({ locale: 'pt-BR', path })
    await admin.app.getByRole('paragraph').filter({ hasText: words }).first().waitFor()
    await admin.close()
  })

  it('reads amounts and times as they are written there', async () => {
    const admin = await desk.open({ locale: 'pt-BR', path: await recordPage({ resource: 'order' }) })
    await admin.app.getByRole('button', { name: /campos são iguais|campo é igual/ }).click()
    const amount = admin.app.getByText(/^\D{1,3}\s[\d.]+,\d\d$/)
    await amount.first().waitFor()
    await admin.app
      .getByText(/^\d+ de \S+ de \d{4}.* \d\d:\d\d:\d\d \S+$/)
      .first()
      .waitFor()
    expect(await violations(admin.app)).toEqual([])
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
