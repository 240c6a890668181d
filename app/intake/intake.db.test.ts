import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrival,
  at,
  gone,
  hearDue,
  install,
  openStages,
  orderState,
  recordId,
  type Stages,
} from '../../tests/support/stages'
import { until } from '../../dev/until'
import { openDatabase } from '~/db.server'
import { type Intake } from './intake.server'

let stages: Stages
let intake: Intake

beforeAll(async () => {
  stages = await openStages()
  intake = stages.intake()
})
afterAll(() => stages.close())

let shops = 0
/** A shop of the test's own, installed. */
async function installed(): Promise<string> {
  const domain = `tea-${++shops}.myshopify.com`
  await install(stages.db, domain)
  return domain
}

const events = (store: string) =>
  stages.db.prisma.webhookEvent.findMany({ where: { store }, orderBy: { id: 'asc' } })
const record = async (store: string, externalId: string) =>
  stages.db.prisma.syncRecord.findUnique({
    where: { id: await recordId(stages.db, store, 'order', externalId) },
  })

describe('accepting a webhook', () => {
  it('commits the event and the record together, and tells the workers of the shop', async () => {
    const shop = await installed()
    let receipt: unknown
    const heard = await hearDue(stages, async () => {
      receipt = await intake.accept(arrival(shop, orderState('1', 10), { triggeredAt: at(10) }))
    })

    expect(receipt).toMatchObject({ outcome: 'changed' })
    const [event] = await events(shop)
    const id = await recordId(stages.db, shop, 'order', '1')
    expect(event).toMatchObject({
      recordId: id,
      outcome: 'changed',
      resource: 'order',
      externalId: '1',
      payloadSize: 8,
    })
    expect(stages.sealer.openText(event!.payload!, `event:${event!.id}`)).toBe('{"id":1}')
    expect(await record(shop, '1')).toMatchObject({
      state: 'waiting',
      desiredAction: 'updated',
      desiredUpdatedAt: at(10),
      dueAt: stages.clock.now,
      waitingSince: stages.clock.now,
    })
    const { id: shopId } = await stages.db.prisma.shop.findUniqueOrThrow({ where: { domain: shop } })
    expect(heard).toEqual([shopId])
  })

  it('leaves nothing behind when the transaction fails at its end', async () => {
    const shop = await installed()
    const queue = { ...stages.queue, send: () => Promise.reject(new Error('the queue is away')) }
    const failing = stages.intake({ queue })

    await expect(failing.accept(arrival(shop, orderState('1', 10)))).rejects.toMatchObject({
      code: 'INTAKE_UNAVAILABLE',
    })
    expect(await events(shop)).toEqual([])
    expect(await stages.db.prisma.shop.findUnique({ where: { domain: shop } })).toBeNull()
  })

  it.each([
    ['newer, with other content', orderState('1', 20, { total: '9.00' }), 'changed'],
    ['newer, with the same content', orderState('1', 20, { total: '10.00' }), 'unchanged'],
    ['older', orderState('1', 5), 'outdated'],
    ['a deletion', gone('order', '1', 20), 'changed'],
    ['an older deletion', gone('order', '1', 5), 'outdated'],
    [
      'a hint',
      { kind: 'hint', resource: 'order', externalId: '1', parts: ['core'], hintedAt: at(30) },
      'hint',
    ],
    [
      'a hint about another thing',
      { kind: 'hint', resource: 'product', externalId: null, parts: ['stock'], hintedAt: at(30) },
      'hint',
    ],
    ['ignored', { kind: 'ignored', reason: 'Nobody handles it.' }, 'ignored'],
    ['unmapped', { kind: 'unmapped', reason: 'It has no id.' }, 'unmapped'],
  ] as const)('notes what became of it: %s', async (_case, news, outcome) => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 10)))
    stages.clock.tick(1)
    expect(await intake.accept(arrival(shop, news as never))).toMatchObject({ outcome })
    expect((await events(shop))[1]).toMatchObject({ outcome })
  })

  it('tells an event of two records by its first', async () => {
    const shop = await installed()
    const merge = [
      { ...gone('customer', '1', 10), mergedIntoExternalId: '2' },
      { kind: 'hint', resource: 'customer', externalId: '2', parts: ['totals'], hintedAt: at(10) },
    ]
    expect(await intake.accept(arrival(shop, merge as never))).toMatchObject({ outcome: 'changed' })
    expect(await stages.db.prisma.syncRecord.count({ where: { source: { account: shop } } })).toBe(2)
    expect((await events(shop))[0]).toMatchObject({ externalId: '1' })
  })

  it('keeps a record that only a hint has named waiting, and tells nobody', async () => {
    const shop = await installed()
    const heard = await hearDue(stages, () =>
      intake.accept(
        arrival(shop, { kind: 'hint', resource: 'order', externalId: '1', parts: ['core'], hintedAt: at(1) }),
      ),
    )
    expect(heard).toEqual([])
    expect(await record(shop, '1')).toMatchObject({ state: 'waiting', dueAt: null, desiredHash: null })
  })

  it('of a shop that is not installed keeps the event and makes no record', async () => {
    expect(await intake.accept(arrival('gone.myshopify.com', orderState('1', 10)))).toMatchObject({
      outcome: 'not_installed',
    })
    expect(await events('gone.myshopify.com')).toMatchObject([
      { outcome: 'not_installed', recordId: null, origin: 'gone.myshopify.com' },
    ])
    expect(await stages.db.prisma.shop.findUnique({ where: { domain: 'gone.myshopify.com' } })).toBeNull()
  })
})

describe('a redelivery', () => {
  it('changes nothing but how often the event came again', async () => {
    const shop = await installed()
    const first = arrival(shop, orderState('1', 10))
    await intake.accept(first)
    const before = await record(shop, '1')
    const [event] = await events(shop)
    expect(event).toMatchObject({ duplicates: 0, lastDuplicateAt: null })

    stages.clock.tick(1000)
    expect(await intake.accept(first)).toEqual({ outcome: 'duplicate' })
    expect(await record(shop, '1')).toEqual(before)
    expect(await events(shop)).toEqual([{ ...event, duplicates: 1, lastDuplicateAt: stages.clock.now }])
    await Promise.all([intake.accept(first), intake.accept(arrival(shop, orderState('2', 10)))])
    expect((await events(shop)).map(({ duplicates }) => duplicates)).toEqual([2, 0])
  })

  it('makes no row for a redelivery whose record was erased meanwhile', async () => {
    const shop = await installed()
    const news = arrival(shop, orderState('1', 10))
    await intake.accept(news)
    await stages.db.prisma.syncRecord.deleteMany({ where: { externalId: '1', source: { account: shop } } })

    expect(await intake.accept(news)).toEqual({ outcome: 'duplicate' })
    expect(await record(shop, '1')).toBeNull()
    expect(await intake.accept(arrival(shop, orderState('1', 10)))).toMatchObject({ outcome: 'changed' })
  })

  it('in the same batch is written once', async () => {
    const shop = await installed()
    const twin = arrival(shop, orderState('1', 10))
    const receipts = await Promise.all([twin, twin, twin].map((item) => intake.accept(item)))
    expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'duplicate', 'duplicate'])
    expect(await events(shop)).toMatchObject([{ duplicates: 2, lastDuplicateAt: stages.clock.now }])
  })

  it('to two processes at once is written once', async () => {
    const shop = await installed()
    const others = [stages.intake(), stages.intake()]
    for (let round = 1; round <= 20; round++) {
      const twin = arrival(shop, orderState('1', round))
      const receipts = await Promise.all(others.map((other) => other.accept(twin)))
      expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'duplicate'])
    }
    expect((await events(shop)).map(({ duplicates }) => duplicates)).toEqual(Array(20).fill(1))
  })

  it('of an uninstallation changes nothing, although the shop has no session by then', async () => {
    const shop = await installed()
    const uninstalled = arrival(
      shop,
      { kind: 'uninstalled', triggeredAt: at(10) },
      { topic: 'app/uninstalled' },
    )
    await intake.accept(uninstalled)
    const connection = () => stages.db.prisma.saasConnection.findFirst({ where: { shop: { domain: shop } } })
    const before = await connection()
    stages.clock.tick(1000)
    await intake.accept(uninstalled)
    expect(await connection()).toEqual(before)
  })
})

describe('many at once', () => {
  it('lose nothing and end in the newest state, from two processes in any order', async () => {
    const shop = await installed()
    const news = Array.from({ length: 400 }, (_, index) =>
      orderState(String(index % 25), 1 + Math.floor(index / 25)),
    )
    const [shuffled] = fc.sample(fc.shuffledSubarray(news, { minLength: news.length }), {
      numRuns: 1,
      seed: 7,
    })
    const others = [stages.intake(), stages.intake()]
    const receipts = await Promise.all(
      shuffled!.map((item, index) => others[index % 2]!.accept(arrival(shop, item))),
    )

    expect(receipts).toHaveLength(400)
    expect(await events(shop)).toHaveLength(400)
    const records = await stages.db.prisma.syncRecord.findMany({ where: { source: { account: shop } } })
    expect(records).toHaveLength(25)
    expect(new Set(records.map(({ desiredUpdatedAt }) => desiredUpdatedAt))).toEqual(new Set([at(16)]))
    expect(new Set(records.map(({ desiredHash }) => desiredHash)).size).toBe(25)
  })

  it('begin anew where somebody makes the record at the same moment, and fold into what they made', async () => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 1)))
    const id = await recordId(stages.db, shop, 'order', '2')
    let accepting: Promise<unknown> = Promise.resolve()
    await stages.db.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "revision")
         SELECT $1, "sourceConnectionId", "resource", '2', 'waiting', 9000000000000 FROM "SyncRecord" WHERE "id" = $2`,
        [id, await recordId(stages.db, shop, 'order', '1')],
      )
      const together = ['1', '2', '3'].map((each) => intake.accept(arrival(shop, orderState(each, 2))))
      accepting = Promise.all(together)
      await until('it waits for who was faster', async () => (await waitingForALock()).length > 0)
    })

    expect(await accepting).toMatchObject(Array.from({ length: 3 }, () => ({ outcome: 'changed' })))
    expect(await events(shop)).toHaveLength(4)
    for (const each of ['1', '2', '3'])
      expect(await record(shop, each)).toMatchObject({ desiredUpdatedAt: at(2) })
    expect(await record(shop, '2')).toMatchObject({ revision: 9_000_000_000_001n })
  })
  const waitingForALock = () =>
    stages.db.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )

  it('do not deadlock when their shops are new and say something of themselves, too', async () => {
    const names = await Promise.all(Array.from({ length: 8 }, installed))
    const lifecycle = (shop: string, round: number) =>
      arrival(
        shop,
        { kind: 'shop', name: `Round ${round}`, currency: round % 2 ? 'EUR' : 'JPY' },
        { topic: 'shop/update' },
      )
    const others = [stages.intake(), stages.intake()]
    const arrivals = Array.from({ length: 10 }, (_, round) =>
      names.flatMap((shop) => [lifecycle(shop, round), arrival(shop, orderState('1', round))]),
    ).flat()
    await Promise.all(arrivals.map((item, index) => others[index % 3 === 0 ? 1 : 0]!.accept(item)))
    await Promise.all([...arrivals].reverse().map((item) => others[1]!.accept(item)))

    const connections = await stages.db.prisma.saasConnection.findMany({
      where: { shop: { domain: { in: names } } },
    })
    expect(connections.map(({ generation }) => generation)).toEqual(names.map(() => 1))
  })
})

describe('a poisonous event', () => {
  it.each([
    ['a NUL in its id', orderState('1\u0000', 10), '22021'],
    ['an id too long for an index', orderState(randomBytes(5_000).toString('hex'), 10), '54000'],
    [
      'money that is none',
      {
        ...orderState('1', 10),
        resource: 'product',
        parts: { core: { variants: [{ external_id: '1', price: 'dear' }] } },
      },
      'RangeError',
    ],
  ])('with %s is kept with the reason, and does not fail its neighbours', async (_case, poison, code) => {
    const shop = await installed()
    const receipts = await Promise.all(
      [orderState('7', 10), poison, orderState('8', 10)].map((news) =>
        intake.accept(arrival(shop, news as never)),
      ),
    )
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['changed', 'unmapped', 'changed'])
    expect((await events(shop)).map(({ detail }) => detail)).toContain(
      `What it says could not be stored (${code}).`,
    )
  })

  it('of a record whose stored state cannot be opened is kept, and does not fail its neighbours', async () => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 10)))
    const id = await recordId(stages.db, shop, 'order', '1')
    await stages.db.query(`UPDATE "SyncRecord" SET "known" = '\\x00' WHERE "id" = $1`, [id])
    const receipts = await Promise.all(
      [orderState('1', 11), orderState('2', 11)].map((news) => intake.accept(arrival(shop, news))),
    )
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['unmapped', 'changed'])
  })

  it('of a record whose row has another id than its key gives is kept, and does not fail its neighbours', async () => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 10)))
    const id = await recordId(stages.db, shop, 'order', '1')
    await stages.db.query(`UPDATE "SyncRecord" SET "id" = $2 WHERE "id" = $1`, [id, randomUUID()])
    const receipts = await Promise.all(
      [orderState('1', 11), orderState('2', 11)].map((news) => intake.accept(arrival(shop, news))),
    )
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['unmapped', 'changed'])
  })

  it('that cannot be kept at all is refused, and its neighbours are not', async () => {
    const shop = await installed()
    const settled = await Promise.allSettled([
      intake.accept(arrival(shop, orderState('1', 10), { topic: 'orders/\u0000' })),
      intake.accept(arrival(shop, orderState('2', 10))),
    ])
    expect(settled).toMatchObject([
      { status: 'rejected', reason: { code: 'INTAKE_UNAVAILABLE' } },
      { status: 'fulfilled' },
    ])
  })
})

describe('when it cannot commit', () => {
  it('refuses at once what comes when too many wait', async () => {
    const shop = await installed()
    const settled = await Promise.allSettled(
      Array.from({ length: 2_300 }, (_, index) => intake.accept(arrival(shop, orderState(String(index), 1)))),
    )
    const refused = settled.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]).toMatchObject({
      reason: { code: 'INTAKE_UNAVAILABLE', message: 'Too many webhooks wait for their commit.' },
    })
    expect(await events(shop)).toHaveLength(2_300 - refused.length)
  })

  it('says so when the database does not exist', async () => {
    const nowhere = openDatabase(stages.url.replace(/\/[^/]*$/, `/nowhere_${randomUUID().slice(0, 8)}`))
    const away = stages.intake({ db: nowhere })
    await expect(away.accept(arrival('tea.myshopify.com', orderState('1', 1)))).rejects.toMatchObject({
      code: 'INTAKE_UNAVAILABLE',
    })
    await nowhere.close()
  })

  it('says so while the database is away, has written nothing by half, and goes on when it is back', async () => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 1)))
    await stages.lock()
    const during = arrival(shop, orderState('1', 2))
    await expect(intake.accept(during)).rejects.toMatchObject({ code: 'INTAKE_UNAVAILABLE' })
    await stages.unlock()

    expect(await record(shop, '1')).toMatchObject({ desiredUpdatedAt: at(1) })
    expect(await intake.accept(during)).toMatchObject({ outcome: 'changed' })
    expect(await record(shop, '1')).toMatchObject({ desiredUpdatedAt: at(2) })
  })

  it('says so while the sender still listens, when somebody else holds the record for longer than that', async () => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 1)))
    const later = arrival(shop, orderState('1', 2))
    await stages.db.transaction(async (tx) => {
      await tx.query(`SELECT "id" FROM "SyncRecord" WHERE "id" = $1 FOR UPDATE`, [
        await recordId(stages.db, shop, 'order', '1'),
      ])
      await expect(intake.accept(later)).rejects.toMatchObject({
        code: 'INTAKE_UNAVAILABLE',
        cause: { code: '57014' },
      })
    })
    expect(await events(shop)).toHaveLength(1)
    expect(await intake.accept(later)).toMatchObject({ outcome: 'changed' })
  })

  it('refuses only what is about the record that somebody else holds, and takes its neighbours', async () => {
    const shop = await installed()
    await intake.accept(arrival(shop, orderState('1', 1)))
    const settled = await stages.db.transaction(async (tx) => {
      await tx.query(`SELECT "id" FROM "SyncRecord" WHERE "id" = $1 FOR UPDATE`, [
        await recordId(stages.db, shop, 'order', '1'),
      ])
      const together = ['1', '7', '1', '8'].map((id) => intake.accept(arrival(shop, orderState(id, 2))))
      return Promise.allSettled(together)
    })
    expect(settled).toMatchObject([
      { reason: { code: 'INTAKE_UNAVAILABLE' } },
      { value: { outcome: 'changed' } },
      { reason: { code: 'INTAKE_UNAVAILABLE' } },
      { value: { outcome: 'changed' } },
    ])
    expect(await events(shop)).toHaveLength(3)
    expect(await record(shop, '1')).toMatchObject({ desiredUpdatedAt: at(1) })
  })

  it('is idle when everything is committed or refused', async () => {
    const shop = await installed()
    const accepted = Promise.all(
      Array.from({ length: 150 }, (_, index) => intake.accept(arrival(shop, orderState(String(index), 1)))),
    )
    await intake.idle()
    expect(await events(shop)).toHaveLength(150)
    await accepted
  })
})
