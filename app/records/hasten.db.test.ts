import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { RecordState } from '~/contracts/states'
import { hastenParents, hastenRetries, hastenYielded } from './hasten'

const NOW = new Date('2026-11-21T12:00:00Z')
const LATER = new Date('2026-11-21T13:00:00Z')
const BEFORE = new Date('2026-11-21T11:00:00Z')

let database: TestDatabase
let shop: ShopRows
let rows: ReturnType<typeof makeRows>

beforeAll(async () => {
  database = await createTestDatabase()
  rows = makeRows(database.db)
  shop = await rows.shop('tea.myshopify.com')
})
afterAll(() => database.drop())
beforeEach(() => database.db.query(`TRUNCATE "SyncRecord" CASCADE`))

const read = (id: string) => database.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })

describe('when the SaaS answers again', () => {
  const hasten = () => hastenRetries(database.db, shop.source.id, NOW)

  it('what would be tried later is due now, and has its hourly tries before it', async () => {
    const few = await rows.record(shop, { state: 'retrying', dueAt: LATER, attempts: 2 })
    const many = await rows.record(shop, { state: 'retrying', dueAt: LATER, attempts: 40 })
    await hasten()
    expect(await read(few.id)).toMatchObject({ state: 'retrying', dueAt: NOW, attempts: 2 })
    expect(await read(many.id)).toMatchObject({ state: 'retrying', dueAt: NOW, attempts: 6 })
  })

  it('what the SaaS asked for a time for, or lacks another record, is due when that is over', async () => {
    const between = new Date('2026-11-21T12:20:00Z')
    const asked = await rows.record(shop, {
      state: 'retrying',
      dueAt: LATER,
      attempts: 9,
      notBefore: between,
    })
    const past = await rows.record(shop, { state: 'retrying', dueAt: LATER, attempts: 9, notBefore: BEFORE })
    const lacking = await rows.record(shop, {
      state: 'retrying',
      dueAt: LATER,
      attempts: 9,
      notBefore: LATER,
    })
    await hasten()
    expect(await read(asked.id)).toMatchObject({ dueAt: between, attempts: 6 })
    expect(await read(past.id)).toMatchObject({ dueAt: NOW, attempts: 6 })
    expect(await read(lacking.id)).toEqual(lacking)
    const hastened = await read(asked.id)
    await hasten()
    expect(await read(asked.id)).toEqual(hastened)
  })

  it('nothing else changes', async () => {
    const others = [
      ...(await Promise.all(
        RecordState.options
          .filter((state) => state !== 'retrying')
          .map((state) => rows.record(shop, { state, dueAt: LATER, attempts: 3 })),
      )),
      await rows.record(shop, { state: 'retrying', dueAt: BEFORE, attempts: 40 }),
      await rows.record(await rows.shop('coffee.myshopify.com'), { state: 'retrying', dueAt: LATER }),
    ]
    await hasten()
    for (const before of others) expect(await read(before.id)).toEqual(before)
  })

  it('all of many are due, slice by slice', async () => {
    await database.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
       SELECT gen_random_uuid(), $1, 'order', n::text, 'retrying', $2 FROM generate_series(1, 2500) n`,
      [shop.source.id, LATER],
    )
    await hasten()
    expect(await database.db.prisma.syncRecord.count({ where: { dueAt: NOW } })).toBe(2_500)
  })
})

describe('when the SaaS wants a record first', () => {
  const hasten = (...externalIds: string[]) =>
    hastenParents(
      database.db,
      shop.source.id,
      externalIds.map((externalId) => ({ resource: 'product' as const, externalId })),
      NOW,
      NOW,
    )
  const product = (state: RecordState, dueAt: Date | null = LATER) =>
    rows.record(shop, {
      state,
      dueAt,
      externalId: 'p',
      desiredHash: 'hash',
      deliveredHash: 'hash',
      deliveredBodyHash: 'body',
      revision: 5n,
    })

  it.each(['waiting', 'held'] as const)('that is %s, it is due now', async (state) => {
    const { id } = await product(state)
    await hasten('p')
    expect(await read(id)).toMatchObject({ state, dueAt: NOW, revision: 5n, deliveredHash: null })
  })

  it('that it once took, it is sent anew, under a new revision', async () => {
    const { id } = await product('in_step', null)
    await hasten('p', 'p')
    expect(await read(id)).toMatchObject({
      state: 'waiting',
      dueAt: NOW,
      waitingSince: NOW,
      revision: BigInt(NOW.getTime()),
      deliveredHash: null,
      deliveredBodyHash: null,
    })
  })

  it.each(['delivering', 'retrying', 'dead', 'excluded', 'deleted'] as const)(
    'that is %s, it stays where it is',
    async (state) => {
      const before = await product(state)
      await hasten('p')
      expect(await read(before.id)).toEqual(before)
    },
  )

  it('that is not known, or only named by a hint, or of another shop, nothing happens', async () => {
    const named = await rows.record(shop, { state: 'waiting', externalId: 'p', desiredHash: null })
    const foreign = await rows.record(await rows.shop('milk.myshopify.com'), {
      state: 'waiting',
      externalId: 'p',
      desiredHash: 'hash',
    })
    await hasten()
    await hasten('p', 'unknown')
    expect([await read(named.id), await read(foreign.id)]).toEqual([named, foreign])
  })
})

describe('when nobody is to be let go first any more', () => {
  it('what gave way is due now, but not what waits for its missing parts', async () => {
    const soon = new Date(NOW.getTime() + 1_500)
    const waits = { state: 'waiting', dueAt: soon }
    const yielded = await rows.record(shop, { ...waits, waitingSince: BEFORE })
    const asking = await rows.record(shop, { ...waits, waitingSince: new Date(NOW.getTime() - 500) })
    await hastenYielded(database.db, shop.source.id, 15_000, NOW)
    expect(await read(yielded.id)).toMatchObject({ dueAt: NOW })
    expect(await read(asking.id)).toEqual(asking)
  })
})
