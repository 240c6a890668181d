import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { openDelivery, SHOP } from '../../tests/support/delivery'
import { keepLog } from '../../tests/support/kept-log'
import { laneOptions } from '../../tests/support/lanes'
import { answers, takes, watched } from '../../tests/support/saas'
import { install } from '../../tests/support/stages'
import { openDatabase } from '~/db.server'
import { type LaneOptions } from './lane'
import { createLanes, type Lanes } from './lanes'

const OTHER_SHOP = 'coffee.myshopify.com'
const THIRD_SHOP = 'milk.myshopify.com'

const delivery = await openDelivery()
const { stages, saas, shopId, say, connection, setConnection } = delivery
for (const shop of [OTHER_SHOP, THIRD_SHOP]) {
  await install(stages.db, shop)
  await say(1, 1, shop)
}
const opened: Lanes[] = []
afterAll(() => delivery.close())
beforeEach(() => delivery.beginAnew())
afterEach(() => Promise.all(opened.splice(0).map((lanes) => lanes.rest())))

/** The lanes of a process. */
function open(more: Partial<LaneOptions> = {}, most?: number): Lanes {
  const lanes = createLanes(laneOptions(stages, more), most)
  opened.push(lanes)
  return lanes
}
const idOf = async (domain: string) =>
  (await stages.db.prisma.shop.findUniqueOrThrow({ where: { domain } })).id
const inStep = () => stages.db.prisma.syncRecord.count({ where: { state: 'in_step' } })
const areInStep = (count: number) => until(`${count} are in step`, async () => (await inStep()) === count)

describe('the lanes of a process', () => {
  it('deliver what they are woken for, however often they are', async () => {
    const lanes = open()
    await say(30)
    for (let n = 0; n < 20; n++) lanes.wake(shopId)
    await areInStep(30)
    expect(saas.calls).toHaveLength(30)
    await say(1, 2)
    lanes.wake(shopId)
    await until('the change has arrived', () => saas.calls.length === 31)
  })

  it('know nothing of a shop that is gone', async () => {
    const lanes = open()
    lanes.wake('00000000-0000-4000-8000-000000000000')
    await lanes.rest()
    expect(saas.calls).toEqual([])
  })

  it('finish what is in hand before they rest, settle it, begin nothing more, and let go', async () => {
    await setConnection({ concurrency: 2 })
    const lanes = open()
    await say(10)
    let answer = () => {}
    const answered = new Promise<void>((resolve) => (answer = resolve))
    saas.behave(async (response, call) => {
      await answered
      await takes()(response, call)
    })
    lanes.wake(shopId)
    await until('two calls are under way', () => saas.calls.length === 2)

    let hasRested = false
    const rested = lanes.rest().then(() => (hasRested = true))
    lanes.wake(shopId)
    lanes.wake(await idOf(OTHER_SHOP))
    await stages.db.query('SELECT 1')
    expect(hasRested).toBe(false)
    answer()
    await rested
    expect(saas.calls).toHaveLength(2)
    expect(await inStep()).toBe(2)
    expect(await connection()).toMatchObject({ laneId: null, laneUntil: null })
    lanes.wake(shopId)
    await lanes.rest()
    expect(saas.calls).toHaveLength(2)
  })

  it('go on by themselves when the database failed them', async () => {
    let failures = 0
    const query: typeof stages.db.query = (text, values) =>
      text.includes('"laneUntil" > $3') && failures++ === 0
        ? Promise.reject(new Error('the database is away'))
        : stages.db.query(text, values)
    const db = { ...stages.db, query }
    const lanes = open({ db })
    await say(3)
    lanes.wake(shopId)
    await areInStep(3)
    expect(failures).toBeGreaterThan(1)
  })

  it('that failed are not begun by signals, however many come: each would fail and be logged', async () => {
    let failures = 0
    const query = () => {
      failures++
      return Promise.reject(new Error('the database is away'))
    }
    const { logger, lines } = keepLog()
    const lanes = open({ db: { ...stages.db, query }, logger })
    lanes.wake(shopId)
    await until('it has failed', () => lines.length === 1)
    for (let n = 0; n < 50; n++) {
      lanes.wake(shopId)
      await stages.db.query('SELECT 1')
    }
    // It may have been tried again by the clock.
    expect(failures).toBeLessThan(5)
    expect(lines[0]).toMatchObject({ msg: 'delivery.lane_failed', shopId, failed: 1, waitMs: 1_000 })
  })
})

describe('more shops than a process has places for', () => {
  const firstCalls = () => [...new Set(saas.calls.map(({ json }) => (json.data as { store: string }).store))]

  it('get them in the order of their signals, each once', async () => {
    const lanes = open({}, 1)
    for (const shop of [SHOP, OTHER_SHOP, THIRD_SHOP]) await say(2, 1, shop)
    let answer = () => {}
    const answered = new Promise<void>((resolve) => (answer = resolve))
    saas.behave(async (response, call) => {
      await answered
      await takes()(response, call)
    })
    lanes.wake(shopId)
    await until('the first is at work', () => saas.calls.length === 2)
    const [other, third] = [await idOf(OTHER_SHOP), await idOf(THIRD_SHOP)]
    for (const id of [third, other, shopId, third, other]) lanes.wake(id)
    expect(saas.calls).toHaveLength(2)
    answer()
    await areInStep(6)
    expect(firstCalls()).toEqual([SHOP, THIRD_SHOP, OTHER_SHOP])
    expect(saas.calls).toHaveLength(6)
  })

  it('get one from a shop with a backlog when it has had its share, and it goes on after them', async () => {
    const many = 400
    const lanes = open({}, 1)
    await say(many)
    await say(1, 1, OTHER_SHOP)
    saas.behave((response, call) => {
      stages.clock.tick(100)
      return takes()(response, call)
    })
    lanes.wake(shopId)
    lanes.wake(await idOf(OTHER_SHOP))
    await areInStep(many + 1)
    const place = saas.calls.findIndex(({ json }) => (json.data as { store: string }).store === OTHER_SHOP)
    // Five seconds are fifty calls; some more were under way.
    expect(place).toBeGreaterThanOrEqual(50)
    expect(place).toBeLessThan(150)
    expect(saas.calls).toHaveLength(many + 1)
  })

  it('get one from a shop that has nothing to do', async () => {
    const lanes = open({}, 1)
    await say(1)
    lanes.wake(shopId)
    await areInStep(1)
    await say(1, 1, OTHER_SHOP)
    lanes.wake(await idOf(OTHER_SHOP))
    await areInStep(2)
  })

  it('get one from a shop whose SaaS asked for patience, which it is granted all the same', async () => {
    const lanes = open({}, 1)
    await say(1)
    saas.behave((response, call) =>
      (saas.calls.length === 1 ? answers(429, {}, { 'retry-after': '3' }) : takes())(response, call),
    )
    lanes.wake(shopId)
    await until('it has asked', async () => (await delivery.states()).retrying === 1)
    await say(2, 2)
    await say(1, 1, OTHER_SHOP)
    lanes.wake(await idOf(OTHER_SHOP))
    await areInStep(1)
    lanes.wake(shopId)
    expect(saas.calls).toHaveLength(2)
    stages.clock.tick(60_000)
    await areInStep(3)
  })
})

describe('two processes', () => {
  it('share one lane a connection: never more calls at once than it allows, and none twice', async () => {
    await setConnection({ concurrency: 3 })
    const databases = [1, 2].map(() => openDatabase(stages.url, { connections: 4 }))
    const processes = databases.map((db) => open({ db }))
    await say(60)
    const { behaviour, traffic } = watched(takes())
    saas.behave(behaviour)
    for (let n = 0; n < 10; n++) for (const lanes of processes) lanes.wake(shopId)
    await areInStep(60)
    await Promise.all(processes.map((lanes) => lanes.rest()))
    await Promise.all(databases.map((db) => db.close()))
    expect(saas.calls).toHaveLength(60)
    expect(Math.max(...traffic.arrivals.map(({ underWay }) => underWay))).toBeLessThanOrEqual(3)
  })

  it('of which one died give its lane to the other when the lease is over', async () => {
    await stages.db.query(
      `UPDATE "SaasConnection" SET "laneId" = gen_random_uuid(), "laneUntil" = $2 WHERE "shopId" = $1`,
      [shopId, new Date(stages.clock.now.getTime() + 8_000)],
    )
    const lanes = open()
    await say(3)
    lanes.wake(shopId)
    stages.clock.tick(8_000)
    await areInStep(3)
  })
})

describe('a shop', () => {
  it('with thousands of waiting records does not keep another shop’s one waiting', async () => {
    const many = 1_500
    const lanes = open()
    await say(many)
    lanes.wake(shopId)
    await until('its backlog drains', () => saas.calls.length > 50)
    await say(1, 1, OTHER_SHOP)
    const before = saas.calls.length
    lanes.wake(await idOf(OTHER_SHOP))
    const place = await until('the other shop’s record has arrived', () => {
      const found = saas.calls.findIndex(({ json }) => (json.data as { store: string }).store === OTHER_SHOP)
      return found >= 0 && found + 1
    })
    // Some that were claimed before go first; the backlog does not.
    expect(place - before).toBeLessThan(200)
    await areInStep(many + 1)
  })
})
