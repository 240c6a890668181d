import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { openDelivery } from '../../tests/support/delivery'
import { laneOptions } from '../../tests/support/lanes'
import { takes, watched } from '../../tests/support/saas'
import { install } from '../../tests/support/stages'
import { openDatabase } from '~/db.server'
import { type LaneOptions } from './lane'
import { createLanes, type Lanes } from './lanes'

const OTHER_SHOP = 'coffee.myshopify.com'

const delivery = await openDelivery()
const { stages, saas, shopId, say, connection, setConnection } = delivery
await install(stages.db, OTHER_SHOP)
await say(1, 1, OTHER_SHOP)
const opened: Lanes[] = []
afterAll(() => delivery.close())
beforeEach(() => delivery.beginAnew())
afterEach(() => Promise.all(opened.splice(0).map((lanes) => lanes.rest())))

/** The lanes of a process. */
function open(more: Partial<LaneOptions> = {}): Lanes {
  const lanes = createLanes(laneOptions(stages, more))
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
