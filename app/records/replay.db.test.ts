import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { dismissRecords } from './dismiss-records'
import { dismissDead } from './dismiss-dead'
import { replayDead } from './replay-dead'
import { countDead } from './which-dead'
import { replayRecords } from './replay-records'
import { MOST_SELECTED, type ShopOfRecords } from './select-records'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const DEAD = { state: 'dead', reason: 'No price.', desiredHash: 'h', attempts: 3 }

let stages: Stages
let rows: ReturnType<typeof makeRows>
let shop: ShopRows
let other: ShopRows

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop" CASCADE`)
  shop = await rows.shop('tea.myshopify.com')
  other = await rows.shop('coffee.myshopify.com')
})

const now = () => stages.clock.now
const open = (of = shop, heldBecause: string | null = null): ShopOfRecords => ({ shopId: of.id, heldBecause })
const replay = (ids: string[], of = open()) =>
  stages.db.transaction((tx) => replayRecords(tx, of, ids, now()))
const dismiss = (ids: string[], reason: string, of = shop.id) =>
  stages.db.transaction((tx) => dismissRecords(tx, of, ids, reason, now()))
const read = (id: string) => stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })

describe('a replay of records', () => {
  it.each(['dead', 'in_step', 'deleted', 'waiting', 'retrying', 'held'])(
    'sends one that is %s again, as a new send with all tries before it',
    async (state) => {
      const later = new Date(now().getTime() + 3_600_000)
      const { id, revision } = await rows.record(shop, {
        ...DEAD,
        state,
        revision: 1_999_999_999_999n,
        deliveredHash: 'h',
        deliveredBodyHash: 'b',
        deliveredGeneration: 1,
        saasId: 'theirs',
        dueAt: later,
      })
      expect(await replay([id])).toEqual({ sent: [id], notSent: [] })
      expect(await read(id)).toMatchObject({
        state: 'waiting',
        reason: null,
        dueAt: now(),
        waitingSince: now(),
        attempts: 0,
        revision: revision + 1n,
        desiredHash: 'h',
        deliveredHash: null,
        deliveredBodyHash: null,
        deliveredGeneration: 1,
        saasId: 'theirs',
      })
    },
  )

  it('gives a record whose revision is behind the clock one of now', async () => {
    const { id } = await rows.record(shop, { ...DEAD, revision: 7n })
    await replay([id])
    expect((await read(id)).revision).toBe(BigInt(now().getTime()))
  })

  it('forgets what it died of, and so does a dismissal', async () => {
    const dead = { ...DEAD, cause: 'C\nCustomer Maria has no address' }
    const [sent, dismissed] = [await rows.record(shop, dead), await rows.record(shop, dead)]
    await replay([sent.id])
    await dismiss([dismissed.id], 'Not needed.')
    for (const { id } of [sent, dismissed]) expect(await read(id)).toMatchObject({ cause: null })
  })

  it('holds what is to go to a connection that takes nothing', async () => {
    const { id } = await rows.record(shop, DEAD)
    await replay([id], open(shop, 'Sending is paused.'))
    expect(await read(id)).toMatchObject({ state: 'held', reason: 'Sending is paused.', dueAt: now() })
  })

  it('says of each record that it did not send why, and changes none of them', async () => {
    const leased = { state: 'delivering', dueAt: new Date(now().getTime() + 1) }
    const delivering = await rows.record(shop, { ...DEAD, ...leased })
    const excluded = await rows.record(shop, { ...DEAD, state: 'excluded', reason: 'Not selected.' })
    const unknown = await rows.record(shop, { state: 'waiting', desiredHash: null })
    const foreign = await rows.record(other, DEAD)
    const { id } = await rows.record(shop, DEAD)
    const all = [delivering, excluded, unknown, foreign]
    const { sent, notSent } = await replay([...all.map((record) => record.id), id, NOBODY])
    expect(sent).toEqual([id])
    expect(Object.fromEntries(notSent.map((one) => [one.id, one.why]))).toEqual({
      [delivering.id]: 'under_way',
      [excluded.id]: 'excluded',
      [unknown.id]: 'nothing_known',
      [foreign.id]: 'missing',
      [NOBODY]: 'missing',
    })
    for (const record of all) expect(await read(record.id)).toEqual(record)
  })

  it.each([
    ['waiting', null],
    ['held', 'Sending is paused.'],
  ])('takes one from a worker that died with it (%s)', async (state, heldBecause) => {
    const attemptId = crypto.randomUUID()
    const record = await rows.record(shop, { ...DEAD, state: 'delivering', dueAt: now(), attemptId })
    await rows.attempt(record, { id: attemptId, outcome: 'in_flight', endedAt: null, httpStatus: null })
    const others = await rows.attempt(await rows.record(other, DEAD), { outcome: 'in_flight', endedAt: null })
    expect(await replay([record.id], open(shop, heldBecause))).toEqual({ sent: [record.id], notSent: [] })
    expect(await read(record.id)).toMatchObject({ state, reason: heldBecause, attemptId: null, dueAt: now() })
    const attempt = (id: string) => stages.db.prisma.syncAttempt.findUniqueOrThrow({ where: { id } })
    expect(await attempt(attemptId)).toMatchObject({ outcome: 'abandoned', endedAt: now() })
    expect(await attempt(others.id)).toEqual(others)
  })

  it('keeps the history of attempts and events', async () => {
    const record = await rows.record(shop, DEAD)
    const attempt = await rows.attempt(record, { outcome: 'rejected' })
    const event = await rows.event(shop, { recordId: record.id })
    await replay([record.id])
    expect(await stages.db.prisma.syncAttempt.findMany()).toEqual([attempt])
    expect(await stages.db.prisma.webhookEvent.findMany()).toEqual([event])
  })

  it('names each record once, however often it is named', async () => {
    const { id } = await rows.record(shop, { ...DEAD, revision: 1_999_999_999_999n })
    expect(await replay([id, id, id.toUpperCase()])).toEqual({ sent: [id], notSent: [] })
    expect((await read(id)).revision).toBe(2_000_000_000_000n)
  })

  it.each([
    ['none', []],
    ['too many', Array.from({ length: MOST_SELECTED + 1 }, () => NOBODY)],
    ['what is no id', ["' OR true --"]],
  ])('of %s is refused', async (_name, ids) => {
    await expect(replay(ids)).rejects.toMatchObject({ code: 'SELECTION_INVALID' })
  })

  it('is lost to no claim: two at once are two sends, with two revisions', async () => {
    const { id } = await rows.record(shop, { ...DEAD, revision: 1_999_999_999_999n })
    await Promise.all([replay([id]), replay([id])])
    expect((await read(id)).revision).toBe(2_000_000_000_001n)
  })
})

describe('a replay of what died since a time', () => {
  const replayAll = async (meant: ReturnType<typeof dead>) => {
    const { sent, hasMore } = await replayDead(stages.db, open(), meant, now)
    expect(hasMore).toBe(false)
    return sent
  }
  const minutesAgo = (minutes: number) => new Date(now().getTime() - minutes * 60_000)
  const dead = (since: Date, resource: 'order' | null = null, cause: string | null = null) => ({
    since,
    until: now(),
    resource,
    cause,
  })
  const die = (at: Date, more: object = {}, of = shop) => rows.record(of, { ...DEAD, diedAt: at, ...more })

  it('takes that and nothing else, and says how many', async () => {
    const recent = await die(minutesAgo(5))
    const others = [
      await die(minutesAgo(90)),
      await die(minutesAgo(-1)),
      await die(minutesAgo(5), {}, other),
      await die(minutesAgo(5), { state: 'excluded', reason: 'Dismissed: known.' }),
    ]
    expect(await countDead(stages.db, shop.id, dead(minutesAgo(60)))).toBe(1)
    expect(await replayAll(dead(minutesAgo(60)))).toBe(1)
    expect(await read(recent.id)).toMatchObject({ state: 'waiting', dueAt: now() })
    for (const record of others) expect(await read(record.id)).toEqual(record)
    expect(await replayAll(dead(minutesAgo(60)))).toBe(0)
  })

  it('may be of one resource', async () => {
    const order = await die(minutesAgo(5), { resource: 'order' })
    const product = await die(minutesAgo(5))
    expect(await replayAll(dead(minutesAgo(60), 'order'))).toBe(1)
    expect(await read(order.id)).toMatchObject({ state: 'waiting' })
    expect(await read(product.id)).toEqual(product)
  })

  it('may be of one cause', async () => {
    const one = await die(minutesAgo(5), { cause: 'A\nNo price.' })
    const others = [await die(minutesAgo(5), { cause: 'B' }), await die(minutesAgo(5))]
    expect(await replayAll(dead(minutesAgo(60), null, 'A\nNo price.'))).toBe(1)
    expect(await read(one.id)).toMatchObject({ state: 'waiting' })
    for (const record of others) expect(await read(record.id)).toEqual(record)
    expect(await replayAll(dead(minutesAgo(60), null, ''))).toBe(1)
  })

  it('may be given up instead: all of a cause are dismissed, with the reason, and only they', async () => {
    await dieMany()
    await die(minutesAgo(5), { cause: 'B' })
    await die(minutesAgo(5), {}, other)
    const which = { dead: dead(minutesAgo(60), null, ''), reason: 'Not needed.' }
    expect(await dismissDead(stages.db, shop.id, which, now, AbortSignal.abort())).toEqual({
      dismissed: 500,
      hasMore: true,
    })
    expect(await dismissDead(stages.db, shop.id, which, now)).toEqual({ dismissed: 734, hasMore: false })
    expect(await dismissDead(stages.db, shop.id, which, now)).toEqual({ dismissed: 0, hasMore: false })
    const reason = 'Dismissed: Not needed.'
    expect(await stages.db.prisma.syncRecord.count({ where: { state: 'excluded', reason } })).toBe(1234)
    expect(await stages.db.prisma.syncRecord.count({ where: { state: 'dead' } })).toBe(2)
  })

  const dieMany = () =>
    stages.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "diedAt")
       SELECT gen_random_uuid(), $1, 'product', n::text, 'dead', 'h', $2 FROM generate_series(1, 1234) n`,
      [shop.source.id, minutesAgo(5)],
    )

  it('goes through many, slice by slice, also when two do it at once', async () => {
    await dieMany()
    const twice = [1, 2].map(() => replayAll(dead(minutesAgo(60))))
    const [first, second] = await Promise.all(twice)
    expect(first! + second!).toBe(1234)
    expect(await stages.db.prisma.syncRecord.count({ where: { state: 'waiting' } })).toBe(1234)
  })

  it('ends after the slice in hand when it is told to, and the same command goes on', async () => {
    await dieMany()
    const all = dead(minutesAgo(60))
    const over = AbortSignal.abort()
    expect(await replayDead(stages.db, open(), all, now, over)).toEqual({ sent: 500, hasMore: true })
    expect(await replayDead(stages.db, open(), all, now)).toEqual({ sent: 734, hasMore: false })
  })
})

describe('a dismissal', () => {
  it('takes a dead letter off the list with the words of the person, until its content changes', async () => {
    const { id } = await rows.record(shop, { ...DEAD, lastError: 'No price.' })
    expect(await dismiss([id], '  It is twice\n there. ')).toEqual({ dismissed: [id], notDismissed: [] })
    expect(await read(id)).toMatchObject({
      state: 'excluded',
      reason: 'Dismissed: It is twice there.',
      dismissedHash: 'h',
      dueAt: null,
      lastError: 'No price.',
    })
  })

  it('is only for what is dead, and of this shop', async () => {
    const living = await rows.record(shop, { desiredHash: 'h' })
    const foreign = await rows.record(other, DEAD)
    const { notDismissed } = await dismiss([living.id, foreign.id, NOBODY], 'No.')
    expect(Object.fromEntries(notDismissed.map((one) => [one.id, one.why]))).toEqual({
      [living.id]: 'not_dead',
      [foreign.id]: 'missing',
      [NOBODY]: 'missing',
    })
    expect(await read(living.id)).toEqual(living)
    expect(await read(foreign.id)).toEqual(foreign)
  })

  it.each([
    ['REASON_MISSING', ' \n\t '],
    ['REASON_TOO_LONG', 'a'.repeat(301)],
    ['REASON_UNPRINTABLE', 'a\0b'],
    ['REASON_UNPRINTABLE', 'left\u202Eright'],
    ['REASON_UNPRINTABLE', '…'],
  ])('without a reason that a person can read is refused (%s)', async (code, reason) => {
    const record = await rows.record(shop, DEAD)
    await expect(dismiss([record.id], reason)).rejects.toMatchObject({ code })
    expect(await read(record.id)).toEqual(record)
  })

  it('is undone by sending the record again', async () => {
    const { id } = await rows.record(shop, DEAD)
    await dismiss([id], 'Too old.')
    expect(await replay([id])).toEqual({ sent: [id], notSent: [] })
    expect(await read(id)).toMatchObject({ state: 'waiting', reason: null, dismissedHash: null })
  })

  it('ends with the next content, and not with news that alters nothing', async () => {
    const intake = stages.intake()
    await install(stages.db, 'cups.myshopify.com')
    const say = (second: number, total: string) =>
      intake.accept(arrival('cups.myshopify.com', orderState('1', second, { total })))
    await say(1, '1.00')
    const { id } = await stages.db.prisma.syncRecord.findFirstOrThrow()
    await stages.db.query(`UPDATE "SyncRecord" SET "state" = 'dead', "dueAt" = NULL WHERE "id" = $1`, [id])
    const { id: shopId } = await stages.db.prisma.shop.findUniqueOrThrow({
      where: { domain: 'cups.myshopify.com' },
    })
    await dismiss([id], 'A test.', shopId)
    await say(2, '1.00')
    expect(await read(id)).toMatchObject({ state: 'excluded', reason: 'Dismissed: A test.' })
    await say(3, '2.00')
    expect(await read(id)).toMatchObject({ state: 'waiting', reason: null })
  })
})
