import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrival, at, install, openStages, queuedJobs, type Stages } from '../../tests/support/stages'
import { type News } from '~/contracts/news'
import { readSource } from '~/shops/read-source'
import { recomposeRecords } from './recompose-records'

const SHOP = 'tea.myshopify.com'
const COUNT = 230

let stages: Stages
let sourceConnectionId: string

const product = (id: number): News => ({
  kind: 'state',
  resource: 'product',
  externalId: String(id),
  action: 'updated',
  version: { updatedAt: at(1), triggeredAt: at(1) },
  updatedAt: at(1),
  parts: {
    core: id % 2 ? { name: 'Priced', variants: [{ external_id: '1', price: '1200.00' }] } : { name: 'Plain' },
  },
})

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
  const intake = stages.intake()
  await Promise.all(Array.from({ length: COUNT }, (_, id) => intake.accept(arrival(SHOP, product(id)))))
  sourceConnectionId = (await stages.db.prisma.sourceConnection.findFirstOrThrow()).id
  // As if the SaaS had taken everything.
  await stages.db.query(
    `UPDATE "SyncRecord" SET "state" = 'in_step', "dueAt" = NULL, "waitingSince" = NULL, "deliveredHash" = "desiredHash", "deliveredGeneration" = 1`,
  )
  await stages.db.query(`DELETE FROM pgboss.job`)
})
afterAll(() => stages.close())

const recompose = async () => {
  const source = await readSource(stages.db, sourceConnectionId)
  const { db, queue, sealer, clock } = stages
  await recomposeRecords('product', source!, { db, queue, sealer, now: clock.now })
}
const states = () =>
  stages.db.query(
    `SELECT "state", count(*)::int AS "count" FROM "SyncRecord" GROUP BY "state" ORDER BY "state"`,
  )

it('composing anew leaves alone what the SaaS would see no difference in', async () => {
  const before = await stages.db.prisma.syncRecord.findMany({
    orderBy: { id: 'asc' },
    omit: { updatedAt: true, known: true },
  })
  await recompose()
  expect(
    await stages.db.prisma.syncRecord.findMany({
      orderBy: { id: 'asc' },
      omit: { updatedAt: true, known: true },
    }),
  ).toEqual(before)
  expect(await queuedJobs(stages.db)).toEqual([])
})

it('sends every record, over all pages, in which the currency makes a difference', async () => {
  await stages.db.query(`UPDATE "Shop" SET "currency" = 'JPY'`)
  await recompose()
  expect(await states()).toEqual([{ state: 'waiting', count: COUNT }])
  expect(await queuedJobs(stages.db)).toHaveLength(COUNT)
})
