import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  arrival,
  BUILT_IN,
  install,
  openStages,
  orderState,
  queuedJobs,
  type Stages,
} from '../../tests/support/stages'
import { type ParityError } from '~/lib/errors'
import { changeConnection, type ConnectionChange } from './change-connection'
import { cancelRun } from './cancel-run'
import { repeatRun } from './repeat-run'
import { type BackfillWish, startBackfill } from './start-backfill'
import { startReading } from './start-reading'
import { uninstallShop } from './uninstall-shop'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let source: { shopId: string; sourceConnectionId: string }

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  await install(stages.db, SHOP)
  await say()
  const { id, shopId } = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  source = { shopId, sourceConnectionId: id }
})

const say = (defaults = BUILT_IN) => stages.intake({ defaults }).accept(arrival(SHOP, orderState('1', 1)))
const options = () => ({ queue: stages.queue, now: stages.clock.now })
const readings = () =>
  stages.db.prisma.syncRun.findMany({
    where: { kind: { not: 're-evaluation' } },
    include: { slices: { orderBy: { ordinal: 'asc' } } },
    orderBy: { id: 'asc' },
  })
const wish: BackfillWish = { kind: 'backfill', resources: null, since: null, reason: 'A test asked.' }
const start = (more: Partial<BackfillWish> = {}, of = source) =>
  stages.db.transaction((tx) => startBackfill(tx, of, { ...wish, ...more }, options()))
const change = (changed: ConnectionChange) =>
  stages.db.transaction((tx) => changeConnection(tx, source.shopId, changed, options()))
const endAll = () => stages.db.query(`UPDATE "SyncRun" SET "state" = 'finished', "endedAt" = now()`)
const resourcesOf = ({ slices }: { slices: { resource: string }[] }) => slices.map(({ resource }) => resource)

describe('a store is read', () => {
  it('when its app is installed', async () => {
    const [run, ...others] = await readings()
    expect(others).toEqual([])
    expect(run).toMatchObject({ kind: 'backfill', state: 'waiting', detail: 'The app was installed.' })
    expect(resourcesOf(run!)).toEqual(['category', 'product', 'customer', 'order', 'order'])
    expect(await queuedJobs(stages.db)).toContainEqual({ name: 'workRun', key: run!.id })
  })

  it('once, when many hear of it', async () => {
    await Promise.all([say(), say(), say()])
    expect(await readings()).toHaveLength(1)
  })

  it('when it is installed again, with a look for what was deleted meanwhile', async () => {
    await stages.db.transaction((tx) => uninstallShop(tx, SHOP, '', stages.clock.now))
    expect(await readings()).toMatchObject([{ state: 'cancelled' }])
    await install(stages.db, SHOP)
    await say()
    expect(await readings()).toMatchObject([
      { state: 'cancelled' },
      { kind: 'deep-reconciliation', state: 'waiting', detail: 'The app was installed again.' },
    ])
  })

  it('of a resource that is selected again', async () => {
    await change({ resources: ['order'] })
    await endAll()
    await change({ resources: ['order', 'customer'] })
    const run = (await readings()).at(-1)!
    expect(run).toMatchObject({ kind: 'backfill', detail: 'More of the store is mirrored than before.' })
    expect(resourcesOf(run)).toEqual(['customer'])
  })

  it('where a looser policy lets more of it in', async () => {
    await endAll()
    await change({ piiPolicy: 'full' })
    expect(resourcesOf((await readings()).at(-1)!)).toEqual(['customer', 'order', 'order'])
  })

  it('not where a stricter one lets less of it in', async () => {
    await change({ piiPolicy: 'none' })
    expect(await readings()).toHaveLength(1)
  })

  it('besides what is being read already, by the same run', async () => {
    await change({ piiPolicy: 'full' })
    const [run, ...others] = await readings()
    expect(others).toEqual([])
    expect(resourcesOf(run!).slice(5)).toEqual(['customer', 'order', 'order'])
    expect(run!.slices.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('besides, and what a person has confirmed is asked again only where that is read whole', async () => {
    const confirmed = { cursor: 'product/7', confirmedAt: stages.clock.now }
    await stages.db.prisma.syncRun.updateMany({ where: { kind: 'backfill' }, data: confirmed })
    const order = { kind: 'backfill', resources: ['product'], reason: 'More.' } as const
    const readMore = (since: Date | null) =>
      stages.db.transaction((tx) =>
        startReading(tx, source.sourceConnectionId, { ...order, since }, options()),
      )
    await readMore(new Date(0))
    expect(await readings()).toMatchObject([confirmed])
    await readMore(null)
    expect(await readings()).toMatchObject([{ cursor: null, confirmedAt: null }])
  })
})

describe('a backfill that is asked for', () => {
  beforeEach(endAll)

  it('reads what was asked for, since then', async () => {
    const since = new Date('2026-11-01T00:00:00Z')
    const id = await start({ resources: ['product'], since })
    const run = (await readings()).at(-1)!
    expect(run).toMatchObject({ id, resource: 'product', state: 'waiting' })
    expect(run.slices).toMatchObject([{ resource: 'product', updatedFrom: since, createdFrom: null }])
  })

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'a date in the future',
      'SINCE_TO_COME',
      () => start({ since: new Date(stages.clock.now.getTime() + 1) }),
    ],
    ['a resource that does not exist', 'RESOURCE_UNKNOWN', () => start({ resources: ['dragon'] })],
    [
      'a resource that no store can be asked for',
      'RESOURCE_UNKNOWN',
      () => start({ resources: ['message'] }),
    ],
    [
      'a resource that is not selected',
      'RESOURCE_NOT_SELECTED',
      async () => {
        await stages.db.query(`UPDATE "SaasConnection" SET "resources" = '{order}'`)
        return start({ resources: ['product'] })
      },
    ],
    [
      'a resource that is out of reach',
      'RESOURCE_OUT_OF_REACH',
      async () => {
        await stages.db.query(
          `INSERT INTO "SourceReach" ("sourceConnectionId", "resource", "reach", "deniedFields") VALUES ($1, 'customer', 'none', '{}')`,
          [source.sourceConnectionId],
        )
        return start({ resources: ['customer'] })
      },
    ],
    [
      'a second one while one runs',
      'RUN_UNDER_WAY',
      async () => {
        await start()
        return start({ resources: ['product'] })
      },
    ],
    [
      'one while its store is being compared',
      'RUN_UNDER_WAY',
      async () => {
        await start({ kind: 'deep-reconciliation' })
        return start()
      },
    ],
    [
      'a shop that is not installed',
      'SHOP_NOT_INSTALLED',
      async () => {
        await stages.db.transaction((tx) => uninstallShop(tx, SHOP, '', stages.clock.now))
        return start()
      },
    ],
    [
      "another shop's store",
      'SOURCE_MISSING',
      () => start({}, { ...source, shopId: '00000000-0000-7000-8000-000000000000' }),
    ],
  ])('is refused: %s', async (_name, code, attempt) => {
    const refused = await attempt().catch((error: unknown) => error)
    expect(refused).toMatchObject({ code })
    expect((refused as ParityError).userMessage).toMatch(/^[A-Z].+\.$/)
    const open = (await readings()).filter(({ endedAt }) => endedAt === null)
    expect(open.length).toBeLessThanOrEqual(1)
  })

  it('is begun once of two that are asked for at the same time', async () => {
    const both = await Promise.allSettled([start(), start()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await readings()).toHaveLength(2)
  })
})

describe('a run that is over', () => {
  it('is started again for what of it was not read', async () => {
    const [first] = await readings()
    const run = { shopId: source.shopId, runId: first!.id }
    await stages.db.query(
      `UPDATE "SyncSlice" SET "state" = CASE WHEN "resource" = 'order' THEN 'failed' ELSE 'finished' END, "endedAt" = now()`,
    )
    await stages.db.query(`UPDATE "SyncRun" SET "state" = 'failed', "endedAt" = now()`)
    await stages.db.transaction((tx) => repeatRun(tx, run, options()))
    const again = (await readings()).at(-1)!
    expect(again).toMatchObject({ state: 'waiting', detail: 'A person started it again.' })
    expect(resourcesOf(again)).toEqual(['order', 'order'])
  })

  it('is started again wholly when it was read, and since the same time', async () => {
    await endAll()
    const since = new Date('2026-11-01T00:00:00Z')
    const runId = await start({ resources: ['category', 'product'], since })
    await stages.db.query(`UPDATE "SyncSlice" SET "state" = 'finished', "endedAt" = now()`)
    await endAll()
    await stages.db.transaction((tx) => repeatRun(tx, { shopId: source.shopId, runId }, options()))
    expect((await readings()).at(-1)!.slices).toMatchObject([
      { resource: 'category', updatedFrom: since },
      { resource: 'product', updatedFrom: since },
    ])
  })

  it('cannot be cancelled', async () => {
    const [run] = await readings()
    await endAll()
    const cancelling = stages.db.transaction((tx) =>
      cancelRun(tx, { shopId: source.shopId, runId: run!.id }, options()),
    )
    await expect(cancelling).rejects.toMatchObject({ code: 'RUN_ENDED' })
  })
})
