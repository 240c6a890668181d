import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { hearDue, openStages, type Stages } from '../../tests/support/stages'
import { plansOf } from '../../tests/support/plans'
import { replayMatching } from './replay-matching'
import { retryRecords } from './retry-records'

const NOBODY = '00000000-0000-7000-8000-000000000000'

let stages: Stages
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
/** Before the command. */
let before: Date

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop" CASCADE`)
  stages.clock.tick(60_000)
  before = new Date(stages.clock.now.getTime() - 1_000)
  ours = await rows.shop('tea.myshopify.com')
  theirs = await rows.shop('coffee.myshopify.com')
})

const record = (id: string) => stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })
const shop = () => ({ shopId: ours.id, heldBecause: null })
const replay = (states: Parameters<typeof replayMatching>[2]['states'], signal?: AbortSignal) =>
  replayMatching(
    stages.db,
    shop(),
    { states, resource: null, until: stages.clock.now },
    () => stages.clock.now,
    signal,
  )

describe('sending again all that match', () => {
  it('reaches those of the shop that stood there before, and nothing else', async () => {
    const row = { desiredHash: 'h', updatedAt: before }
    const inStep = await rows.record(ours, row)
    const dead = await rows.record(ours, { ...row, state: 'dead' })
    const later = await rows.record(ours, { ...row, updatedAt: new Date(stages.clock.now.getTime() + 1) })
    const unknown = await rows.record(ours, { state: 'in_step', updatedAt: before })
    const foreign = await rows.record(theirs, row)

    expect(await replay(['in_step'])).toEqual({ sent: 1, hasMore: false })

    expect(await record(inStep.id)).toMatchObject({ state: 'waiting', dueAt: stages.clock.now, attempts: 0 })
    for (const one of [dead, later, unknown, foreign]) expect(await record(one.id)).toEqual(one)
  })

  it('ends, also where what is sent again waits in a state that is meant', async () => {
    for (let n = 0; n < 3; n += 1)
      await rows.record(ours, { state: 'waiting', desiredHash: 'h', updatedAt: before })
    expect(await replay(['waiting', 'held'])).toEqual({ sent: 3, hasMore: false })
    expect(await replay(['waiting', 'held'])).toEqual({ sent: 0, hasMore: false })
  })

  it('goes slice by slice, and can be ended and gone on with in between', async () => {
    await stages.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "updatedAt")
       SELECT gen_random_uuid(), $1, 'order', n::text, 'dead', 'h', $2 FROM generate_series(1, 700) n`,
      [ours.source.id, before],
    )
    expect(await replay(['dead'], AbortSignal.abort())).toEqual({ sent: 500, hasMore: true })
    expect(await replay(['dead'])).toEqual({ sent: 200, hasMore: false })
  })

  it('reads the records of a slice down the index, however many there are', async () => {
    await stages.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "updatedAt")
       SELECT gen_random_uuid(), $1, 'order', n::text, 'in_step', 'h', $2::timestamptz - n * interval '1 second' FROM generate_series(1, 20000) n`,
      [ours.source.id, before],
    )
    await stages.db.query('ANALYZE "SyncRecord"')
    const matching = { states: ['in_step' as const], resource: null, until: stages.clock.now }
    const plans = await plansOf(stages.db, (sql) => {
      const db = { ...stages.db, transaction: <T>(work: (tx: never) => Promise<T>) => work(sql as never) }
      return replayMatching(db, shop(), matching, () => stages.clock.now, AbortSignal.abort())
    })
    expect(plans.length).toBeGreaterThan(1)
    for (const plan of plans) expect(plan).not.toContain('Seq Scan on "SyncRecord"')
  })
})

describe('trying records now', () => {
  const LATER = { state: 'retrying', desiredHash: 'h', attempts: 9 }
  const dueAt = () => new Date(stages.clock.now.getTime() + 3_600_000)
  const retry = (ids: string[]) =>
    stages.db.transaction((tx) => retryRecords(tx, ours.id, ids, stages.clock.now))

  it('makes those due that wait for their next try, tells the workers, and says which it did not reach', async () => {
    const waits = await rows.record(ours, { ...LATER, dueAt: dueAt() })
    const asked = await rows.record(ours, { ...LATER, dueAt: dueAt(), notBefore: dueAt() })
    const dead = await rows.record(ours, { state: 'dead', desiredHash: 'h' })
    const foreign = await rows.record(theirs, { ...LATER, dueAt: dueAt() })
    const ids = [waits.id, asked.id, dead.id, foreign.id, NOBODY]

    let result: Awaited<ReturnType<typeof retry>> | undefined
    expect(await hearDue(stages, async () => (result = await retry(ids)))).toEqual([ours.id])

    expect(result?.retried).toEqual([waits.id])
    expect(new Map(result?.notRetried.map(({ id, why }) => [id, why]))).toEqual(
      new Map([
        [asked.id, 'not_before'],
        [dead.id, 'not_retrying'],
        [foreign.id, 'missing'],
        [NOBODY, 'missing'],
      ]),
    )
    expect(await record(waits.id)).toMatchObject({ state: 'retrying', dueAt: stages.clock.now, attempts: 6 })
    for (const one of [asked, dead, foreign]) expect(await record(one.id)).toEqual(one)
  })

  it('puts nothing off that is due already', async () => {
    const due = await rows.record(ours, { ...LATER, dueAt: before })
    await retry([due.id])
    expect((await record(due.id)).dueAt).toEqual(before)
  })

  it('refuses a selection of none, and tells nobody', async () => {
    await expect(retry([])).rejects.toMatchObject({ code: 'SELECTION_INVALID' })
    const dead = await rows.record(ours, { state: 'dead' })
    expect(await hearDue(stages, () => retry([dead.id]))).toEqual([])
  })
})
