import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDelivery, SHOP, type Delivery } from '../../tests/support/delivery'
import { answers, takes } from '../../tests/support/saas'
import { arrival, BUILT_IN, gone, orderState } from '../../tests/support/stages'
import { MAX_ATTEMPTS } from '~/lib/backoff'
import { countRecords } from '~/records/count-records'
import { leftThere } from '~/records/left-there'
import { reevaluate } from '~/records/reevaluate'
import { DIALECTS } from '~/saas/dialects'
import { cancelRemoval } from '~/shops/cancel-removal'
import { changeConnection, type ConnectionChange } from '~/shops/change-connection'
import { readSource } from '~/shops/read-source'
import { startRemoval } from '~/shops/start-removal'
import { uninstallShop } from '~/shops/uninstall-shop'

const NOT_SELECTED = 'This resource is not selected for mirroring.'
const KEPT = `${NOT_SELECTED} The SaaS keeps what it was sent.`

let the: Delivery

beforeAll(async () => {
  the = await openDelivery()
})
afterAll(() => the.close())
beforeEach(async () => {
  await the.stages.db.query(`DELETE FROM "SyncRun"`)
  await the.stages.db.query(`UPDATE "SaasConnection" SET "removals" = '{}', "address" = $1`, [the.saas.url])
  await the.beginAnew({ resources: ['order', 'product'] })
  the.stages.clock.tick(1_000)
})

const options = () => ({ queue: the.stages.queue, now: the.stages.clock.now })
const change = (changed: ConnectionChange) =>
  the.stages.db.transaction((tx) => changeConnection(tx, the.shopId, changed, options()))
const remove = () => the.stages.db.transaction((tx) => startRemoval(tx, the.shopId, 'order', options()))
const runs = (kind = 'removal') =>
  the.stages.db.prisma.syncRun.findMany({ where: { kind }, orderBy: { id: 'asc' } })
const records = () =>
  the.stages.db.prisma.syncRecord.findMany({ orderBy: { externalId: 'asc' }, omit: { known: true } })
/** The calls that carried something. */
const calls = () => the.saas.calls.filter(({ method }) => method === 'POST')
const sent = () =>
  calls().map(({ json }) => {
    const { action, data } = json as { action: string; data: { external_id: string; revision: number } }
    return { action, id: data.external_id, revision: data.revision }
  })
const left = async () => {
  const { sourceConnectionId } = (await records())[0]!
  return leftThere(await countRecords(the.stages.db, [sourceConnectionId]))
}

/** Works on all runs that are under way. */
async function work(): Promise<void> {
  const { db, sealer, logger, clock } = the.stages
  const open = await db.prisma.syncRun.findMany({ where: { endedAt: null, kind: { not: 'backfill' } } })
  const how = { db, sealer, logger, clock: () => clock.now, contextOf: readSource }
  for (const { id } of open) await reevaluate(id, how)
}

/** Three orders that the SaaS has, and that are mirrored no longer. */
async function deselect(): Promise<void> {
  await the.say(3)
  await the.deliver()
  await change({ resources: ['product'] })
  await work()
  the.saas.calls.length = 0
  the.stages.clock.tick(1_000)
}

/** Deselected, removed, and deleted at the SaaS. */
async function removeAll(): Promise<void> {
  await deselect()
  await remove()
  await work()
  await the.deliver()
  await work()
}

describe('a resource that is not mirrored any more', () => {
  it('is not sent any more, keeps what is known of it, and says what the SaaS keeps', async () => {
    await deselect()
    await the.say(3, 2)
    await the.intake.accept(arrival(SHOP, orderState('new', 1)))
    await the.deliver()

    expect(sent()).toEqual([])
    const [first, , , unsent] = await records()
    expect(first).toMatchObject({ state: 'excluded', reason: KEPT, desiredAction: 'updated' })
    expect(unsent).toMatchObject({ state: 'excluded', reason: NOT_SELECTED, placedGeneration: null })
    expect(await left()).toEqual({ onTheWay: 0, failed: 0, kept: 3 })
  })

  it('of which the SaaS was never given anything keeps nothing there, also when a worker had it in hand', async () => {
    await the.say(2)
    await the.stages.db.query(`UPDATE "SaasConnection" SET "resources" = '{product}'`)
    await the.deliver()
    expect(sent()).toEqual([])
    expect((await records()).map(({ reason }) => reason)).toEqual([NOT_SELECTED, NOT_SELECTED])
    expect(await left()).toEqual({ onTheWay: 0, failed: 0, kept: 0 })
  })
})

describe('removing what was sent', () => {
  it('has each record that the SaaS has deleted there, and no other, with a revision that grows', async () => {
    await deselect()
    await the.intake.accept(arrival(SHOP, orderState('new', 1)))
    const before = new Map(
      (await records()).map(({ externalId, revision }) => [externalId, Number(revision)]),
    )
    await remove()
    await work()
    expect(await runs()).toMatchObject([{ state: 'running', resource: 'order', total: 3, done: 3 }])
    expect(await left()).toMatchObject({ onTheWay: 3 })

    await the.deliver()
    await work()

    expect(
      sent()
        .map(({ action, id }) => `${action} ${id}`)
        .sort(),
    ).toEqual(['deleted 0', 'deleted 1', 'deleted 2'])
    for (const { id, revision } of sent()) expect(revision).toBeGreaterThan(before.get(id)!)
    expect(await the.states()).toEqual({ excluded: 4 })
    for (const record of await records())
      expect(record).toMatchObject({ reason: NOT_SELECTED, placedGeneration: null })
    expect(await runs()).toMatchObject([{ state: 'finished', detail: 'The SaaS has deleted all of them.' }])
    expect(await left()).toEqual({ onTheWay: 0, failed: 0, kept: 0 })
  })

  it('says since when it is gone, whatever becomes of the record meanwhile', async () => {
    await deselect()
    const since = the.stages.clock.now.toISOString()
    await remove()
    await work()
    await the.say(3, 5)
    await the.intake.accept(arrival(SHOP, gone('order', '1', 6)))
    await the.deliver()
    expect(calls().map(({ json }) => json)).toMatchObject(
      Array(3).fill({ action: 'deleted', data: { deleted_at: since, version: since } }),
    )
    expect(await the.states()).toEqual({ excluded: 3 })
  })

  it('waits for a SaaS that is away, and ends when it has deleted all', async () => {
    await deselect()
    await remove()
    await work()
    the.saas.behave(answers(503))
    await the.deliver()
    await work()
    expect(await the.states()).toEqual({ retrying: 3 })
    expect(await runs()).toMatchObject([{ state: 'running' }])

    the.saas.behave(takes())
    the.stages.clock.tick(3_600_000)
    await the.deliver()
    await work()
    expect(await runs()).toMatchObject([{ state: 'finished' }])
    const keys = calls().map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(3)
  })

  it('that the SaaS refuses says so, and can be asked for again', async () => {
    await deselect()
    await remove()
    await work()
    the.saas.behave(answers(422, { success: false, error: { code: 'NO', message: 'Never.' } }))
    await the.deliver()
    await work()
    expect(await runs()).toMatchObject([
      { state: 'failed', detail: expect.stringContaining('not deleted 3 of them') as string },
    ])

    the.saas.behave(takes())
    the.stages.clock.tick(1_000)
    await remove()
    await work()
    await the.deliver()
    await work()
    expect((await runs()).map(({ state }) => state)).toEqual(['failed', 'finished'])
    expect(await the.states()).toEqual({ excluded: 3 })
  })

  it('that the SaaS does not follow, as it has newer, has deleted nothing', async () => {
    await deselect()
    await remove()
    await work()
    the.saas.behave(answers(200, { success: true, data: { syncedCount: 0, skippedCount: 0, staleCount: 1 } }))
    await the.deliver()
    await work()
    expect(await left()).toEqual({ onTheWay: 0, failed: 3, kept: 0 })
    for (const record of await records())
      expect(record).toMatchObject({
        state: 'dead',
        lastErrorCode: 'SAAS_HAS_NEWER',
        placedGeneration: expect.any(Number) as number,
      })
    expect(await runs()).toMatchObject([{ state: 'failed' }])

    the.saas.behave(takes())
    the.stages.clock.tick(1_000)
    await remove()
    await work()
    await the.deliver()
    await work()
    expect(await left()).toEqual({ onTheWay: 0, failed: 0, kept: 0 })
  })

  it('from a SaaS that knows no deletions has deleted nothing, and says so', async () => {
    await deselect()
    await remove()
    await work()
    const { unified } = DIALECTS
    DIALECTS.unified = {
      ...unified,
      excludes: ({ action }) => (action === 'deleted' ? 'It has no deletions.' : null),
    }
    await the.deliver().finally(() => (DIALECTS.unified = unified))
    await work()

    expect(sent()).toEqual([])
    expect(await left()).toEqual({ onTheWay: 0, failed: 0, kept: 3 })
    for (const record of await records())
      expect(record).toMatchObject({
        state: 'excluded',
        reason: KEPT,
        placedGeneration: expect.any(Number) as number,
      })
    expect(await runs()).toMatchObject([{ state: 'failed' }])
  })

  it.each([
    ['is mirrored', 'RESOURCE_SELECTED', async () => void (await the.say(1))],
    ['is being removed already', 'REMOVAL_UNDER_WAY', () => deselect().then(remove)],
  ])('is refused for what %s', async (_case, code, prepare) => {
    await prepare()
    const before = [await records(), await runs(), await the.connection()]
    await expect(remove()).rejects.toMatchObject({ code })
    expect([await records(), await runs(), await the.connection()]).toEqual(before)
  })

  it('that is cancelled leaves there what is there still', async () => {
    await deselect()
    await remove()
    await work()
    const [run] = await runs()
    await the.stages.db.transaction((tx) =>
      cancelRemoval(tx, { shopId: the.shopId, runId: run!.id }, options()),
    )
    await the.deliver()
    await work()

    expect(sent()).toEqual([])
    expect(await the.states()).toEqual({ excluded: 3 })
    expect(await left()).toMatchObject({ kept: 3 })
    expect(await runs()).toMatchObject([{ state: 'cancelled' }])
    const again = the.stages.db.transaction((tx) =>
      cancelRemoval(tx, { shopId: the.shopId, runId: run!.id }, options()),
    )
    await expect(again).rejects.toMatchObject({ code: 'RUN_ENDED' })
  })
})

describe('what was removed', () => {
  it('is all back when it is mirrored again', async () => {
    await removeAll()
    await change({ resources: ['product', 'order'] })
    await work()
    the.saas.calls.length = 0
    await the.deliver()
    expect(
      sent()
        .map(({ action, id }) => `${action} ${id}`)
        .sort(),
    ).toEqual(['updated 0', 'updated 1', 'updated 2'])
    expect(await the.states()).toEqual({ in_step: 3 })
    expect(await runs('backfill')).toMatchObject([{ resource: 'order' }])
  })

  it('and is mirrored again in the middle is back, and what was not deleted yet is not', async () => {
    await deselect()
    await remove()
    await work()
    await change({ resources: ['product', 'order'] })
    // A worker is sooner than the run: it deletes nothing any more.
    await the.deliver()
    expect(sent()).toEqual([])
    expect(await the.states()).toEqual({ retrying: 3 })
    await work()
    the.stages.clock.tick(6_000)
    await the.deliver()

    expect(sent().map(({ action }) => action)).toEqual(['updated', 'updated', 'updated'])
    expect(await runs()).toMatchObject([{ state: 'cancelled', detail: 'It is mirrored again.' }])
    expect(await the.states()).toEqual({ in_step: 3 })
  })

  it('is not asked after for ever where nobody composes it anew: a person must look at it', async () => {
    await deselect()
    await remove()
    await work()
    await change({ resources: ['product', 'order'] })
    const tries: number[] = []
    while ((await the.states()).retrying !== 3 || (tries.at(-1) ?? 0) < 3) {
      await the.deliver()
      const [record] = await records()
      tries.push(record!.attempts)
      the.stages.clock.tick(6_000 * record!.attempts ** 2)
    }
    expect(tries).toEqual([1, 2, 3])

    await the.stages.db.query(`UPDATE "SyncRecord" SET "attempts" = ${MAX_ATTEMPTS - 1}`)
    await the.deliver()
    expect(sent()).toEqual([])
    expect(await the.states()).toEqual({ dead: 3 })
    const [record] = await records()
    expect(record).toMatchObject({
      lastErrorCode: 'MIRRORED_AGAIN',
      lastError: expect.stringContaining('Stop mirroring this resource, and mirror it again.') as string,
    })

    await work()
    await the.deliver()
    expect(await the.states()).toEqual({ in_step: 3 })
  })

  it('is not removed at another place, where nothing of it is', async () => {
    await deselect()
    await remove()
    await work()
    await change({ address: `${the.saas.url}/other` })
    await work()
    await the.deliver()
    expect(sent()).toEqual([])
    for (const record of await records())
      expect(record).toMatchObject({ state: 'excluded', reason: NOT_SELECTED })
    expect(await runs()).toMatchObject([{ state: 'cancelled', detail: 'Records go to another place now.' }])
    expect((await the.connection()).removals).toEqual({})
  })

  it('and is under way when the app is uninstalled ends with it', async () => {
    await deselect()
    await remove()
    await work()
    const { db, clock } = the.stages
    await db.transaction((tx) => uninstallShop(tx, SHOP, '', clock.now))
    expect(await runs()).toMatchObject([{ state: 'cancelled', detail: 'The app was uninstalled.' }])
    expect((await the.connection()).removals).toEqual({})
    await expect(remove()).rejects.toMatchObject({ code: 'SHOP_NOT_INSTALLED' })

    await the.stages.db.query(
      `INSERT INTO "Session" ("id", "shop", "state", "accessToken") VALUES ($1, $2, '', 'token')`,
      [`offline_${SHOP}`, SHOP],
    )
    clock.tick(1_000)
    const intake = the.stages.intake({
      defaults: { ...BUILT_IN, kind: 'environment', address: the.saas.url },
    })
    await intake.accept(arrival(SHOP, orderState('0', 9)))
    await work()
    await the.deliver()
    expect(sent().map(({ action }) => action)).toEqual(['updated', 'updated', 'updated'])
  })
})
