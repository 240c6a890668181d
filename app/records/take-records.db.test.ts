import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plansOf } from '../../tests/support/plans'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { type RecordContext } from '~/contracts/record-context'
import { readSource } from '~/shops/read-source'
import { takeRecords } from './take-records'

const SHOP = 'tea.myshopify.com'
const ROWS = 20_000

let stages: Stages
let context: RecordContext

/** A store that has just been read, or a database that was just upgraded: nothing is known of the table yet. */
beforeAll(async () => {
  stages = await openStages()
  const { db } = stages
  await db.query(`ALTER TABLE "SyncRecord" SET (autovacuum_enabled = false)`)
  await install(db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  const { id } = await db.prisma.sourceConnection.findFirstOrThrow()
  context = (await readSource(db, id))!
  await db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state")
     SELECT gen_random_uuid(), $1, 'order', 'other' || n, 'in_step' FROM generate_series(1, ${ROWS}) n`,
    [id],
  )
})
afterAll(() => stages.close())

it.each(['force_generic_plan', 'force_custom_plan'])(
  'taking records looks each up by its key, also in a table that was never analyzed: %s',
  async (mode) => {
    const news = orderState('2', 1)
    const batch = Array.from({ length: 25 }, () => {
      return { recordId: randomUUID(), context, externalId: news.externalId, news }
    })
    const [plan = '', ...others] = await plansOf(stages.db, async (sql) => {
      await sql.query(`SET LOCAL plan_cache_mode = ${mode}`)
      expect((await takeRecords(sql, batch)).map(({ isNew }) => isNew)).toEqual(batch.map(() => true))
    })
    expect(others).toEqual([])
    expect(plan.match(/\w+ Scan.* on "SyncRecord".*/g)).toMatchObject([
      expect.stringMatching(/^Index Scan using "SyncRecord_pkey"/),
    ])
  },
)
