import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { type Sql, type Transaction } from '~/db.server'
import { claimRecord } from './claim-record'
import { findDue } from './find-due'
import { settleRecord } from './settle-record'

const SHOP = 'tea.myshopify.com'
const ROWS = 20_000

let stages: Stages
let ids: string[]

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  const { id: source } = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  await stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
     SELECT gen_random_uuid(), $1, 'order', 'x' || n, 'in_step', CASE WHEN n % 500 = 0 THEN $2::timestamptz END FROM generate_series(1, ${ROWS}) n`,
    [source, stages.clock.now],
  )
  await stages.db.query(
    `INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payloadSize", "receivedAt")
     SELECT gen_random_uuid(), $1::uuid, $1::text, 'd' || n, 'shopify', '${SHOP}', 't', 'changed', 1, $2 FROM generate_series(1, ${ROWS}) n`,
    [source, stages.clock.now],
  )
  await stages.db.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "revision", "generation", "number", "traceId", "startedAt", "action")
     SELECT gen_random_uuid(), $1, "id", 1, 1, 1, 't', $2, 'updated' FROM "SyncRecord"`,
    [source, stages.clock.now],
  )
  await stages.db.query('ANALYZE')
  ids = (await stages.db.query<{ id: string }>(`SELECT "id" FROM "SyncRecord" LIMIT 50`)).map(({ id }) => id)
})
afterAll(() => stages.close())

/** The plans of every statement that some work makes, as text. Nothing that it writes stays. */
async function plansOf(work: (sql: Sql) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  await stages.db
    .transaction(async (tx) => {
      await work({
        async query(text, values) {
          if (/^\s*(SELECT|INSERT|UPDATE|WITH)/.test(text)) {
            const lines = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
            plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
          }
          return tx.query(text, values)
        },
      })
      throw new Error('enough')
    })
    .catch((error: Error) => {
      if (error.message !== 'enough') throw error
    })
  return plans
}

const BIG_SCAN = /Seq Scan on "(SyncRecord|WebhookEvent|SyncAttempt)"/

it.each([
  ['finding what is due', (sql: Sql) => findDue(sql, stages.clock.now, 100)],
  ['a claim', (sql: Sql) => claimRecord(sql, ids[0]!, randomUUID(), stages.clock.now)],
  [
    'settling',
    (sql: Sql) =>
      settleRecord(
        sql,
        { recordId: ids[0]!, attemptId: randomUUID(), sentHash: 'h' },
        { kind: 'same', hash: 'h', bodyHash: 'b' },
        stages.clock.now,
      ),
  ],
])('%s reads no big table from end to end', async (_name, work) => {
  const plans = await plansOf(work)
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) expect(plan).not.toMatch(BIG_SCAN)
})

it('a batch of intake reads no big table from end to end', async () => {
  const plans: string[] = []
  const watched = {
    ...stages.db,
    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      let result: { value: T } | undefined
      const last: Promise<unknown>[] = []
      const inPlans = async (sql: Sql) => {
        result = { value: await work({ ...sql, last: (answers) => void last.push(answers) }) }
        await Promise.all(last)
      }
      plans.push(...(await plansOf(inPlans)))
      return result!.value
    },
  }
  const intake = stages.intake({ db: watched })
  await Promise.all(
    Array.from({ length: 60 }, (_, n) => intake.accept(arrival(SHOP, orderState(String(n), 2)))),
  )
  expect(plans.length).toBeGreaterThanOrEqual(6)
  for (const plan of plans) expect(plan).not.toMatch(BIG_SCAN)
})
