import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { untilOneWaits } from '../../tests/support/lock-wait'
import { type Sql } from '~/db.server'
import { DAY_MS } from '~/lib/time'
import { datePayloads } from './date-payloads'
import { forgetPayloads } from './forget-payloads'
import { KEEP_DAYS } from './keep-days'
import { retain } from './retain'

const going = new AbortController().signal

let stages: Stages
let rows: ReturnType<typeof makeRows>
let tea: ShopRows
let toys: ShopRows

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
  tea = await rows.shop('tea.myshopify.com')
  toys = await rows.shop('toys.myshopify.com')
})
beforeEach(async () => {
  for (const table of ['WebhookEvent', 'SyncRecord', 'SyncRun', 'DeliveryStatistic'])
    await stages.db.query(`DELETE FROM "${table}"`)
})
afterAll(() => stages.close())

const ago = (days: number) => new Date(stages.clock.now.getTime() - days * DAY_MS)
const run = (signal = going) => retain(stages.db, stages.clock.now, signal)

/** Writes so many events of a shop, or of a store that has not installed the app. */
async function events(shop: ShopRows | null, count: number, receivedAt: Date): Promise<void> {
  const store = shop?.domain ?? 'nobody.myshopify.com'
  await stages.db.query(
    `INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payloadSize", "receivedAt")
     SELECT gen_random_uuid(), $1::uuid, coalesce($1::text, $2), gen_random_uuid()::text, 'shopify', $2, 't', 'changed', 1, $3
     FROM generate_series(1, ${count})`,
    [shop?.source.id ?? null, store, receivedAt],
  )
}

async function attempts(shop: ShopRows, count: number, startedAt: Date): Promise<void> {
  const record = await rows.record(shop)
  await stages.db.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId", "startedAt", "action")
     SELECT gen_random_uuid(), $1, $2, 'product', 1, 1, 1, 't', $3, 'updated' FROM generate_series(1, ${count})`,
    [shop.source.id, record.id, startedAt],
  )
}

const left = async (table: string, time: string) =>
  stages.db.query(
    `SELECT round(extract(epoch FROM $1 - "${time}") / 86400)::int AS days, count(*)::int AS count
     FROM "${table}" GROUP BY 1 ORDER BY 1`,
    [stages.clock.now],
  )

describe('retention', () => {
  it('deletes old events of every shop and of stores without the app, slice by slice, and keeps the young', async () => {
    for (const shop of [tea, toys, null]) {
      await events(shop, 1_600, ago(KEEP_DAYS.events + 10))
      await events(shop, 7, ago(KEEP_DAYS.events - 1))
      await events(shop, 5, ago(0))
    }
    expect(await run()).toMatchObject({ events: 4_800 })
    expect(await left('WebhookEvent', 'receivedAt')).toEqual([
      { days: 0, count: 15 },
      { days: KEEP_DAYS.events - 1, count: 21 },
    ])
    expect(await run()).toMatchObject({ events: 0 })
  })

  it('deletes old attempts, and leaves their records alone', async () => {
    await attempts(tea, 1_500, ago(KEEP_DAYS.attempts + 1))
    await attempts(toys, 3, ago(KEEP_DAYS.attempts - 1))
    expect(await run()).toMatchObject({ attempts: 1_500 })
    expect(await left('SyncAttempt', 'startedAt')).toEqual([{ days: KEEP_DAYS.attempts - 1, count: 3 }])
    expect(await stages.db.prisma.syncRecord.count()).toBe(2)
  })

  it('deletes runs that ended long ago, and never one that still runs', async () => {
    const begun = { sourceConnectionId: tea.source.id, kind: 'backfill', startedAt: ago(KEEP_DAYS.runs + 1) }
    const [over, under, young] = ['a', 'b', 'c'].map((digit) => `0000000${digit}-0000-7000-8000-000000000000`)
    await stages.db.prisma.syncRun.createMany({
      data: [
        { ...begun, id: over!, state: 'finished', endedAt: ago(KEEP_DAYS.runs) },
        { ...begun, id: under!, state: 'running' },
        { ...begun, id: young!, state: 'failed', startedAt: ago(5), endedAt: ago(4) },
      ],
    })
    expect(await run()).toMatchObject({ runs: 1 })
    const kept = await stages.db.prisma.syncRun.findMany({ orderBy: { id: 'asc' } })
    expect(kept.map(({ id }) => id)).toEqual([under, young])
  })

  it('deletes the statistics of long ago', async () => {
    await stages.db.query(
      `INSERT INTO "DeliveryStatistic" SELECT s, $2::timestamptz - n * interval '1 hour', o, 1
       FROM unnest($1::uuid[]) s, generate_series(0, ${(KEEP_DAYS.statistics + 20) * 24 - 1}) n, unnest(ARRAY['delivered', 'unavailable']) o`,
      [[tea.source.id, toys.source.id], stages.clock.now],
    )
    // The hour that is exactly as old as can be stays.
    expect(await run()).toMatchObject({ statistics: 2 * 2 * (20 * 24 - 1) })
    const [{ oldest }] = (await stages.db.query<{ oldest: Date }>(
      `SELECT min("hour") AS oldest FROM "DeliveryStatistic"`,
    )) as [{ oldest: Date }]
    expect(oldest).toEqual(ago(KEEP_DAYS.statistics))
  })

  it('goes by what each shop wants kept', async () => {
    await stages.db.query(`UPDATE "Shop" SET "historyDays" = 7, "statisticDays" = 10 WHERE "id" = $1`, [
      toys.id,
    ])
    for (const shop of [tea, toys]) {
      await events(shop, 3, ago(8))
      await attempts(shop, 2, ago(8))
      await stages.db.query(`INSERT INTO "DeliveryStatistic" VALUES ($1, $2, 'delivered', 1)`, [
        shop.source.id,
        ago(11),
      ])
    }
    expect(await run()).toMatchObject({ events: 3, attempts: 2, statistics: 1 })
    const kept = await stages.db.prisma.webhookEvent.findMany({ distinct: ['store'] })
    expect(kept.map(({ store }) => store)).toEqual([tea.domain])
    await stages.db.query(`UPDATE "Shop" SET "historyDays" = DEFAULT, "statisticDays" = DEFAULT`)
  })

  it('forgets the bodies of webhooks by the next time where a shop wants them kept for less long, and not sooner again for longer', async () => {
    const { db, clock } = stages
    await install(db, 'spice.myshopify.com')
    const intake = stages.intake()
    const bodies = () =>
      db.prisma.webhookEvent.count({ where: { store: 'spice.myshopify.com', payload: { not: null } } })
    const keep = (days: number) =>
      db.query(`UPDATE "Shop" SET "payloadDays" = $1 WHERE "domain" = 'spice.myshopify.com'`, [days])
    await intake.accept(arrival('spice.myshopify.com', orderState('1', 1)))
    clock.tick(3 * DAY_MS)
    await intake.accept(arrival('spice.myshopify.com', orderState('2', 1)))
    await run()
    expect(await bodies()).toBe(2)

    await keep(2)
    await run()
    expect(await bodies()).toBe(1)
    await intake.accept(arrival('spice.myshopify.com', orderState('3', 1)))
    clock.tick(2 * DAY_MS)
    await run()
    expect(await bodies()).toBe(0)

    await intake.accept(arrival('spice.myshopify.com', orderState('4', 1)))
    await keep(30)
    await run()
    clock.tick(29 * DAY_MS)
    await run()
    expect(await bodies()).toBe(1)
    clock.tick(DAY_MS)
    await run()
    expect(await bodies()).toBe(0)
  })

  it('dates bodies in the order in which intake counts their duplicates, and forgets around it', async () => {
    const { db, clock } = stages
    await install(db, 'salt.myshopify.com')
    const intake = stages.intake()
    // The order of the keys is not that of the times, nor that of a language.
    for (const deliveryId of ['a', 'B']) {
      await intake.accept({ ...arrival('salt.myshopify.com', orderState(deliveryId, 1)), deliveryId })
      clock.tick(1_000)
    }
    const ofSalt = { store: 'salt.myshopify.com' }
    const again = (tx: Sql, deliveryId: string) =>
      tx.query(
        `UPDATE "WebhookEvent" SET "duplicates" = "duplicates" + 1 WHERE "store" = 'salt.myshopify.com' AND "deliveryId" = $1`,
        [deliveryId],
      )
    await db.query(`UPDATE "Shop" SET "payloadDays" = 2 WHERE "domain" = 'salt.myshopify.com'`)
    let dating = Promise.resolve()
    await db.transaction(async (tx) => {
      await again(tx, 'B')
      dating = datePayloads(db, clock.now, going)
      await untilOneWaits(db)
      await again(tx, 'a')
    })
    await dating

    const events = await db.prisma.webhookEvent.findMany({ where: ofSalt, orderBy: { receivedAt: 'asc' } })
    for (const { duplicates, receivedAt, payloadExpiresAt } of events)
      expect({ duplicates, payloadExpiresAt }).toEqual({
        duplicates: 1,
        payloadExpiresAt: new Date(receivedAt.getTime() + 2 * DAY_MS),
      })

    clock.tick(3 * DAY_MS)
    await db.transaction(async (tx) => {
      await again(tx, 'B')
      expect(await forgetPayloads(db, clock.now, going)).toBe(1)
    })
    expect(await forgetPayloads(db, clock.now, going)).toBe(1)
  })

  it('that is called off ends after the slice in hand, and goes on from there the next time', async () => {
    await events(tea, 2_500, ago(KEEP_DAYS.events + 1))
    const stopping = new AbortController()
    const watched: Sql = {
      query(text, values) {
        if (text.includes('DELETE') && Array.isArray(values?.[0])) stopping.abort()
        return stages.db.query(text, values)
      },
    }
    expect(await retain(watched, stages.clock.now, stopping.signal)).toMatchObject({ events: 1_000 })
    expect(await run()).toMatchObject({ events: 1_500 })
  })

  it('remembers a webhook for longer than its repetitions may come', async () => {
    expect(KEEP_DAYS.events).toBeGreaterThanOrEqual(7)

    await install(stages.db, tea.domain)
    const intake = stages.intake()
    const webhook = arrival(tea.domain, orderState('1', 1))
    expect(await intake.accept(webhook)).toMatchObject({ outcome: 'changed' })
    for (const days of [6, 1, KEEP_DAYS.events - 8]) {
      stages.clock.tick(days * DAY_MS)
      await run()
      expect(await intake.accept(webhook)).toMatchObject({ outcome: 'duplicate' })
    }

    // Forgotten, it is known by its version.
    stages.clock.tick(2 * DAY_MS)
    await run()
    const before = await stages.db.prisma.syncRecord.findFirstOrThrow()
    expect(['unchanged', 'outdated']).toContain((await intake.accept(webhook)).outcome)
    const after = await stages.db.prisma.syncRecord.findFirstOrThrow()
    expect({ ...after, updatedAt: before.updatedAt }).toEqual(before)
  })

  it('keeps for more than a year who saw personal data', async () => {
    const seen = (days: number) => {
      const id = uuid({ msecs: ago(days).getTime() })
      const who = { store: tea.domain, userId: '42', subject: 'event', subjectId: uuid() }
      return stages.db.prisma.personalDataView.create({ data: { id, ...who, shownAt: ago(days) } })
    }
    await seen(KEEP_DAYS.personalDataViews + 1)
    await seen(366)
    expect(await run()).toMatchObject({ views: 1 })
    expect(await stages.db.prisma.personalDataView.count()).toBe(1)
  })
})
