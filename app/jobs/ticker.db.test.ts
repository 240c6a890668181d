import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { openDatabase, type Database } from '~/db.server'
import { createLogger } from '~/logger.server'
import { runScheduleNow } from './run-schedule'
import { type Schedule, type Turn } from './schedule'
import { HOLD_MS, keepSchedule, releaseSchedule, takeSchedule } from './schedule-row'
import { createTicker, startSchedules, type TickerOptions } from './ticker'

const START = Date.parse('2026-11-22T08:00:00Z')
const HOUR_MS = 60 * 60_000

let test: TestDatabase
let other: Database
let now: Date
const clock = () => now
const tick = (ms: number) => (now = new Date(now.getTime() + ms))

beforeAll(async () => {
  test = await createTestDatabase()
  other = openDatabase(test.url, { connections: 4 })
})
beforeEach(() => (now = new Date(START)))
afterEach(() => test.db.query('DELETE FROM "Schedule"'))
afterAll(async () => {
  await other.close()
  await test.drop()
})

const options = (db: Database = test.db, more: Partial<TickerOptions> = {}): TickerOptions => ({
  db,
  clock,
  logger: createLogger('silent'),
  ...more,
})

/** A schedule that writes down when it ran. */
function noting(name: string, everyMs: number): Schedule & { ran: Turn[] } {
  const ran: Turn[] = []
  return { name, everyMs, ran, run: (turn) => (ran.push(turn), Promise.resolve({ ran: 1 })) }
}

/** A schedule whose runs end when the test says so. */
function lasting(name: string, everyMs: number) {
  const turns: Turn[] = []
  const ends: { well: () => void; badly: () => void }[] = []
  const run = (turn: Turn) => {
    turns.push(turn)
    return new Promise<Record<string, number>>((resolve, reject) =>
      ends.push({ well: () => resolve({}), badly: () => reject(new Error('it failed')) }),
    )
  }
  return { name, everyMs, run, turns, end: (how: 'well' | 'badly' = 'well') => ends.shift()?.[how]() }
}

const row = async (name: string) => {
  const rows = await test.db.query<{
    nextAt: Date
    startedAt: Date | null
    heldUntil: Date | null
    doneAt: Date | null
  }>(`SELECT * FROM "Schedule" WHERE "name" = $1`, [name])
  return rows[0]
}
const seconds = (times: (Date | null)[]) => times.map((time) => time && (time.getTime() - START) / 1_000)

describe('the schedules of a cluster', () => {
  it('run once a period, however many processes tick and however often', async () => {
    const [quick, slow] = [noting('quick', 10_000), noting('slow', 60_000)]
    const tickers = [test.db, test.db, other, other].map((db) => createTicker([quick, slow], options(db)))
    for (let step = 0; step <= 240; step++) {
      await Promise.all(tickers.map((ticker) => ticker.tick()))
      await Promise.all(tickers.map((ticker) => ticker.idle()))
      tick(500)
    }
    expect(seconds(quick.ran.map((turn) => turn.now))).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120,
    ])
    expect(seconds(slow.ran.map((turn) => turn.now))).toEqual([0, 60, 120])
  })

  it('know when they last ended well', async () => {
    const schedule = noting('quick', 10_000)
    const ticker = createTicker([schedule], options())
    for (let step = 0; step < 3; step++) {
      await ticker.tick()
      await ticker.idle()
      tick(10_000)
    }
    expect(seconds(schedule.ran.map(({ since }) => since))).toEqual([null, 0, 10])
  })

  it('run once after a long stop, and then keep the rhythm that they had', async () => {
    const schedule = noting('quick', 10_000)
    const ticker = createTicker([schedule], options())
    for (const ms of [0, 5 * HOUR_MS + 3_000, 1_000, 6_000, 1_000]) {
      tick(ms)
      await ticker.tick()
      await ticker.idle()
    }
    expect(seconds(schedule.ran.map((turn) => turn.now))).toEqual([0, 18_003, 18_010])
  })

  it('go on when the clock is set back by hours', async () => {
    const schedule = noting('quick', 10_000)
    const ticker = createTicker([schedule], options())
    await ticker.tick()
    await ticker.idle()
    for (const ms of [-3 * HOUR_MS, 1_000, 9_000]) {
      tick(ms)
      await ticker.tick()
      await ticker.idle()
    }
    expect(seconds(schedule.ran.map((turn) => turn.now))).toEqual([0, -10_800, -10_790])
  })

  it('are not run twice by processes whose clocks differ by seconds', async () => {
    const schedule = noting('quick', 10_000)
    const ahead = createTicker([schedule], options(test.db, { clock: () => new Date(now.getTime() + 5_000) }))
    const behind = createTicker([schedule], options(other))
    for (let step = 0; step < 100; step++) {
      for (const ticker of [ahead, behind]) {
        await ticker.tick()
        await ticker.idle()
      }
      tick(1_000)
    }
    expect(seconds(schedule.ran.map((turn) => turn.now))).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95])
  })
})

describe('a run', () => {
  it('that outlasts its period is not begun a second time, and follows at once when it has ended', async () => {
    const schedule = lasting('quick', 10_000)
    const [ours, theirs] = [createTicker([schedule], options()), createTicker([schedule], options(other))]
    await ours.tick()
    for (let step = 0; step < 5; step++) {
      // As the timer does in a process that lives.
      tick(HOLD_MS / 3)
      const { startedAt } = (await row('quick'))!
      await keepSchedule(test.db, { name: 'quick', startedAt: startedAt!, doneAt: null }, now)
      await Promise.all([ours.tick(), theirs.tick()])
    }
    expect(schedule.turns).toHaveLength(1)

    schedule.end()
    await ours.idle()
    tick(1_000)
    await theirs.tick()
    expect(seconds(schedule.turns.map((turn) => turn.now))).toEqual([0, 51])
    schedule.end()
    await theirs.idle()
  })

  it('holds up no other schedule', async () => {
    const [long, quick] = [lasting('long', 10_000), noting('quick', 10_000)]
    const ticker = createTicker([long, quick], options())
    await ticker.tick()
    await until('the quick one has ended', async () => (await row('quick'))?.heldUntil === null)
    tick(10_000)
    await ticker.tick()
    await until('it ran again', () => quick.ran.length === 2)
    expect(long.turns).toHaveLength(1)
    long.end()
    await ticker.stop()
  })

  it('whose process died in it is begun anew when its hold has run out', async () => {
    const schedule = noting('quick', 10_000)
    await takeSchedule(other, schedule, now, 'due')
    const ticker = createTicker([schedule], options())
    for (const ms of [10_000, 10_000, HOLD_MS - 20_000]) {
      expect(schedule.ran).toEqual([])
      tick(ms)
      await ticker.tick()
      await ticker.idle()
    }
    expect(schedule.ran).toHaveLength(1)
    expect(await row('quick')).toMatchObject({ heldUntil: null, doneAt: now })
  })

  it('that another process has taken over is told so, and changes nothing more', async () => {
    const schedule = noting('quick', 10_000)
    const frozen = await takeSchedule(test.db, schedule, now, 'due')
    tick(HOLD_MS)
    expect(await takeSchedule(other, schedule, now, 'due')).not.toBeNull()
    const taken = await row('quick')
    expect(await keepSchedule(test.db, frozen!, now)).toBe(false)
    await releaseSchedule(test.db, frozen!, true)
    expect(await row('quick')).toEqual(taken)
  })

  it('that fails is logged and counted, ends nothing, and is tried again in the next period', async () => {
    const schedule = lasting('quick', 10_000)
    const failed: string[] = []
    const ticker = createTicker([schedule], options(test.db, { onFailure: (name) => void failed.push(name) }))
    await ticker.tick()
    schedule.end('badly')
    await ticker.idle()
    expect(failed).toEqual(['quick'])
    expect(await row('quick')).toMatchObject({ heldUntil: null, doneAt: null })

    tick(9_000)
    await ticker.tick()
    expect(schedule.turns).toHaveLength(1)
    tick(1_000)
    await ticker.tick()
    schedule.end()
    await ticker.idle()
    expect(await row('quick')).toMatchObject({ heldUntil: null, doneAt: now })
    expect(failed).toEqual(['quick'])
  })

  it('that does not even begin is a failure like any other', async () => {
    const failed: string[] = []
    const run = () => {
      throw new Error('no beginning')
    }
    const ticker = createTicker(
      [{ name: 'quick', everyMs: 1_000, run }],
      options(test.db, { onFailure: (name) => void failed.push(name) }),
    )
    await ticker.tick()
    await ticker.idle()
    expect(failed).toEqual(['quick'])
  })

  it('is waited for by a stop, which asks it to end early; what ended early has not ended well', async () => {
    const schedule = lasting('quick', 10_000)
    const ticker = createTicker([schedule], options())
    await ticker.tick()
    let isStopped = false
    const stopped = ticker.stop().then(() => (isStopped = true))
    expect(schedule.turns[0]?.signal.aborted).toBe(true)
    await pause(20)
    expect(isStopped).toBe(false)

    schedule.end()
    await stopped
    expect(await row('quick')).toMatchObject({ heldUntil: null, doneAt: null })
    tick(10_000)
    await ticker.tick()
    expect(schedule.turns).toHaveLength(1)
  })
})

describe('an operator', () => {
  it('runs a schedule now, and its next regular run stays where it is', async () => {
    const schedule = noting('quick', 10_000)
    const ticker = createTicker([schedule], options())
    const byHand = { db: other, clock, signal: new AbortController().signal }
    expect(await runScheduleNow('quick', [schedule], byHand)).toEqual({ ran: 1 })
    for (const ms of [0, 4_000]) {
      tick(ms)
      await runScheduleNow('quick', [schedule], byHand)
      await ticker.tick()
      await ticker.idle()
    }
    expect(await row('quick')).toMatchObject({ nextAt: new Date(START + 10_000), doneAt: now })
    expect(schedule.ran).toHaveLength(3)
  })

  it('is refused while it runs anyway, and by an unknown name; then nothing has changed', async () => {
    const schedule = lasting('quick', 10_000)
    const ticker = createTicker([schedule], options())
    const byHand = { db: other, clock, signal: new AbortController().signal }
    await ticker.tick()
    const before = await row('quick')
    await expect(runScheduleNow('quick', [schedule], byHand)).rejects.toMatchObject({
      code: 'SCHEDULE_RUNNING',
    })
    await expect(runScheduleNow('quiet', [schedule], byHand)).rejects.toMatchObject({
      code: 'SCHEDULE_UNKNOWN',
    })
    expect(await row('quick')).toEqual(before)
    expect(await test.db.query('SELECT * FROM "Schedule"')).toHaveLength(1)
    schedule.end()
    await ticker.stop()
  })
})

describe('the timer', () => {
  it('does not start with what is no schedule, and writes nothing', async () => {
    expect(() => startSchedules([noting('quick', 0)], options())).toThrow('the period of "quick" is 0')
    expect(() => startSchedules([noting('a', 1), noting('a', 1)], options())).toThrow('"a" is there twice')
    expect(await test.db.query('SELECT * FROM "Schedule"')).toEqual([])
  })

  it('survives a database that is away, and goes on when it is back', async () => {
    const schedule = noting('quick', 20)
    const started = startSchedules([schedule], options(test.db, { clock: () => new Date() }))
    await until('it runs', () => schedule.ran.length > 2)
    await test.lock()
    await pause(200)
    await test.unlock()
    const before = schedule.ran.length
    await until('it runs again', () => schedule.ran.length > before + 2)
    await started.stop()
    const after = schedule.ran.length
    await pause(100)
    expect(schedule.ran).toHaveLength(after)
  })
})
