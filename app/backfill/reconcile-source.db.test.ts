import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ShopRows } from '../../tests/support/rows'
import { scriptRuns } from '../../tests/support/runs'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { type ScriptedStore } from '../../tests/support/store'
import { ParityError } from '~/lib/errors'
import { toSortable } from '~/lib/time'
import { noteReach } from '~/shops/note-reach'
import { askSource } from './ask-source'
import { findSourcesToReconcile } from './find-sources-to-reconcile'
import { reconcileSource } from './reconcile-source'
import { type RunPorts } from './run-ports'
import { workRun } from './work-run'

const MINUTE_MS = 60_000
const going = new AbortController().signal

let stages: Stages
let shop: ShopRows
let store: ScriptedStore
let ports: RunPorts

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  stages.clock.now = new Date('2026-11-21T12:00:00.000Z')
  ;({ shop, store, ports } = await scriptRuns(stages))
  await install(stages.db, shop.domain)
})

/** So many minutes before noon. */
const before = (minutes: number) =>
  toSortable(new Date(Date.parse('2026-11-21T12:00:00Z') - minutes * MINUTE_MS).toISOString())
const order = (externalId: string, minutes: number) =>
  store.put({ resource: 'order', externalId, updatedAt: before(minutes) })
const hear = (externalId: string, minutes: number) =>
  stages.intake().accept(
    arrival(shop.domain, {
      ...orderState(externalId, 0),
      version: { updatedAt: before(minutes), triggeredAt: before(minutes) },
    }),
  )
const reconcile = () => reconcileSource(shop.source.id, ports, going)
const ofOrders = async () => (await reconcile()).find(({ resource }) => resource === 'order')
const questions = async () =>
  (await stages.db.prisma.question.findMany({ orderBy: { externalId: 'asc' } })).map(
    ({ externalId }) => externalId,
  )
const reach = () => stages.db.prisma.sourceReach.findFirstOrThrow({ where: { resource: 'order' } })
const runs = () => stages.db.prisma.syncRun.findMany()

describe('the light reconciliation', () => {
  it('asks for what no webhook has told of, and says so', async () => {
    order('1', 5)
    order('2', 6)
    order('3', 7)
    await hear('1', 5)
    await hear('2', 20)
    expect(await ofOrders()).toMatchObject({ resource: 'order', compared: 3, missed: 2 })
    expect(await questions()).toEqual(['2', '3'])
    expect(await runs()).toMatchObject([
      {
        kind: 'reconciliation',
        state: 'finished',
        done: 3,
        changed: 2,
        missed: { 'orders/create': 1, 'orders/updated': 1 },
        detail:
          'Compared 3 records that had changed lately. No webhook had told of these: orders/create 1, orders/updated 1. The store is asked for them.',
      },
    ])
  })

  it('finds changes that are late since they happened, also after the store has told of them', async () => {
    order('1', 40)
    await hear('1', 50)
    await stages.db.query(
      `UPDATE "SyncRecord" SET "state" = 'in_step', "waitingSince" = NULL, "changedAt" = NULL`,
    )
    order('1', 6)
    order('2', 7)
    await reconcile()
    const changedAt = async (externalId: string) =>
      (await stages.db.prisma.syncRecord.findFirstOrThrow({ where: { externalId } })).changedAt
    expect(await changedAt('1')).toEqual(new Date(before(6)))
    stages.clock.tick(10_000)
    await askSource(shop.source.id, ports, going)
    expect(await questions()).toEqual([])
    expect(await changedAt('1')).toEqual(new Date(before(6)))
    expect(await changedAt('2')).toEqual(new Date(before(7)))
  })

  it('leaves no run where it found nothing, only the time of its look', async () => {
    order('1', 5)
    await hear('1', 5)
    await reconcile()
    expect(await runs()).toEqual([])
    expect(await reach()).toMatchObject({ lookedAt: stages.clock.now, lookedUntil: before(2) })
  })

  it('leaves to its webhook what changed just now, and looks again the next time', async () => {
    order('1', 1)
    expect(await ofOrders()).toMatchObject({ compared: 0 })
    stages.clock.tick(15 * MINUTE_MS)
    expect(await ofOrders()).toMatchObject({ compared: 1, missed: 1 })
  })

  it('goes back half an hour before the last look, and no further', async () => {
    order('1', 5)
    await hear('1', 5)
    await reconcile()
    stages.clock.tick(60 * MINUTE_MS)
    order('2', -50)
    order('3', 31)
    order('4', 33)
    expect(await ofOrders()).toMatchObject({ resource: 'order', compared: 3, missed: 2 })
    expect(await questions()).toEqual(['2', '3'])
  })

  it('makes up for the whole of a long stop', async () => {
    order('1', 5)
    await hear('1', 5)
    await reconcile()
    stages.clock.tick(48 * 60 * MINUTE_MS)
    for (let n = 2; n < 30; n++) order(String(n), -n * 60)
    expect(await ofOrders()).toMatchObject({ missed: 28 })
  })

  it('asks the store no further back than it looks', async () => {
    for (let n = 0; n < 20; n++) order(String(n), 10 + n * 10)
    let pages = 0
    const { changes } = store
    store.changes = async function* (resource) {
      for await (const page of changes(resource)) {
        pages++
        yield page
      }
    }
    await reconcile()
    expect(pages).toBe(2)
  })

  it('leaves out what is not selected, and what cannot be read', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "resources" = '{order,customer}'`)
    store.reaches.customer.reach = { kind: 'none', words: 'No right.' }
    expect((await reconcile()).map(({ resource }) => resource)).toEqual(['order'])
  })

  it('begins its next look where the last one that ended well did', async () => {
    order('1', 5)
    store.before = (question) => {
      if (question === 'changes order')
        throw new ParityError('SHOPIFY_UNREACHABLE', { message: '', userMessage: '' })
    }
    await expect(reconcile()).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
    expect(await reach()).toMatchObject({ lookedAt: null, lookedUntil: null })
    store.before = () => undefined
    expect(await ofOrders()).toMatchObject({ missed: 1 })
  })
})

describe('a look at more changes than it can go through', () => {
  /** A look takes so long that it does not come to its end. */
  const goSlowly = () => {
    const { changes } = store
    store.changes = async function* (resource) {
      for await (const page of changes(resource)) {
        if (resource === 'order') stages.clock.tick(2 * MINUTE_MS)
        yield page
      }
    }
    return () => (store.changes = changes)
  }
  const readings = () =>
    stages.db.prisma.syncRun.findMany({ where: { kind: 'backfill' }, include: { slices: true } })
  async function workToEnd(runId: string) {
    for (let turn = 0; turn < 20; turn++) {
      await workRun(runId, ports, going)
      stages.clock.tick(MINUTE_MS)
    }
  }
  const untilNextLook = () => stages.clock.tick(15 * MINUTE_MS)

  beforeEach(async () => {
    await reconcile()
    stages.clock.tick(10 * 60 * MINUTE_MS)
    for (let n = 1; n <= 20; n++) order(String(n), -n * 20)
  })

  it('leaves them to a run, which goes on where it was however long it takes; the next look begins at what it has read', async () => {
    const goQuickly = goSlowly()
    expect(await ofOrders()).toMatchObject({ compared: 4, missed: 4 })
    const [run, ...others] = await readings()
    expect(others).toEqual([])
    expect(run).toMatchObject({
      state: 'waiting',
      detail: 'More had changed than a look at the last changes can go through.',
    })
    expect(run!.slices.map(({ updatedFrom }) => toSortable(updatedFrom!.toISOString()))).toEqual([
      before(32),
      before(32),
    ])
    expect(await reach()).toMatchObject({ lookedUntil: before(2) })

    await workToEnd(run!.id)
    const { takenAt } = (await readings())[0]!.slices[0]!
    expect(await reach()).toMatchObject({ lookedUntil: takenAt })
    expect(await stages.db.prisma.syncRecord.count({ where: { desiredAction: { not: null } } })).toBe(20)
    goQuickly()
    untilNextLook()
    order('21', -10 * 60 - 30)
    expect(await ofOrders()).toMatchObject({ compared: 1, missed: 1 })
  })

  it('is made once: while the run reads them, nobody looks', async () => {
    goSlowly()
    await reconcile()
    untilNextLook()
    expect(await ofOrders()).toMatchObject({ compared: 0 })
    expect(await reach()).toMatchObject({ lookedAt: stages.clock.now, lookedUntil: before(2) })
    expect((await readings())[0]!.slices).toHaveLength(2)
  })

  it('is made again when the run could not read them', async () => {
    const goQuickly = goSlowly()
    await reconcile()
    goQuickly()
    await stages.db.query(`UPDATE "SyncSlice" SET "state" = 'failed', "endedAt" = now()`)
    untilNextLook()
    expect(await ofOrders()).toMatchObject({ compared: 20, missed: 20 })
  })
})

describe('what a lagging replica told too early', () => {
  it('is asked for again, though that answer came after the change', async () => {
    order('1', 5)
    await stages.intake().accept(
      arrival(shop.domain, {
        ...orderState('1', 0),
        version: { updatedAt: before(30), triggeredAt: before(3) },
      }),
    )
    expect(await ofOrders()).toMatchObject({ missed: 1 })
    expect(await questions()).toEqual(['1'])
  })
})

describe('a store that has fallen silent', () => {
  it('is named with the time since which it is', async () => {
    stages.clock.tick(-60 * MINUTE_MS)
    await hear('1', 61)
    stages.clock.tick(60 * MINUTE_MS)
    order('1', 5)
    expect(await ofOrders()).toMatchObject({ silence: { since: new Date('2026-11-21T11:00:00Z') } })
    expect((await runs())[0]!.detail).toMatch(/Shopify sent nothing of orders since 2026-11-21 11:00 UTC\.$/)
  })

  it('is not one that has sent another change since the lost one', async () => {
    order('1', 5)
    await hear('2', 1)
    expect(await ofOrders()).toMatchObject({ missed: 1, silence: null })
  })

  it('is one of which nothing was ever heard', async () => {
    order('1', 5)
    await reconcile()
    expect((await runs())[0]!.detail).toMatch(/Shopify sent nothing of orders for a day\.$/)
  })
})

describe('a look after nobody was there', () => {
  const look = (span?: { since: Date; until: Date }) => reconcileSource(shop.source.id, ports, going, span)

  it('goes over all of that time, though an earlier look was later, and up to its very end', async () => {
    order('1', 5)
    await hear('1', 5)
    await reconcile()
    order('2', 45)
    order('3', 1)
    const found = async (span?: { since: Date; until: Date }) =>
      (await look(span)).find(({ resource }) => resource === 'order')?.missed
    expect(await found()).toBe(0)
    const since = new Date(stages.clock.now.getTime() - 50 * MINUTE_MS)
    expect(await found({ since, until: stages.clock.now })).toBe(2)
  })
})

describe('a source is looked at', () => {
  const find = () => findSourcesToReconcile(stages.db, stages.clock.now)

  it('every quarter of an hour, once it is known how far it can be read', async () => {
    expect(await find()).toEqual([])
    await reconcile()
    expect(await find()).toEqual([])
    stages.clock.tick(15 * MINUTE_MS - 1)
    expect(await find()).toEqual([])
    stages.clock.tick(1)
    expect(await find()).toEqual([shop.source.id])
  })

  it('not for the first time while it is still being read', async () => {
    const { id: sourceConnectionId } = shop.source
    await stages.db.transaction((tx) => noteReach(tx, sourceConnectionId, store.reaches, stages.clock.now))
    const open = { id: crypto.randomUUID(), sourceConnectionId, kind: 'backfill', state: 'running' }
    await stages.db.prisma.syncRun.create({ data: { ...open, startedAt: stages.clock.now } })
    expect(await find()).toEqual([])
    await stages.db.query(`UPDATE "SyncRun" SET "state" = 'finished'`)
    expect(await find()).toEqual([sourceConnectionId])
  })

  it('not when the app is uninstalled', async () => {
    await reconcile()
    stages.clock.tick(60 * MINUTE_MS)
    await stages.db.query(`UPDATE "Shop" SET "uninstalledAt" = now()`)
    expect(await find()).toEqual([])
  })

  it('not for a resource that cannot be read', async () => {
    for (const each of Object.values(store.reaches)) each.reach = { kind: 'none', words: 'No right.' }
    await reconcile()
    stages.clock.tick(60 * MINUTE_MS)
    expect(await find()).toEqual([])
  })
})
