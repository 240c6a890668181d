import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { plansOf } from '../../tests/support/plans'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { countRecords } from './count-records'
import { sumCounts } from './sum-counts'

const going = new AbortController().signal
const WRITERS = [0, 1, 2]

let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let writers: pg.Client[]
let shops = 0

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
  writers = WRITERS.map(() => new pg.Client({ connectionString: test.url }))
  await Promise.all(writers.map((writer) => writer.connect()))
})
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.end()))
  await test.drop()
})

const newShop = () => rows.shop(`count-${(shops += 1)}.myshopify.com`)
const sum = () => sumCounts(test.db, going)
const counted = async (shop: ShopRows) => (await countRecords(test.db, [shop.source.id])).map(asText).sort()
const asText = (row: object) => JSON.stringify(Object.values(row))
const countRows = async (shop: ShopRows) =>
  (await test.db.prisma.recordCount.findMany({ where: { sourceConnectionId: shop.source.id } })).length

/** What counting the records themselves gives. */
async function inTruth(shop: ShopRows): Promise<string[]> {
  const found = await test.db.query(
    `SELECT "resource", CASE WHEN "state" = 'waiting' AND "desiredHash" IS NULL THEN 'unknown' ELSE "state" END AS "state",
            CASE "state" WHEN 'excluded' THEN COALESCE("reason", '') WHEN 'dead' THEN COALESCE("cause", '') ELSE '' END AS "reason", count(*)::float8 AS "count"
     FROM "SyncRecord" WHERE "sourceConnectionId" = $1 GROUP BY 1, 2, 3`,
    [shop.source.id],
  )
  return found.map(asText).sort()
}

describe('the counts of records', () => {
  const place = fc.record({
    state: fc.constantFrom('waiting', 'in_step', 'excluded', 'dead', 'deleted'),
    hash: fc.constantFrom(null, 'h'),
    reason: fc.constantFrom(null, 'Left out.', 'A test.'),
    cause: fc.constantFrom(null, '', 'C\nNo price.', 'D'),
  })
  const writer = fc.constantFrom(...WRITERS)
  const some = fc.integer({ min: 1, max: 3 })
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('insert' as const),
        writer,
        place,
        resource: fc.constantFrom('order', 'product'),
        some,
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), writer, place, some }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), writer, some }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('COMMIT' as const), writer }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('ROLLBACK' as const), writer }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('sum' as const), times: some }) },
  )
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

  /** Some of the records of a writer, each time others. */
  const CHOSEN = `"sourceConnectionId" = $1 AND "externalId" LIKE $2 AND hashtext("id"::text) % 3 < $3 - 1`

  async function take(shop: ShopRows, step: Step): Promise<unknown> {
    if (step.kind === 'sum') return Promise.all(Array.from({ length: step.times }, sum))
    const client = writers[step.writer]!
    if (step.kind === 'COMMIT' || step.kind === 'ROLLBACK') return client.query(`${step.kind}; BEGIN`)
    const chosen = [shop.source.id, `${step.writer}-%`, step.some]
    if (step.kind === 'delete') return client.query(`DELETE FROM "SyncRecord" WHERE ${CHOSEN}`, chosen)
    const { state, hash, reason, cause } = step.place
    if (step.kind === 'move')
      return client.query(
        `UPDATE "SyncRecord" SET "state" = $4, "desiredHash" = $5, "reason" = $6, "cause" = $7 WHERE ${CHOSEN}`,
        [...chosen, state, hash, reason, cause],
      )
    return client.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "reason", "cause")
       SELECT gen_random_uuid(), $1, $8, replace($2, '%', gen_random_uuid()::text), $4, $5, $6, $7 FROM generate_series(1, $3)`,
      [...chosen, state, hash, reason, cause, step.resource],
    )
  }

  it('equal what counting gives, after any interleaving of writes, deletions, rollbacks and sums, and nobody waits', async () => {
    const property = fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
      const shop = await newShop()
      for (const writer of writers) await writer.query('BEGIN')
      for (const step of steps) {
        // One after the other, so whoever waited for an open transaction would wait for ever.
        await take(shop, step)
        expect(await counted(shop)).toEqual(await inTruth(shop))
      }
      for (const writer of writers) await writer.query('COMMIT')
      expect(await counted(shop)).toEqual(await inTruth(shop))
      await sum()
      expect(await counted(shop)).toEqual(await inTruth(shop))
      expect(await countRows(shop)).toBe((await inTruth(shop)).length)
    })
    await fc.assert(property, { numRuns: 80 })
  }, 120_000)

  it('stay right while many write and several sum up at once', async () => {
    const shop = await newShop()
    const write = async (n: number) => {
      const { id } = await rows.record(shop, { externalId: String(n), state: 'waiting' })
      await test.db.query(`UPDATE "SyncRecord" SET "state" = 'delivering' WHERE "id" = $1`, [id])
      await test.db.query(`UPDATE "SyncRecord" SET "state" = 'in_step' WHERE "id" = $1`, [id])
    }
    await Promise.all(Array.from({ length: 200 }, (_, n) => (n % 10 === 0 ? sum() : write(n))))

    expect(await counted(shop)).toEqual(['["product","in_step","",180]'])
    await sum()
    expect(await countRows(shop)).toBe(1)
  })

  it('name no words of a person who dismissed', async () => {
    const shop = await newShop()
    await rows.record(shop, { state: 'excluded', reason: 'Dismissed: Ada said so.' })
    await rows.record(shop, { state: 'excluded', reason: 'Dismissed: Twice there.' })

    expect(await counted(shop)).toEqual(['["product","excluded","Dismissed by a person.",2]'])
  })

  it('cost a statement that changes none of them no row', async () => {
    const shop = await newShop()
    const { id } = await rows.record(shop, { state: 'waiting', desiredHash: 'h' })
    const before = await countRows(shop)

    await test.db.query(`UPDATE "SyncRecord" SET "desiredHash" = 'i', "reason" = 'Soon.' WHERE "id" = $1`, [
      id,
    ])
    await test.db.query(`DELETE FROM "SyncRecord" WHERE "id" = $1`, [randomUUID()])

    expect(await countRows(shop)).toBe(before)
  })

  it('go with their source connection, and with the table', async () => {
    const [gone, stays] = [await newShop(), await newShop()]
    for (const shop of [gone, stays]) await rows.record(shop)

    await test.db.prisma.shop.delete({ where: { id: gone.id } })
    await sum()
    expect([await countRows(gone), await countRows(stays)]).toEqual([0, 1])

    await test.db.query(`TRUNCATE "SyncRecord" CASCADE`)
    expect(await counted(stays)).toEqual([])
  })

  it('are read and summed up without a look at the records, and down an index', async () => {
    await test.db.query(
      `INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "difference", "isSum")
       SELECT gen_random_uuid(), 'order', 'in_step', 1, n % 50 <> 0 FROM generate_series(1, 20000) n`,
    )
    await test.db.query('ANALYZE "RecordCount"')
    const { source } = await newShop()

    const plans = await plansOf(test.db, (sql) => countRecords(sql, [source.id]))
    for (const plan of plans) expect(plan).not.toMatch(/SyncRecord|Seq Scan/)
    const summing = await plansOf(test.db, (sql) => sumCounts(sql, going))
    expect(summing.length).toBeGreaterThan(1)
    for (const plan of summing) expect(plan).not.toMatch(/SyncRecord/)
    expect(await sum()).toBe(400)
  })

  it('that waited for long are summed up slice by slice', async () => {
    const shop = await newShop()
    await test.db.query(
      `INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "difference")
       SELECT $1, 'order', 'in_step', 1 FROM generate_series(1, 25000)`,
      [shop.source.id],
    )
    expect(await sum()).toBe(25_000)
    expect(await counted(shop)).toEqual(['["order","in_step","",25000]'])
    expect(await countRows(shop)).toBe(1)
  })
})
