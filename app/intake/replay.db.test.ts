import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrival, at, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { type News } from '~/contracts/news'
import { mapStored } from '~/sources/shopify/map-stored'
import { replayEvent, type ReplayOptions } from './replay-event'
import { replayEvents } from './replay-events'

const SHOP = 'tea.myshopify.com'
const OTHER = 'coffee.myshopify.com'
const NOBODY = '00000000-0000-7000-8000-000000000000'
const UNMAPPED: News = { kind: 'unmapped', reason: 'The price is no price.' }

let stages: Stages
let number = 0

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await install(stages.db, SHOP)
  await install(stages.db, OTHER)
})

const options = (map: ReplayOptions['map']): ReplayOptions => {
  const { db, queue, sealer, logger, clock } = stages
  const defaults = {
    kind: 'built_in',
    address: null,
    dialect: 'unified',
    piiPolicy: 'minimal',
    state: 'connected',
    stateReason: null,
  } as const
  const issueReceiverKey = (store: string) => Promise.resolve(`key of ${store}`)
  return { db, queue, sealer, logger, clock: () => clock.now, defaults, issueReceiverKey, map }
}
/** A mapper that has learned to read orders. */
const learned: ReplayOptions['map'] = (_event, body) => {
  const { id, second } = JSON.parse(Buffer.from(body).toString()) as { id: number; second: number }
  return [orderState(String(id), second)]
}
const shopId = async (domain = SHOP) =>
  (await stages.db.prisma.shop.findUniqueOrThrow({ where: { domain } })).id
const event = (id: string) => stages.db.prisma.webhookEvent.findUniqueOrThrow({ where: { id } })
const arrive = async (body: string, store = SHOP, news: News = UNMAPPED) => {
  const deliveryId = `delivery-${++number}`
  await stages
    .intake()
    .accept(arrival(store, news, { deliveryId, body: Buffer.from(body), triggeredAt: at(1) }))
  return (await stages.db.prisma.webhookEvent.findFirstOrThrow({ where: { deliveryId } })).id
}
const replay = async (id: string, map = learned, domain = SHOP) =>
  replayEvent(await shopId(domain), id, options(map))

describe('a replay of an event', () => {
  it('does what intake would have done, had the mapper known', async () => {
    const id = await arrive('{"id":7,"second":5}')
    stages.clock.tick(60_000)
    expect(await replay(id)).toEqual({ outcome: 'changed', detail: null })
    const [record] = await stages.db.prisma.syncRecord.findMany()
    expect(record).toMatchObject({
      externalId: '7',
      state: 'waiting',
      dueAt: stages.clock.now,
      desiredUpdatedAt: at(5),
    })
    expect(await event(id)).toMatchObject({
      outcome: 'changed',
      detail: null,
      replayedAt: stages.clock.now,
      resource: 'order',
      externalId: '7',
      recordId: record!.id,
    })
    expect((await event(id)).payload).not.toBeNull()
    expect(await stages.db.prisma.webhookEvent.count()).toBe(1)
  })

  it('never puts an older state over a newer one', async () => {
    const id = await arrive('{"id":7,"second":5}')
    await stages.intake().accept(arrival(SHOP, orderState('7', 9)))
    expect(await replay(id)).toMatchObject({ outcome: 'outdated' })
    expect(await stages.db.prisma.syncRecord.findMany()).toMatchObject([{ desiredUpdatedAt: at(9) }])
  })

  it('of what is still not understood says why now, and when it was tried', async () => {
    const id = await arrive('{"id":7,"second":5}')
    stages.clock.tick(1000)
    const reason = 'The total is no amount.'
    expect(await replay(id, () => [{ kind: 'unmapped', reason }])).toEqual({
      outcome: 'unmapped',
      detail: reason,
    })
    expect(await event(id)).toMatchObject({
      outcome: 'unmapped',
      detail: reason,
      replayedAt: stages.clock.now,
    })
    expect(await replay(id)).toMatchObject({ outcome: 'changed' })
  })

  it('of what cannot be stored keeps it unmapped, with the reason', async () => {
    const id = await arrive('{"id":7}')
    const tooLong: ReplayOptions['map'] = () => [orderState(randomBytes(10_000).toString('hex'), 1)]
    expect(await replay(id, tooLong)).toMatchObject({ outcome: 'unmapped' })
    expect((await event(id)).detail).toMatch(/could not be stored \(54/)
  })

  it('acts on what is not about a record, too', async () => {
    const id = await arrive('{}')
    expect(await replay(id, () => [{ kind: 'shop', name: 'Tea' }])).toMatchObject({ outcome: 'handled' })
    expect(await stages.db.prisma.shop.findUnique({ where: { domain: SHOP } })).toMatchObject({ name: 'Tea' })
  })

  it('happens once, also when two ask for it at once', async () => {
    const id = await arrive('{"id":7,"second":5}')
    const both = await Promise.allSettled([replay(id), replay(id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await stages.db.prisma.syncRecord.count()).toBe(1)
  })

  it.each([
    ['that is not there', 'EVENT_MISSING', () => Promise.resolve(NOBODY)],
    ["of another shop's", 'EVENT_MISSING', () => arrive('{"id":7}', OTHER)],
    ['that was understood', 'EVENT_MAPPED', () => arrive('{}', SHOP, orderState('1', 1))],
    [
      'whose payload is forgotten',
      'PAYLOAD_FORGOTTEN',
      async () => {
        const id = await arrive('{"id":7}')
        await stages.db.query(`UPDATE "WebhookEvent" SET "payload" = NULL WHERE "id" = $1`, [id])
        return id
      },
    ],
    [
      'that cannot be opened',
      'SEAL_BROKEN',
      async () => {
        const id = await arrive('{"id":7}')
        await stages.db.query(`UPDATE "WebhookEvent" SET "payload" = 'nothing' WHERE "id" = $1`, [id])
        return id
      },
    ],
    [
      'of a shop that is not installed any more',
      'SHOP_NOT_INSTALLED',
      async () => {
        const id = await arrive('{"id":7}')
        await stages.db.query(`DELETE FROM "Session"`)
        return id
      },
    ],
  ])('%s is refused, and nothing is changed (%s)', async (_name, code, make) => {
    await arrive('{}')
    const id = await make()
    const before = await stages.db.prisma.webhookEvent.findMany({ orderBy: { id: 'asc' } })
    await expect(replay(id)).rejects.toMatchObject({ code })
    expect(await stages.db.prisma.webhookEvent.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
  })
})

describe('a replay of all events since a time', () => {
  const all = async (map = learned, since = new Date(0), signal?: AbortSignal) => {
    const { id: sourceConnectionId } = await stages.db.prisma.sourceConnection.findFirstOrThrow({
      where: { account: SHOP },
    })
    return replayEvents(
      { shopId: await shopId(), sourceConnectionId, since, until: stages.clock.now },
      options(map),
      signal,
    )
  }

  it('ends after the event in hand when it is told to, and goes on with the next', async () => {
    const ids = []
    for (let n = 1; n <= 3; n++) {
      ids.push(await arrive(`{"id":${n},"second":1}`))
      stages.clock.tick(1_000)
    }
    const over = new AbortController()
    const first: ReplayOptions['map'] = (stored, body) => {
      over.abort()
      return learned(stored, body)
    }
    const { next, ...counts } = await all(first, new Date(0), over.signal)
    expect(counts).toEqual({ mapped: 1, unmapped: 0 })
    expect(next).toEqual((await event(ids[1]!)).receivedAt)
    expect(await all(learned, next!)).toEqual({ mapped: 2, unmapped: 0, next: null })
  })

  it('replays those, in their order, and says how many were understood', async () => {
    const early = await arrive('{"id":1,"second":1}')
    stages.clock.tick(60_000)
    const since = stages.clock.now
    const late = await arrive('{"id":2,"second":1}')
    const broken = await arrive('not json')
    const foreign = await arrive('{"id":3,"second":1}', OTHER)
    const tolerant: ReplayOptions['map'] = (stored, body) =>
      body.toString().startsWith('not') ? [UNMAPPED] : learned(stored, body)
    expect(await all(tolerant, since)).toEqual({ mapped: 1, unmapped: 1, next: null })
    expect(await event(late)).toMatchObject({ outcome: 'changed' })
    expect(await event(broken)).toMatchObject({ outcome: 'unmapped', replayedAt: stages.clock.now })
    for (const id of [early, foreign])
      expect(await event(id)).toMatchObject({ outcome: 'unmapped', replayedAt: null })
  })

  it('passes by what cannot be replayed, and goes on', async () => {
    const lost = await arrive('{"id":1,"second":1}')
    await stages.db.query(`UPDATE "WebhookEvent" SET "payload" = 'nothing' WHERE "id" = $1`, [lost])
    await arrive('{"id":2,"second":1}')
    expect(await all()).toEqual({ mapped: 1, unmapped: 0, next: null })
  })

  it('goes on where it ended when there is more than one look finds', async () => {
    await arrive('{"id":1,"second":1}')
    const { sourceConnectionId } = await stages.db.prisma.webhookEvent.findFirstOrThrow()
    await stages.db.query(
      `INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payloadSize", "receivedAt")
       SELECT gen_random_uuid(), $1, 'o', n::text, 'shopify', $2, 'orders/updated', 'changed', 2, $3::timestamptz + n * interval '1 ms'
       FROM generate_series(1, 6000) n`,
      [sourceConnectionId, SHOP, stages.clock.now],
    )
    stages.clock.tick(10_000)
    await arrive('{"id":2,"second":1}')
    expect(await all()).toEqual({ mapped: 2, unmapped: 0, next: null })
  })
})

describe('the mapper of Shopify, of what was stored', () => {
  it('reads the bytes and the trigger time as they came', () => {
    const stored = { topic: 'products/delete', triggeredAt: '2026-11-21T10:00:30.120000000Z' }
    expect(mapStored(Buffer.from('\uFEFF{"id":820982911946154508}'), stored)).toMatchObject([
      { kind: 'deletion', externalId: '820982911946154508', deletedAt: '2026-11-21T10:00:30.12Z' },
    ])
    expect(mapStored(Buffer.from('{'), stored)).toEqual([
      { kind: 'unmapped', reason: 'The body is not JSON.' },
    ])
    expect(mapStored(Buffer.from('['.repeat(200_000)), stored)).toMatchObject([{ kind: 'unmapped' }])
    expect(mapStored(Buffer.from('{}'), { topic: 'nobody/knows', triggeredAt: null })).toMatchObject([
      { kind: 'ignored' },
    ])
  })
})
