import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  arrival,
  at,
  BUILT_IN,
  install,
  openStages,
  orderState,
  queuedJobs,
  recordId,
  type Stages,
} from '../../tests/support/stages'
import { type News } from '~/contracts/news'
import { type Intake } from '~/intake/intake.server'
import { recordInstallation } from './record-installation'
import { saasDefaults, type SaasDefaults } from './saas-defaults'

const SHOP = 'tea.myshopify.com'
const ENVIRONMENT: SaasDefaults = { ...BUILT_IN, kind: 'environment', address: 'https://saas.example' }

let stages: Stages
let intake: Intake

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())

beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent", "ComplianceRequest" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  intake = stages.intake()
  await install(stages.db, SHOP)
})

const say = (news: News, from = intake, store = SHOP) => from.accept(arrival(store, news))
const order = (second: number) => orderState('1', second)
const shop = () =>
  stages.db.prisma.shop.findUniqueOrThrow({ where: { domain: SHOP }, include: { saas: true, sources: true } })
const sessions = () => stages.db.prisma.session.count({ where: { shop: SHOP } })

describe('the first news of an installed shop', () => {
  it('sets the shop, its source and its connection up, and asks for its description', async () => {
    await say(order(1))
    const { id, saas, sources, ...row } = await shop()
    expect(row).toMatchObject({ currency: null, installedAt: null, uninstalledAt: null })
    expect(sources).toMatchObject([{ platform: 'shopify', account: SHOP, trust: 'signed' }])
    expect(saas).toMatchObject({
      kind: 'built_in',
      state: 'connected',
      generation: 1,
      piiPolicy: 'minimal',
      resources: ['product', 'category', 'customer', 'order'],
      includeTestOrders: false,
    })
    expect(stages.sealer.openText(saas!.sealedKey!, `saas-key:${id}`)).toMatch(`key-of-${SHOP}`)
    expect(await queuedJobs(stages.db)).toContainEqual({ name: 'describeShop', key: id })
  })

  it('does so once, also when two processes hear of it at once', async () => {
    await Promise.all([intake, stages.intake(), stages.intake()].map((one, index) => say(order(index), one)))
    expect((await shop()).saas?.generation).toBe(1)
    expect(await stages.db.prisma.shop.count()).toBe(1)
  })

  it('connects it to what the environment names, without storing the key', async () => {
    await say(order(1), stages.intake({ defaults: ENVIRONMENT }))
    expect((await shop()).saas).toMatchObject({
      kind: 'environment',
      address: 'https://saas.example',
      sealedKey: null,
    })
  })
})

describe('a changed environment', () => {
  it.each([
    ['address', { address: 'https://other.example' }],
    ['policy', { piiPolicy: 'full' }],
    ['kind', { kind: 'built_in', address: null }],
  ] as const)('of another %s is a new generation, once', async (_name, change) => {
    await say(order(1), stages.intake({ defaults: ENVIRONMENT }))
    const changed = [1, 2, 3].map(() => stages.intake({ defaults: { ...ENVIRONMENT, ...change } }))
    await Promise.all(changed.map((one, index) => say(order(2 + index), one)))
    await say(order(9), changed[0])
    expect((await shop()).saas).toMatchObject({ ...change, generation: 2 })
  })

  it('without a key stops sending, and needs no new look at what was sent', async () => {
    await say(order(1), stages.intake({ defaults: ENVIRONMENT }))
    const keyless = { state: 'not_connected', stateReason: 'The key is missing.' } as const
    await say(order(2), stages.intake({ defaults: { ...ENVIRONMENT, ...keyless } }))
    expect((await shop()).saas).toMatchObject({ ...keyless, generation: 1 })
    await say(order(3), stages.intake({ defaults: ENVIRONMENT }))
    expect((await shop()).saas).toMatchObject({ state: 'connected', stateReason: null, generation: 1 })
  })

  it('leaves alone what a merchant chose', async () => {
    await say(order(1))
    await stages.db.query(
      `UPDATE "SaasConnection" SET "kind" = 'merchant', "address" = 'https://mine.example'`,
    )
    await say(order(2), stages.intake({ defaults: ENVIRONMENT }))
    expect((await shop()).saas).toMatchObject({
      kind: 'merchant',
      address: 'https://mine.example',
      generation: 1,
    })
  })

  it('is read from the variables: an address without a key is not connected', () => {
    const common = { SAAS_DIALECT: 'unified', SAAS_PII_POLICY: 'minimal' } as const
    expect(saasDefaults(common)).toEqual(BUILT_IN)
    expect(saasDefaults({ ...common, SAAS_API_URL: 'https://saas.example', SAAS_API_KEY: 'k' })).toEqual(
      ENVIRONMENT,
    )
    expect(saasDefaults({ ...common, SAAS_API_URL: 'https://saas.example' })).toMatchObject({
      kind: 'environment',
      state: 'not_connected',
      stateReason: 'The address of the SaaS is set, and its API key is not.',
    })
  })
})

describe('an uninstallation', () => {
  const uninstalled = (second: number): News => ({ kind: 'uninstalled', triggeredAt: at(second) })

  it('ends the sessions, forgets settings and key, and keeps the records', async () => {
    await say(order(1))
    await stages.db.query(
      `UPDATE "SaasConnection" SET "includeTestOrders" = true, "resources" = '{order}', "kind" = 'merchant'`,
    )
    expect(await say(uninstalled(50))).toMatchObject({ outcome: 'handled' })

    expect(await sessions()).toBe(0)
    const { saas, ...row } = await shop()
    expect(row).toMatchObject({ uninstalledAt: stages.clock.now, installedAt: null })
    expect(saas).toMatchObject({
      kind: 'built_in',
      address: null,
      sealedKey: null,
      state: 'not_connected',
      resources: ['product', 'category', 'customer', 'order'],
      includeTestOrders: false,
    })
    expect(await stages.db.prisma.syncRecord.count()).toBe(1)
    expect(await say(order(60))).toMatchObject({ outcome: 'not_installed' })
  })

  it('from before the present installation is stale and changes nothing', async () => {
    await say(order(1))
    await recordInstallation(stages.db, SHOP, stages.clock.now)
    expect(await say(uninstalled(50))).toMatchObject({ outcome: 'outdated' })
    expect(await sessions()).toBe(1)
    expect(await shop()).toMatchObject({ uninstalledAt: null })
  })

  it('after the present installation ends it', async () => {
    await say(order(1))
    await recordInstallation(stages.db, SHOP, new Date(Date.UTC(2026, 10, 21)))
    await say(uninstalled(50))
    expect(await sessions()).toBe(0)
  })

  it('of a shop that was never installed is noted as such', async () => {
    expect(await say(uninstalled(1), intake, 'never.myshopify.com')).toMatchObject({
      outcome: 'not_installed',
    })
    expect(await stages.db.prisma.shop.count()).toBe(0)
  })

  it('that comes once more, late and after a reinstallation, ends nothing', async () => {
    await say(order(1))
    await say(uninstalled(50))
    await install(stages.db, SHOP)
    expect(await say(uninstalled(50))).toMatchObject({ outcome: 'outdated' })
    expect(await sessions()).toBe(1)
    expect(await say(order(60))).toMatchObject({ outcome: 'changed' })
  })

  it('followed by a reinstallation starts clean, with the same records and a new generation', async () => {
    await say(order(1))
    const id = await recordId(stages.db, SHOP, 'order', '1')
    await say(uninstalled(50))
    await install(stages.db, SHOP)
    await say(order(60))

    const { saas, uninstalledAt } = await shop()
    expect(uninstalledAt).toBeNull()
    expect(saas).toMatchObject({ state: 'connected', stateReason: null, generation: 3 })
    expect(saas!.sealedKey).not.toBeNull()
    expect(await stages.db.prisma.syncRecord.findMany()).toMatchObject([{ id, desiredUpdatedAt: at(60) }])
  })
})

describe('what the law asks', () => {
  const request: News = {
    kind: 'compliance',
    request: 'customers/redact',
    customerExternalId: '7',
    orderExternalIds: ['1', '2'],
  }

  it.each([SHOP, 'never.myshopify.com'])('is noted for %s, with thirty days to do it', async (store) => {
    expect(await say(request, intake, store)).toMatchObject({ outcome: 'handled' })
    const due = new Date(stages.clock.now.getTime() + 30 * 86_400_000)
    expect(await stages.db.prisma.complianceRequest.findMany()).toMatchObject([
      {
        store,
        kind: 'customers/redact',
        customerExternalId: '7',
        orderExternalIds: ['1', '2'],
        state: 'open',
        dueAt: due,
      },
    ])
  })

  it('is noted once however often it is delivered', async () => {
    const delivery = arrival('never.myshopify.com', request)
    await intake.accept(delivery)
    await intake.accept(delivery)
    expect(await stages.db.prisma.complianceRequest.count()).toBe(1)
  })
})

describe('what a shop says of itself', () => {
  it('is kept, and what it does not say stays', async () => {
    await say({ kind: 'shop', name: 'Tea', currency: 'EUR', timeZone: 'Europe/Berlin' })
    await say({ kind: 'shop', name: 'Tea & Co' })
    expect(await shop()).toMatchObject({ name: 'Tea & Co', currency: 'EUR', timeZone: 'Europe/Berlin' })
  })

  it('has every product looked at again when its currency is another, and only then', async () => {
    const runs = () => stages.db.prisma.syncRun.findMany({ where: { kind: 're-evaluation' } })
    await say({ kind: 'shop', name: 'Tea' })
    expect(await runs()).toEqual([])
    await say({ kind: 'shop', currency: 'JPY' })
    expect(await runs()).toMatchObject([{ kind: 're-evaluation', resource: 'product', state: 'waiting' }])
    expect(await queuedJobs(stages.db)).toContainEqual({ name: 'reevaluate', key: (await runs())[0]!.id })
    await say({ kind: 'shop', currency: 'JPY' })
    expect(await runs()).toHaveLength(1)
  })

  it('may be that its scopes changed', async () => {
    await say({ kind: 'scopes', scopes: ['read_products', 'read_orders'] })
    expect(await stages.db.prisma.session.findFirst()).toMatchObject({ scope: 'read_products,read_orders' })
  })

  it('may be that a bulk operation ended: the run that waits for it is told once', async () => {
    await say(order(1))
    const sourceConnectionId = (await shop()).sources[0]!.id
    await stages.db.prisma.syncRun.deleteMany()
    const later = new Date(stages.clock.now.getTime() + 60_000)
    const run = {
      id: crypto.randomUUID(),
      sourceConnectionId,
      kind: 'backfill',
      state: 'running',
      startedAt: stages.clock.now,
    }
    await stages.db.prisma.syncRun.create({ data: run })
    const slice = { ordinal: 0, resource: 'product', state: 'exporting', dueAt: later }
    await stages.db.prisma.syncSlice.create({
      data: {
        ...slice,
        id: crypto.randomUUID(),
        runId: run.id,
        sourceConnectionId,
        exportId: 'gid://shopify/BulkOperation/1',
      },
    })
    const finished = (bulkOperationId: string): News => ({ kind: 'run_finished', bulkOperationId })

    await say(finished('gid://shopify/BulkOperation/2'))
    expect(await stages.db.prisma.syncSlice.findFirst()).toMatchObject({ dueAt: later })
    const told = stages.clock.now
    await say(finished('gid://shopify/BulkOperation/1'))
    stages.clock.tick(1000)
    await say(finished('gid://shopify/BulkOperation/1'))
    expect(await stages.db.prisma.syncSlice.findFirst()).toMatchObject({ dueAt: told })
  })
})
