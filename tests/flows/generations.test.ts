import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../../dev/run-app'
import { startSaas, type Saas } from '../../dev/saas'
import { until } from '../../dev/until'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { SAAS_KEY } from '../support/flow'
import { postWebhook, STORE } from '../support/webhook'

const PERSONAL = /Ada|Byron|ada@tea|\+49555|Rings twice|Teastreet/
const PERSON = { first_name: 'Ada', last_name: 'Byron', phone: '+49555123' }
const CUSTOMER = {
  id: 71,
  ...PERSON,
  email: 'ada@tea.example',
  note: 'Rings twice',
  default_address: { ...PERSON, address1: 'Teastreet 1', city: 'Kiel' },
  addresses: [{ ...PERSON, address1: 'Teastreet 1', city: 'Kiel', default: true }],
  updated_at: '2026-05-01T10:00:00Z',
}
const ORDER = {
  id: 81,
  name: '#81',
  currency: 'EUR',
  email: 'ada@tea.example',
  note: 'Rings twice',
  shipping_address: { ...PERSON, address1: 'Teastreet 1', country_code: 'DE' },
  customer: CUSTOMER,
  updated_at: '2026-05-01T10:00:00Z',
}

/** What an operator changes in the environment reaches every record, without any news of it. */
describe('a change of the environment', () => {
  let database: TestDatabase
  let saas: Saas
  let app: RunningApp
  let env: Record<string, string | undefined> = { SAAS_PII_POLICY: 'full' }

  beforeAll(async () => {
    ;[database, saas] = await Promise.all([createTestDatabase(), startSaas({ apiKey: SAAS_KEY })])
    app = await startApp({ databaseUrl: database.url, env })
    env = { ...env, PARITY_ENCRYPTION_KEY: app.env.PARITY_ENCRYPTION_KEY }
    await database.db.query(
      `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope) VALUES ($1, $2, '', false, 'shpat_test', '')`,
      [`offline_${STORE}`, STORE],
    )
    await post('customers/create', CUSTOMER)
    await post('orders/create', ORDER)
    await post('products/create', { id: 91, title: 'Cup', updated_at: '2026-05-01T10:00:00Z' })
    await post('products/create', { id: 92, title: 'Broken cup', updated_at: '2026-05-01T10:00:00Z' })
    await post('products/delete', { id: 92 })
    await settled(1)
  })
  afterAll(async () => {
    await app.stop()
    await Promise.all([saas.stop(), database.drop()])
  })

  const post = async (topic: string, body: object) =>
    expect((await postWebhook(app, { topic, body: JSON.stringify(body) })).status).toBe(200)
  /** Starts the app again, with other variables. */
  const restart = async (changed: Record<string, string>) => {
    await app.stop()
    env = { ...env, ...changed }
    app = await startApp({ databaseUrl: database.url, env, port: Number(app.env.PORT) })
  }
  const settled = (generation: number) =>
    until(`everything is delivered under generation ${generation}`, async () => {
      const rows = await database.db.prisma.syncRecord.findMany()
      const open = await database.db.prisma.syncRun.count({
        where: { kind: 're-evaluation', state: { in: ['waiting', 'running'] } },
      })
      const done = rows.filter(
        ({ state, deliveredGeneration }) =>
          (state === 'in_step' || state === 'deleted') && deliveredGeneration === generation,
      )
      return rows.length === 4 && done.length === 4 && open === 0
    })
  /** All that the built-in receiver holds, as text. */
  const mirror = async () => {
    const { prisma } = database.db
    const [customers, orders] = await Promise.all([
      prisma.mirrorCustomer.findMany(),
      prisma.mirrorOrder.findMany(),
    ])
    return [...customers, ...orders].map(({ body }) => body as Record<string, unknown>)
  }
  /** Every record that was sent to the SaaS, alone or in a batch. */
  const sentToSaas = () =>
    saas.requests
      .filter(({ records }) => records.length > 0)
      .flatMap(({ body }) => {
        const { events = [body] } = body as { events?: unknown[] }
        return events as { action: string; data: { external_id: string } }[]
      })
  const attemptsOf = (resource: string) =>
    database.db.prisma.syncAttempt.count({ where: { record: { resource } } })

  it('to a stricter policy leaves nothing personal in the mirror, and sends what holds nothing personal no more', async () => {
    expect(JSON.stringify(await mirror())).toMatch(PERSONAL)
    const products = await attemptsOf('product')

    await restart({ SAAS_PII_POLICY: 'none' })
    await settled(2)

    const held = await mirror()
    expect(JSON.stringify(held)).not.toMatch(PERSONAL)
    expect(held).toMatchObject([
      { pii: null, display_name: null, email_hash: expect.any(String) as string },
      { pii: null },
    ])
    expect(await attemptsOf('product')).toBe(products)
    expect(
      await database.db.prisma.syncRun.findMany({ where: { kind: 're-evaluation', resource: null } }),
    ).toMatchObject([{ state: 'finished', total: 4, done: 4, generation: 2 }])
  })

  it('to another address sends everything there, deletions too', async () => {
    await restart({ SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY })
    await settled(3)

    const sent = sentToSaas()
    expect(sent.map(({ action, data }) => `${action} ${data.external_id}`).sort()).toEqual([
      'created 71',
      'created 81',
      'created 91',
      'deleted 92',
    ])
    expect(JSON.stringify(sent)).not.toMatch(PERSONAL)
    expect(JSON.stringify(sent)).not.toMatch(/"pii"|display_name/)
  })

  it('that is none starts nothing', async () => {
    const calls = sentToSaas().length
    const runs = await database.db.prisma.syncRun.count()
    await restart({})
    await post('products/create', { id: 91, title: 'Cup, mended', updated_at: '2026-05-02T10:00:00Z' })
    await until('the change has arrived', () => sentToSaas().length > calls)
    expect(await database.db.prisma.syncRun.count()).toBe(runs)
    expect(sentToSaas()).toHaveLength(calls + 1)
  })
})
