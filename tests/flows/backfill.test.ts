import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareMirror } from '../../dev/compare-mirror'
import { expectedRecords } from '../../dev/expected-record'
import { startApp } from '../../dev/run-app'
import { startShopify, type ShopifyStandIn } from '../../dev/shopify'
import { until } from '../../dev/until'
import { openQueue } from '~/jobs/queue.server'
import { createLogger } from '~/logger.server'
import { type BackfillWish, startBackfill } from '~/shops/start-backfill'
import { type Flow, startFlow } from '../support/flow'
import { STORE } from '../support/webhook'

const PATIENCE_MS = 90_000

let shopify: ShopifyStandIn
let flow: Flow

beforeAll(async () => {
  shopify = await startShopify({
    shops: [STORE],
    stock: { products: 220, collections: 6, customers: 150, orders: 320, orderDays: 200 },
    pointsPerSecond: 2_000,
  })
  flow = await startFlow(APP)
})
afterAll(async () => {
  await flow.stop()
  await shopify.stop()
})

const APP = {
  get env() {
    return { PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin }
  },
  nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
}
const db = () => flow.database.db
const runs = () =>
  db().prisma.syncRun.findMany({
    where: { kind: { in: ['backfill', 'deep-reconciliation'] } },
    include: { slices: { orderBy: { ordinal: 'asc' } } },
    orderBy: { startedAt: 'asc' },
  })
const ended = async (id: string) =>
  until(
    'the run has ended',
    async () => {
      const run = (await runs()).find((one) => one.id === id)
      return run && run.endedAt !== null && run
    },
    PATIENCE_MS,
  )

/** Every difference between the store and what the SaaS holds. */
function differences(): string[] {
  const { shop } = shopify
  const expected = expectedRecords(shop.snapshot(), shop.state.locationId).filter(
    ({ data }) => data.test !== true,
  )
  return compareMirror(expected, flow.saas.mirror({ withDeleted: true })).differences
}

const inStep = async () => {
  await until('the SaaS has all of the store', () => differences().length === 0, PATIENCE_MS).catch(
    () => undefined,
  )
  expect(differences().slice(0, 10)).toEqual([])
}

async function start(wish: Partial<BackfillWish> = {}): Promise<string> {
  const queue = await openQueue({
    connectionString: flow.database.url,
    logger: createLogger('silent'),
    worker: false,
  })
  const { id, shopId } = await db().prisma.sourceConnection.findFirstOrThrow()
  const whole: BackfillWish = {
    kind: 'deep-reconciliation',
    resources: null,
    since: null,
    reason: 'A test.',
    ...wish,
  }
  const runId = await db().transaction((tx) =>
    startBackfill(tx, { shopId, sourceConnectionId: id }, whole, { queue, now: new Date() }),
  )
  await queue.stop()
  return runId
}

/** The app dies where it is, and another process begins. */
async function dieAndReturn(): Promise<void> {
  await flow.app.kill()
  flow.app = await startApp({
    databaseUrl: flow.database.url,
    nodeArguments: APP.nodeArguments,
    port: Number(new URL(flow.app.url).port),
    env: flow.app.env,
  })
}

describe('a store that was there before the app', { timeout: 4 * PATIENCE_MS }, () => {
  it('is brought in when the app is installed, through a death, with webhooks going on', async () => {
    const { url, env } = flow.app
    shopify.connectApp({ url, apiKey: env.SHOPIFY_API_KEY!, apiSecret: env.SHOPIFY_API_SECRET! })
    shopify.shop.grantScopes('read_all_orders')
    const token = shopify.shop.tokens.issue(false).access_token
    await db().query(`UPDATE "Session" SET "accessToken" = $1, "scope" = $2`, [
      token,
      shopify.shop.scopes.join(),
    ])
    const [first, second] = shopify.shop.products.list()
    shopify.shop.products.update(first!.id, { title: 'The first of all' })
    const run = await until('it is being read', async () => (await runs())[0])
    expect(run).toMatchObject({ kind: 'backfill', detail: 'The app was installed.' })
    await until(
      'a part of it has been read',
      async () => ((await runs())[0]?.done ?? 0) >= 150 || (await runs())[0]?.endedAt,
      PATIENCE_MS,
    )
    await dieAndReturn()
    shopify.shop.products.update(second!.id, { title: 'Changed while it was read' })
    const done = await ended(run.id)
    expect(done).toMatchObject({ state: 'finished' })
    for (const slice of done.slices) {
      expect(slice).toMatchObject({ state: 'finished', faulty: 0, readRecords: slice.records })
    }
    await inStep()
  })

  it('and of which webhooks are lost is in step after it was compared wholly', async () => {
    const { shop } = shopify
    const [order, ...orders] = shop.orders.list()
    const bought = new Set(orders.flatMap(({ lineItems }) => lineItems.map(({ productId }) => productId)))
    // An order forgets which product it was of when that is deleted, and no webhook says so.
    const [gone, changed] = shop.products.list().filter(({ id }) => !bought.has(id))
    shop.silently(() => shop.products.delete(gone!.id))
    shop.silently(() => shop.products.update(changed!.id, { title: 'Nobody said so' }))
    shop.silently(() => shop.orders.delete(order!.id))
    expect(differences()).not.toEqual([])
    const done = await ended(await start())
    expect(done).toMatchObject({ state: 'finished', gone: 2 })
    expect(done.detail).toMatch(/2 had gone from the store and were deleted\./)
    await inStep()
  })

  it('deletes nothing at the SaaS when a scope is revoked, and when the window of orders shrinks', async () => {
    const { shop } = shopify
    shop.revokeScopes('read_customers', 'read_all_orders')
    const done = await ended(await start())
    expect(done).toMatchObject({ state: 'finished', gone: 0 })
    expect(done.detail).toMatch('Customers were left out')
    expect(done.detail).toMatch('Older orders were left out')
    shop.grantScopes('read_customers', 'read_all_orders')
    const again = await until('what it may read again is being read', async () =>
      (await runs()).find(({ detail }) => detail?.startsWith('Parity may read more')),
    )
    expect(await ended(again.id)).toMatchObject({ state: 'finished' })
    await inStep()
  })

  it('is not called complete when lines are missing', async () => {
    shopify.shop.misbehaveBulk({ kind: 'lacking', what: 'roots', count: 2, root: 'products' })
    const runId = await start({ kind: 'backfill', resources: ['product'] })
    const [slice] = await until('the try has failed', async () => {
      const slices = (await runs()).find(({ id }) => id === runId)!.slices
      return slices[0]!.tries > 0 && slices
    })
    expect(slice).toMatchObject({ state: 'waiting', code: 'EXPORT_INCOMPLETE' })
    expect(slice!.detail).toMatch(/The store says that it wrote \d+ records, and \d+ were read\./)
    shopify.shop.behave()
    // Sooner than it would be tried by itself.
    await db().query(`UPDATE "SyncSlice" SET "dueAt" = now() WHERE "runId" = $1`, [runId])
    expect(await ended(runId)).toMatchObject({ state: 'finished' })
  })
})
