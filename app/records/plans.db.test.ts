import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { type Sql, type Transaction } from '~/db.server'
import { startAttempts } from './attempt-log'
import { alignHeld } from './align-held'
import { takeBack } from './take-back'
import { type ClaimedRecord, claimRecords } from './claim-records'
import { nextDue } from './find-due'
import { hastenParents, hastenRetries, hastenYielded } from './hasten'
import { sendAgain } from './send-again'
import { type Settled, type Settlement, settleRecords } from './settle-records'
import { findMisplaced } from '~/delivery/align-misplaced'
import { findDueShops } from '~/shops/find-due-shops'

const SHOP = 'tea.myshopify.com'
const ROWS = 20_000

let stages: Stages
let shopId: string
let source: string

/** A shop with many records: those of most states a few each, the most in step, and as many again due at once, as after an outage. */
beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  const connection = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  shopId = connection.shopId
  source = connection.id
  const { now } = stages.clock
  await stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash")
     SELECT gen_random_uuid(), $1, 'order', 'settled' || n, 'in_step', 'h' FROM generate_series(1, ${ROWS}) n`,
    [source],
  )
  await stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "dueAt")
     SELECT gen_random_uuid(), $1, 'product', 'due' || n,
            CASE n % 10 WHEN 0 THEN 'retrying' WHEN 1 THEN 'held' ELSE 'waiting' END, 'h',
            $2::timestamptz + CASE WHEN n % 10 = 0 THEN '1 hour' ELSE n * '-1 s'::interval END
     FROM generate_series(1, ${ROWS}) n`,
    [source, now],
  )
  await stages.db.query(
    `INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payloadSize", "receivedAt")
     SELECT gen_random_uuid(), $1::uuid, $1::text, 'd' || n, 'shopify', '${SHOP}', 't', 'changed', 1, $2 FROM generate_series(1, ${ROWS}) n`,
    [source, now],
  )
  await stages.db.query(
    `INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId", "startedAt", "action")
     SELECT gen_random_uuid(), $1, "id", "resource", 1, 1, 1, 't', $2, 'updated' FROM "SyncRecord"`,
    [source, now],
  )
  await stages.db.query('ANALYZE')
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

const claim = (sql: Sql, most: number, giveWayMs = 0) => {
  const claimIds = Array.from({ length: most }, () => randomUUID())
  return claimRecords(sql, { sourceConnectionId: source, claimIds, giveWayMs }, stages.clock.now)
}
const settle = (sql: Sql, held: ClaimedRecord[]) => {
  const settlement: Settlement = { kind: 'delivered', bodyHash: 'b', textHash: null, saasId: null }
  const attempt = {
    outcome: 'delivered',
    httpStatus: 200,
    code: null,
    detail: null,
    endedAt: stages.clock.now,
  } as const
  const settled: Settled[] = held.map(({ id, claimId, known, revision, generation }) => {
    return {
      recordId: id,
      claimId,
      known: () => known,
      sentHash: 'h',
      revision,
      generation,
      settlement,
      attempt,
    }
  })
  return settleRecords(sql, shopId, settled, stages.clock.now)
}
const start = (sql: Sql, held: ClaimedRecord[]) =>
  startAttempts(
    sql,
    held.map(({ id, claimId, revision, generation }) => ({
      id: claimId,
      sourceConnectionId: source,
      recordId: id,
      revision,
      generation,
      number: 1,
      traceId: 't',
      batchSize: 1,
      action: 'updated',
      startedAt: stages.clock.now,
    })),
  )

async function sendFiftyAgain(sql: Sql): Promise<void> {
  const rows = await stages.db.query<{ id: string }>(`SELECT "id" FROM "SyncRecord" LIMIT 50`)
  const ids = rows.map(({ id }) => id)
  await sendAgain(sql, { shopId, heldBecause: null }, ids, stages.clock.now)
}

it.each([
  ['asking when the next is due', (sql: Sql) => nextDue(sql, source)],
  ['finding the shops that have something due', (sql: Sql) => findDueShops(sql, stages.clock.now)],
  ['a claim of 16', (sql: Sql) => claim(sql, 16)],
  ['a claim of 50 under pressure', (sql: Sql) => claim(sql, 50, 15_000)],
  [
    'claiming, noting attempts and settling',
    async (sql: Sql) => {
      const { records } = await claim(sql, 50)
      expect(await start(sql, records)).toHaveProperty('size', 50)
      expect(await settle(sql, records)).toHaveProperty('size', 50)
    },
  ],
  ['hastening retries', (sql: Sql) => hastenRetries(sql, source, stages.clock.now)],
  ['hastening what gave way', (sql: Sql) => hastenYielded(sql, source, 15_000, stages.clock.now)],
  [
    'hastening parents',
    (sql: Sql) => {
      const parents = Array.from({ length: 20 }, (_, n) => ({
        resource: 'product' as const,
        externalId: `due${n}`,
      }))
      return hastenParents(sql, source, parents, stages.clock.now, stages.clock.now)
    },
  ],
  ['holding a slice', (sql: Sql) => alignHeld(sql, source, 'Paused.', stages.clock.now)],
  ['taking a slice back', (sql: Sql) => takeBack(sql, source, 'Paused.', stages.clock.now)],
  ['finding what is misplaced', (sql: Sql) => findMisplaced(sql, stages.clock.now)],
  ['sending again', (sql: Sql) => sendFiftyAgain(sql)],
  ['letting a slice go', (sql: Sql) => alignHeld(sql, source, null, stages.clock.now)],
])('%s reads no big table from end to end', async (_name, work) => {
  const plans = await plansOf(work)
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) expect(plan).not.toMatch(BIG_SCAN)
})

it('a claim walks the index of what is due backward, and stops at its limit, however much is due', async () => {
  const [plan = ''] = await plansOf((sql) => claim(sql, 16))
  expect(plan).toMatch(
    /Limit.*\n.*LockRows.*\n.*Index Scan Backward using "SyncRecord_sourceConnectionId_dueAt_idx" on "SyncRecord"/,
  )
  expect(plan.split('Limit')[1]!.split('Index Scan Backward')[0]).not.toContain('Sort')
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
