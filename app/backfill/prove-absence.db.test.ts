import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { plansOf, rowsReadBy } from '../../tests/support/plans'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { scriptRuns } from '../../tests/support/runs'
import { openStages, type Stages } from '../../tests/support/stages'
import { type ScriptedStore } from '../../tests/support/store'
import { countGone } from './count-gone'
import { findGone } from './find-gone'
import { findUnseen } from './find-unseen'
import { isKeptAmongGone } from './kept-records'
import { proveAbsence } from './prove-absence'
import { readRun, type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { type Sql } from '~/db.server'
import { recordIdOf } from '~/records/record-id'

const BEGAN = new Date('2026-11-21T12:00:00Z')
const RUN = '00000000-0000-7000-8000-000000000001'
const PAGE = { keys: 100, most: 40 }

let stages: Stages
let shop: ShopRows
let store: ScriptedStore
let ports: RunPorts

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  ;({ shop, store, ports } = await scriptRuns(stages, () => BEGAN))
})

/** A deep run that has read its exports, of a store with so many products; it missed each one whose number `missed` divides. */
async function plant(products: number, missed: number): Promise<void> {
  const { db } = stages
  await db.prisma.syncRun.create({
    data: {
      id: RUN,
      sourceConnectionId: shop.source.id,
      kind: 'deep-reconciliation',
      state: 'running',
      startedAt: BEGAN,
    },
  })
  await db.query(
    `INSERT INTO "SyncSlice" ("id", "runId", "sourceConnectionId", "ordinal", "resource", "state", "takenAt", "readRecords")
     SELECT gen_random_uuid(), $1, $2, n, (ARRAY['product', 'customer'])[n], 'finished', '2026-11-21T12:00:00.000000000Z', $3::int
     FROM generate_series(1, 2) n`,
    [RUN, shop.source.id, products - Math.floor(products / missed)],
  )
  const externalIds = Array.from({ length: products }, (_, n) => String(n + 1))
  await db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredAction", "createdAt", "updatedAt")
     SELECT n.id, $1, 'product', n.external, 'in_step', 'updated', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
     FROM unnest($2::uuid[], $3::text[]) AS n(id, external)`,
    [shop.source.id, externalIds.map((id) => recordIdOf(shop.source.id, 'product', id)), externalIds],
  )
  await db.query(
    `INSERT INTO "RunSighting" ("runId", "resource", "externalId") SELECT $1, 'product', n::text FROM generate_series(1, $2) n WHERE n % $3 <> 0`,
    [RUN, products, missed],
  )
  await db.query('ANALYZE "SyncRecord", "RunSighting"')
}

const readIt = async (): Promise<Run> => (await readRun(stages.db, RUN))!
const sightings = (isGone: boolean) => stages.db.prisma.runSighting.count({ where: { isGone } })

/** Goes on until every record is accounted for, as new workers do that know nothing. @returns in how many steps */
async function proveAll(): Promise<number> {
  for (let steps = 0; ; steps++) if (!(await proveAbsence(await readIt(), store, ports, PAGE))) return steps
}

it('a large resource is accounted for completely, in as many steps as it has pages', async () => {
  await plant(5_000, 1_000)
  store.put({ resource: 'product', externalId: '2000' })
  expect(await proveAll()).toBe(50)
  expect(await sightings(true)).toBe(4)
  expect(await sightings(false)).toBe(4_996)
  expect(store.questions.filter((question) => question.startsWith('fetch'))).toHaveLength(5)
  expect(await countGone(stages.db, await readIt())).toEqual([{ resource: 'product', gone: 4, held: 4_999 }])
})

it('of a page with more that was missed than is asked for at once, the rest comes next', async () => {
  await plant(500, 2)
  const steps = await proveAll()
  expect(steps).toBeLessThanOrEqual(250 / PAGE.most + 500 / PAGE.keys + 1)
  expect(await sightings(true)).toBe(250)
  expect(await sightings(false)).toBe(250)
})

it('whoever goes on begins where the last one ended, and again where the last one was torn away', async () => {
  await plant(300, 100)
  expect(await proveAbsence(await readIt(), store, ports, PAGE)).toBe(true)
  const { cursor } = await readIt()
  store.before = (question) => {
    if (question.startsWith('fetch')) throw new Error('killed')
  }
  await expect(proveAbsence(await readIt(), store, ports, PAGE)).rejects.toThrow('killed')
  expect((await readIt()).cursor).toBe(cursor)
  store.before = () => undefined
  await proveAll()
  expect(await sightings(true)).toBe(3)
})

it('what the run is given to read of another resource, once all is accounted for, is accounted for as well', async () => {
  await plant(10, 100)
  await proveAll()
  await makeRows(stages.db).record(shop, {
    resource: 'category',
    externalId: '5',
    createdAt: new Date('2026-01-01'),
  })
  expect(await proveAll()).toBe(0)
  await stages.db.query(
    `INSERT INTO "SyncSlice" ("id", "runId", "sourceConnectionId", "ordinal", "resource", "state", "takenAt")
     VALUES (gen_random_uuid(), $1, $2, 3, 'category', 'finished', '2026-11-21T12:00:00.000000000Z')`,
    [RUN, shop.source.id],
  )
  await proveAll()
  expect(store.questions).toContain('fetch category 5')
})

it('a step reads no more rows of a large resource than of a small one', async () => {
  const look = async () => {
    const run = await readIt()
    const find = (after: string) => rowsReadBy(stages.db, (sql) => findUnseen(sql, run, at(after), PAGE))
    return {
      first: await find(''),
      last: await find('97'),
      plans: await plansOf(stages.db, (sql) => findUnseen(sql, run, at(''), PAGE)),
    }
  }
  const at = (after: string) => ({ resource: 'product' as const, after })
  await plant(1_000, 50)
  const small = await look()
  await stages.db.query(`DELETE FROM "SyncRun"`)
  await stages.db.query(`DELETE FROM "SyncRecord"`)
  await plant(20_000, 50)
  const large = await look()

  expect(small.first).toBeGreaterThanOrEqual(PAGE.keys)
  for (const rows of [small.first, small.last, large.first, large.last])
    expect(rows).toBeLessThanOrEqual(PAGE.keys * 3)
  for (const plan of large.plans) {
    expect(plan).toMatch(/Index Scan using "SyncRecord_sourceConnectionId_resource_externalId_key"/)
    expect(plan).not.toMatch(/Seq Scan|Hash|Merge/)
  }
})

it('what is gone is found and counted among what is gone alone, however much the run has seen', async () => {
  const gone = 300
  await plant(20_000, 1_000_000)
  const some = `("runId", "resource", "externalId") IN (SELECT "runId", "resource", "externalId" FROM "RunSighting" ORDER BY "externalId" LIMIT $1)`
  await stages.db.query(`UPDATE "RunSighting" SET "isGone" = true WHERE ${some}`, [gone])
  await stages.db.query('VACUUM ANALYZE "RunSighting"')
  const run = await readIt()

  const found = await findGone(stages.db, RUN)
  expect(found).toMatchObject({ resource: 'product' })
  expect(found!.externalIds).toHaveLength(200)
  for (const work of [
    (sql: Sql) => countGone(sql, run),
    (sql: Sql) => findGone(sql, RUN),
    (sql: Sql) => isKeptAmongGone(sql, run),
  ]) {
    expect((await plansOf(stages.db, work)).join()).toContain('RunSighting_gone_idx')
    expect(await rowsReadBy(stages.db, work)).toBeLessThanOrEqual(gone * 2)
  }
})
