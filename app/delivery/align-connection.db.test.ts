import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { RecordState } from '~/contracts/states'
import { alignConnection } from './align-connection'

const NOW = new Date('2026-11-21T12:00:00Z')
const DUE = new Date('2026-11-21T11:00:00Z')

let database: TestDatabase
let shop: ShopRows

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await makeRows(database.db).shop('tea.myshopify.com')
})
afterAll(() => database.drop())
beforeEach(() => database.db.query(`TRUNCATE "SyncRecord" CASCADE`))

/** So many records in that state, all due since the same time. */
const records = (count: number, state: RecordState, dueAt: Date | null = DUE, of = shop) =>
  database.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
     SELECT gen_random_uuid(), $1, 'order', gen_random_uuid()::text, $2, $3 FROM generate_series(1, $4::int)`,
    [of.source.id, state, dueAt, count],
  )
const connect = (state: string, stateReason: string | null = null, pausedAt: Date | null = null) =>
  database.db.query(
    `UPDATE "SaasConnection" SET "state" = $2, "stateReason" = $3, "pausedAt" = $4 WHERE "shopId" = $1`,
    [shop.id, state, stateReason, pausedAt],
  )
const align = () => alignConnection(database.db, shop.id, NOW)
const states = () =>
  database.db.query(
    `SELECT "state", "reason", "dueAt", count(*)::int AS count FROM "SyncRecord" GROUP BY 1, 2, 3 ORDER BY 1, 4`,
  )

it('what waits is held with the reason while nothing may be sent, all of many, and keeps when it is due', async () => {
  await records(2_300, 'waiting')
  await connect('refused', 'The key.')
  await align()
  expect(await states()).toEqual([{ state: 'held', reason: 'The key.', dueAt: DUE, count: 2_300 }])
})

it('what was held waits again when it may be sent', async () => {
  await records(2_300, 'held')
  await connect('connected')
  await align()
  expect(await states()).toEqual([{ state: 'waiting', reason: null, dueAt: DUE, count: 2_300 }])
})

it.each([
  ['paused by a person', 'connected', new Date(), 'held'],
  ['not connected', 'not_connected', null, 'held'],
  ['unreachable, which holds nothing', 'unreachable', null, 'waiting'],
] as const)('while the connection is %s', async (_name, state, pausedAt, expected) => {
  await records(2, 'waiting')
  await connect(state, state === 'connected' ? null : 'Why.', pausedAt)
  await align()
  expect(await states()).toMatchObject([{ state: expected, count: 2 }])
})

it('what does not wait for the connection stays as it is, and so does what waits for its content', async () => {
  for (const state of RecordState.options.filter((one) => one !== 'waiting' && one !== 'held'))
    // A call that is under way has its lease.
    await records(1, state, state === 'delivering' ? new Date('2026-11-21T12:00:01Z') : DUE)
  await records(1, 'waiting', null)
  const before = await states()
  await connect('refused', 'The key.')
  await align()
  expect(await states()).toEqual(before)
})

it('the records of another shop stay as they are', async () => {
  const other = await makeRows(database.db).shop('coffee.myshopify.com')
  await records(1, 'waiting', DUE, other)
  await connect('refused', 'The key.')
  await align()
  expect(await states()).toMatchObject([{ state: 'waiting', count: 1 }])
  await alignConnection(database.db, '00000000-0000-4000-8000-000000000000', NOW)
})

it('ends after the slice in hand when it is told to, and says that there is more', async () => {
  await records(2_300, 'waiting')
  await connect('refused', 'The key.')
  expect(await alignConnection(database.db, shop.id, NOW, { signal: AbortSignal.abort() })).toBe('more')
  expect(await states()).toMatchObject([
    { state: 'held', count: 1_000 },
    { state: 'waiting', count: 1_300 },
  ])
  expect(await align()).toBe('over')
  expect(await states()).toMatchObject([{ state: 'held', count: 2_300 }])
})

it('ends likewise while it hastens what was retried', async () => {
  await records(2_300, 'retrying', new Date('2026-11-21T13:00:00Z'))
  await connect('connected')
  const isDue = async () => await database.db.prisma.syncRecord.count({ where: { dueAt: NOW } })
  expect(await alignConnection(database.db, shop.id, NOW, { signal: AbortSignal.abort() })).toBe('more')
  expect(await isDue()).toBe(1_000)
  expect(await align()).toBe('over')
  expect(await isDue()).toBe(2_300)
})

it('looks at the connection before each slice, so that a change in the middle is not overrun', async () => {
  await records(3_000, 'waiting')
  await connect('refused', 'The key.')
  let slices = 0
  const query: typeof database.db.query = async (text, values) => {
    const rows = await database.db.query(text, values)
    if (text.includes('UPDATE "SyncRecord"') && ++slices === 1) await connect('connected')
    return rows as never
  }
  await alignConnection({ ...database.db, query }, shop.id, NOW)
  expect(await states()).toEqual([{ state: 'waiting', reason: null, dueAt: DUE, count: 3_000 }])
})

it('two at once that began before and after a change end, and end with what the connection is now', async () => {
  await records(3_000, 'waiting')
  await records(3_000, 'held')
  await connect('refused', 'The key.')
  const first = align()
  await connect('connected')
  await Promise.all([first, align(), align()])
  await align()
  expect(await states()).toEqual([{ state: 'waiting', reason: null, dueAt: DUE, count: 6_000 }])
})
