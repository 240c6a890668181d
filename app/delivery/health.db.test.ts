import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { openDelivery } from '../../tests/support/delivery'
import { laneOptions, startLane } from '../../tests/support/lanes'
import { answers, takes, watched } from '../../tests/support/saas'
import { queuedJobs } from '../../tests/support/stages'
import { createDoorbell } from '~/lib/doorbell'
import { alignConnection } from './align-connection'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

const delivery = await openDelivery()
const { stages, saas, shopId, say, deliver, connection, setConnection, states } = delivery
afterAll(() => delivery.close())

/** Each test begins with no record, a SaaS that takes everything, and a connection in good health. */
beforeEach(async () => {
  stages.clock.tick(MINUTE_MS)
  await delivery.beginAnew()
})

const align = () => alignConnection(stages.db, shopId, stages.clock.now)
const later = (ms: number) => new Date(stages.clock.now.getTime() + ms)
const spent = async () => {
  const [row] = await stages.db.query<{ spent: number }>(
    `SELECT sum("attempts")::int AS spent FROM "SyncRecord"`,
  )
  return row?.spent
}

describe('a SaaS that refuses the key', () => {
  const refuses = answers(401)

  /** Eight orders wait for a SaaS that has just refused one of them. */
  async function refused() {
    await setConnection({ concurrency: 1 })
    await say(8)
    saas.behave(refuses)
    await deliver()
  }

  it('is called no more; everything of the shop is held with the reason, and none of its tries is spent', async () => {
    await refused()
    expect(saas.calls).toHaveLength(1)
    expect(await connection()).toMatchObject({
      state: 'refused',
      stateReason: 'The SaaS refused the API key (401)',
      probeAt: later(MINUTE_MS),
      lastFailedAt: stages.clock.now,
      lastDeliveredAt: null,
    })
    expect(await queuedJobs(stages.db)).toContainEqual({ name: 'alignHeld', key: shopId })
    await align()
    expect(await states()).toEqual({ held: 8 })
    expect(await stages.db.query(`SELECT DISTINCT "reason" FROM "SyncRecord"`)).toEqual([
      { reason: 'The SaaS refused the API key (401)' },
    ])
    expect(await spent()).toBe(0)
  })

  it('is tried with one record a minute, and no sooner', async () => {
    await refused()
    stages.clock.tick(MINUTE_MS - 1)
    expect(await (await deliver()).done).toBe('closed')
    expect(saas.calls).toHaveLength(1)

    for (const tries of [2, 3, 4]) {
      stages.clock.tick(tries === 2 ? 1 : MINUTE_MS)
      const lane = await deliver()
      expect(saas.calls).toHaveLength(tries)
      expect(await connection()).toMatchObject({ state: 'refused', probeAt: later(MINUTE_MS) })
      expect(lane.alarms).toContainEqual(later(MINUTE_MS))
    }
    expect(await spent()).toBe(0)
  })

  it('is given everything when the one record is taken, one call first and then twice as many each round', async () => {
    await refused()
    await align()
    await setConnection({ concurrency: 16 })
    await say(40, 2)
    const { behaviour, traffic } = watched(takes())
    saas.behave(behaviour)
    stages.clock.tick(MINUTE_MS)
    await deliver()
    await align()
    expect(await states()).toEqual({ in_step: 40 })
    expect(await connection()).toMatchObject({
      state: 'connected',
      stateReason: null,
      probeAt: null,
      breaker: null,
      lastDeliveredAt: stages.clock.now,
    })
    for (const { underWay, answered } of traffic.arrivals) expect(underWay).toBeLessThanOrEqual(answered + 1)
  })

  it('holds what changes meanwhile, which is sent once', async () => {
    await refused()
    await say(8, 2)
    await say(8, 3)
    await align()
    expect(await states()).toEqual({ held: 8 })
    saas.behave(takes())
    saas.calls.length = 0
    stages.clock.tick(MINUTE_MS)
    await deliver()
    expect(saas.calls).toHaveLength(8)
    expect(await states()).toEqual({ in_step: 8 })
  })

  it.each([
    ['of another account', `"generation" = "generation" + 1`],
    ['of the same account', `"sealedKey" = '\\x02'`],
  ])(
    'is given everything by who has a new key %s: what it said of the old one closes nothing',
    async (_of, change) => {
      await say(1)
      saas.behave(async (response, call) => {
        if (saas.calls.length > 1) return takes()(response, call)
        await stages.db.query(`UPDATE "SaasConnection" SET ${change}`)
        await refuses(response, call)
      })
      await deliver()
      expect(await connection()).toMatchObject({ state: 'connected', probeAt: null })
      expect(await queuedJobs(stages.db)).toContainEqual({ name: 'alignHeld', key: shopId })
      await align()
      expect(await states()).toEqual({ waiting: 1 })
      await deliver()
      expect(await states()).toEqual({ in_step: 1 })
      expect(saas.calls).toHaveLength(2)
    },
  )
})

describe('a SaaS that cannot be reached', () => {
  const WAITING = 60
  const CONCURRENCY = 4

  /** Sixty orders wait for a SaaS whose breaker has just opened. */
  async function broken() {
    await setConnection({ concurrency: CONCURRENCY })
    await say(WAITING)
    saas.behave(answers(503))
    await deliver()
  }

  it('is called no more after ten failures, but for the calls that were under way, and holds nothing', async () => {
    await broken()
    expect(saas.calls.length).toBeGreaterThanOrEqual(10)
    expect(saas.calls.length).toBeLessThan(10 + CONCURRENCY)
    expect(await connection()).toMatchObject({
      state: 'unreachable',
      probeAt: later(10 * SECOND_MS),
      breaker: { openings: 1 },
    })
    const { retrying, waiting } = await states()
    expect(retrying! + waiting!).toBe(WAITING)
    expect(retrying).toBeGreaterThanOrEqual(saas.calls.length)
    await align()
    expect(await states()).not.toHaveProperty('held')

    const calls = saas.calls.length
    expect(await (await deliver()).done).toBe('closed')
    expect(saas.calls).toHaveLength(calls)
  })

  it('is tried with one record after ten seconds, then after twice as long each time', async () => {
    await broken()
    const calls = saas.calls.length
    let wait = 10
    for (const tries of [1, 2, 3]) {
      stages.clock.tick(wait * SECOND_MS)
      await deliver()
      expect(saas.calls).toHaveLength(calls + tries)
      wait *= 2
      expect(await connection()).toMatchObject({ probeAt: later(wait * SECOND_MS) })
    }
  })

  it('is given everything when it is back, also what would be tried later, and without a stampede', async () => {
    await broken()
    const { behaviour, traffic } = watched(takes())
    saas.behave(behaviour)
    stages.clock.tick(10 * SECOND_MS)
    // All that has failed would wait for the rest of an hour.
    await stages.db.query(
      `UPDATE "SyncRecord" SET "dueAt" = $1, "attempts" = 20 WHERE "state" = 'retrying'`,
      [later(50 * MINUTE_MS)],
    )
    await deliver()
    expect(await states()).toEqual({ in_step: WAITING })
    for (const { underWay, answered } of traffic.arrivals)
      expect(underWay).toBeLessThanOrEqual(Math.min(answered + 1, CONCURRENCY))
  })

  it('that comes and goes spends nobody’s day: what is due again has its hourly tries before it', async () => {
    await broken()
    await stages.db.query(
      `UPDATE "SyncRecord" SET "dueAt" = $1, "attempts" = 41 WHERE "state" = 'retrying'`,
      [later(50 * MINUTE_MS)],
    )
    stages.clock.tick(10 * SECOND_MS)
    saas.behave((response, call) => (saas.calls.length === 1 ? takes() : answers(503))(response, call))
    saas.calls.length = 0
    await deliver()
    expect(await states()).not.toHaveProperty('dead')
  })

  it('does not open the breaker anew at its first failure after it came back', async () => {
    await broken()
    saas.behave(takes())
    stages.clock.tick(10 * SECOND_MS)
    await deliver()
    await say(1, 2)
    saas.behave(answers(503))
    await deliver()
    expect(await connection()).toMatchObject({ state: 'connected', probeAt: null })
  })

  it('for one call is not called unreachable: the failure is noted, and counted also by the lane that comes next', async () => {
    saas.behave(answers(503))
    await say(1)
    for (const inARow of [1, 2, 3]) {
      await deliver()
      expect(await connection()).toMatchObject({
        state: 'connected',
        stateReason: null,
        probeAt: null,
        breaker: { inARow },
        lastFailedAt: stages.clock.now,
      })
      stages.clock.tick(MINUTE_MS)
    }
  })

  it('and refuses the key when it is back is held from then on', async () => {
    await broken()
    saas.behave(answers(403))
    stages.clock.tick(10 * SECOND_MS)
    await deliver()
    await align()
    expect(await connection()).toMatchObject({ state: 'refused', probeAt: later(MINUTE_MS) })
    expect(await states()).toMatchObject({ held: expect.any(Number) as number })
  })
})

describe('a SaaS that asks for patience', () => {
  const asks = answers(429, {}, { 'retry-after': '30' })
  const startedAt = async () =>
    (await stages.db.prisma.syncAttempt.findMany({ orderBy: { startedAt: 'asc' } })).map(
      (row) => row.startedAt,
    )

  it('has its quiet for as long as it asked, whatever becomes due', async () => {
    await setConnection({ concurrency: 1 })
    await say(3)
    saas.behave((response, call) => (saas.calls.length === 1 ? asks : takes())(response, call))
    const quietUntil = later(30 * SECOND_MS)
    const lane = startLane(shopId, laneOptions(stages))
    await until('it has asked', async () => (await states()).retrying === 1)

    for (const seconds of [0, 15, 14]) {
      stages.clock.tick(seconds * SECOND_MS)
      await say(3, 2 + seconds)
      lane.wake()
    }
    expect(saas.calls).toHaveLength(1)
    stages.clock.tick(2 * SECOND_MS)
    lane.wake()
    await until('all is delivered', async () => (await states()).in_step === 3)
    await lane.rest()
    const [, ...after] = await startedAt()
    for (const time of after) expect(time.getTime()).toBeGreaterThanOrEqual(quietUntil.getTime())
  })

  it('has it also when nothing else is due: the lane is kept until then', async () => {
    await say(1)
    saas.behave(asks)
    const { ring, wait } = createDoorbell()
    let waits = 0
    // A bell at which nobody waits for long.
    const bell = {
      ring,
      wait: (ms: number) => {
        if (ms >= SECOND_MS) waits++
        return wait(Math.min(ms, 5))
      },
    }
    const lane = startLane(shopId, laneOptions(stages), bell)
    let hasEnded = false
    void lane.done.then(() => (hasEnded = true))
    await until('it has waited in vain many times', () => waits > 20)
    expect(hasEnded).toBe(false)
    expect((await connection()).laneId).not.toBeNull()
    stages.clock.tick(31 * SECOND_MS)
    await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL`)
    await lane.done
  })

  it('of many calls at once has asked once: their number alone does not make it unreachable', async () => {
    await say(16)
    let arrived = () => {}
    const areThere = new Promise<void>((resolve) => (arrived = resolve))
    saas.behave(async (response, call) => {
      if (saas.calls.length === 16) arrived()
      await areThere
      // They are answered one after the other.
      stages.clock.tick(1)
      await asks(response, call)
    })
    await deliver()
    expect(await connection()).toMatchObject({ state: 'connected', probeAt: null, breaker: { inARow: 1 } })
    expect(await states()).toEqual({ retrying: 16 })
  })

  it('again and again, whenever it is called, is left alone like one that fails', async () => {
    await say(1)
    saas.behave(asks)
    for (let n = 0; n < 10; n++) {
      await deliver()
      stages.clock.tick(75 * MINUTE_MS)
    }
    expect(await connection()).toMatchObject({ state: 'unreachable', breaker: { openings: 1 } })
  })

  it('asks the records for it, and not the connection', async () => {
    await say(1)
    saas.behave(asks)
    await deliver()
    expect(await connection()).toMatchObject({ state: 'connected', probeAt: null })
    expect(await states()).toEqual({ retrying: 1 })
    expect(await stages.db.query(`SELECT "dueAt" FROM "SyncRecord"`)).toEqual([
      { dueAt: later(30 * SECOND_MS) },
    ])
  })
})

describe('the limits of a connection', () => {
  it('are never exceeded: so many calls at once', async () => {
    await setConnection({ concurrency: 3 })
    await say(40)
    let release = () => {}
    const areThree = new Promise<void>((resolve) => (release = resolve))
    const { behaviour, traffic } = watched(async (response, call) => {
      // The first three wait for each other.
      if (saas.calls.length === 3) release()
      await areThree
      await takes()(response, call)
    })
    saas.behave(behaviour)
    await deliver()
    expect(saas.calls).toHaveLength(40)
    expect(Math.max(...traffic.arrivals.map(({ underWay }) => underWay))).toBe(3)
  })

  it('are never exceeded: so many calls a second, and what a person changes counts at the next call', async () => {
    await setConnection({ callsPerSecond: 1 })
    await say(6)
    const lane = startLane(shopId, laneOptions(stages))
    const calls = (count: number) => until(`there are ${count} calls`, () => saas.calls.length === count)
    await calls(1)
    stages.clock.tick(999)
    lane.wake()
    stages.clock.tick(1)
    lane.wake()
    await calls(2)
    await setConnection({ callsPerSecond: null })
    stages.clock.tick(SECOND_MS)
    lane.wake()
    await until('all is delivered', async () => (await states()).in_step === 6)
    await lane.rest()
    const times = (await stages.db.prisma.syncAttempt.findMany({ orderBy: { startedAt: 'asc' } })).map(
      (row) => row.startedAt.getTime() - stages.clock.now.getTime() + 2 * SECOND_MS,
    )
    expect(times).toEqual([0, 1_000, 2_000, 2_000, 2_000, 2_000])
  })
})

describe('a person', () => {
  it('who pauses while a backlog drains stops it: nothing is begun any more, and no try is spent', async () => {
    await setConnection({ concurrency: 2 })
    await say(40)
    let atPause = 0
    saas.behave(async (response, call) => {
      if (saas.calls.length === 5) {
        await setConnection({ pausedAt: stages.clock.now })
        atPause = saas.calls.length
      }
      await takes()(response, call)
    })
    await deliver()
    // What was begun before the pause was there may arrive after it.
    expect(saas.calls.length).toBeLessThanOrEqual(atPause + 1)
    await align()
    expect(await states()).toEqual({ in_step: saas.calls.length, held: 40 - saas.calls.length })
    expect(await spent()).toBe(0)
    expect(
      await stages.db.query(`SELECT DISTINCT "reason" FROM "SyncRecord" WHERE "state" = 'held'`),
    ).toEqual([{ reason: 'Sending is paused.' }])
    expect(await (await deliver()).done).toBe('closed')

    await setConnection({ pausedAt: null })
    await align()
    saas.behave(takes())
    await deliver()
    expect(await states()).toEqual({ in_step: 40 })
    expect(saas.calls).toHaveLength(40)
  })
})

describe('what changes between a claim and its call', () => {
  /** A database in which this happens right after the first claim. */
  const afterClaim = (happens: () => Promise<unknown>) => {
    let claims = 0
    const query: typeof stages.db.query = async (text, values) => {
      const rows = await stages.db.query(text, values)
      if (text.includes('ROW_NUMBER') && ++claims === 1) await happens()
      return rows as never
    }
    return { ...stages.db, query }
  }

  it('is minded: a person who pauses then is obeyed, and what was claimed goes back', async () => {
    await say(5)
    await deliver({ db: afterClaim(() => setConnection({ pausedAt: stages.clock.now })) })
    expect(saas.calls).toEqual([])
    expect(await states()).toEqual({ held: 5 })
    expect([await spent(), await stages.db.prisma.syncAttempt.count()]).toEqual([0, 0])
    await setConnection({ pausedAt: null })
    await deliver()
    expect(await states()).toEqual({ in_step: 5 })
  })

  it('is minded: under a new generation what was claimed is claimed anew, and sent once, with a revision of its own', async () => {
    await say(1)
    const before = await stages.db.prisma.syncRecord.findFirstOrThrow()
    const { generation } = await connection()
    await deliver({ db: afterClaim(() => setConnection({ generation: generation + 1 })) })
    expect(saas.calls).toHaveLength(1)
    const [attempt, ...others] = await stages.db.prisma.syncAttempt.findMany()
    expect(others).toEqual([])
    expect(attempt).toMatchObject({ generation: generation + 1, outcome: 'delivered' })
    expect(attempt!.revision).toBeGreaterThan(before.revision)
    expect(await states()).toEqual({ in_step: 1 })
  })
})

describe('a lane that was lost to another worker', () => {
  it('finishes what is in hand, begins nothing, and leaves the lane to who has it', async () => {
    await setConnection({ concurrency: 1 })
    await say(5)
    const other = '00000000-0000-7000-8000-000000000000'
    saas.behave(async (response, call) => {
      await setConnection({ laneId: other })
      stages.clock.tick(10 * SECOND_MS)
      await takes()(response, call)
    })
    await startLane(shopId, laneOptions(stages)).done
    expect(saas.calls).toHaveLength(1)
    expect(await states()).toEqual({ in_step: 1, waiting: 4 })
    expect(await connection()).toMatchObject({ laneId: other })
    await setConnection({ laneId: null, laneUntil: null })
  })
})
