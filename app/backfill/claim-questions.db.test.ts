import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { plansOf } from '../../tests/support/plans'
import { makeRows } from '../../tests/support/rows'
import { claimQuestions, dropQuestions, nextQuestionAt, postponeQuestions } from './claim-questions'
import { sweepQuestions } from './sweep-questions'

const NOW = new Date('2026-11-21T12:00:00Z')
const MANY = 20_000

let database: TestDatabase
let source: string

beforeAll(async () => {
  database = await createTestDatabase()
  const rows = makeRows(database.db)
  const shops = await Promise.all(['tea', 'toys', 'tools'].map((name) => rows.shop(`${name}.myshopify.com`)))
  source = shops[0]!.source.id
  await database.db.query(
    `INSERT INTO "Question" ("sourceConnectionId", "kind", "externalId", "askAt")
     SELECT ($1::uuid[])[1 + n % 3], (ARRAY['customer', 'product'])[1 + n % 2], n::text, $2::timestamptz - n * interval '1 second'
     FROM generate_series(1, ${MANY}) n`,
    [shops.map((shop) => shop.source.id), NOW],
  )
  await database.db.query('ANALYZE "Question"')
})
afterAll(() => database.drop())

it('however much is to be asked, no step reads all of it', async () => {
  const plans = await plansOf(database.db, async (sql) => {
    await sweepQuestions(sql, NOW)
    await nextQuestionAt(sql, source)
    const set = (await claimQuestions(sql, source, 'customer', NOW))!
    const [first, ...rest] = set.questions.map(({ externalId }) => externalId)
    await postponeQuestions(sql, set, [{ externalId: first!, askAt: NOW }])
    await dropQuestions(sql, set, rest)
  })
  expect(plans.length).toBeGreaterThanOrEqual(5)
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on "Question"/)
})

it('the newest are claimed first, fifty of one kind, and nobody else claims them', async () => {
  const set = (await claimQuestions(database.db, source, 'customer', NOW))!
  expect(set.questions).toHaveLength(50)
  const numbers = set.questions.map(({ externalId }) => Number(externalId))
  expect(Math.max(...numbers)).toBe(300)
  const next = (await claimQuestions(database.db, source, 'customer', NOW))!
  expect(next.questions.filter(({ externalId }) => numbers.includes(Number(externalId)))).toEqual([])
})

it('what was put off, or is asked for again meanwhile, is not dropped', async () => {
  const set = (await claimQuestions(database.db, source, 'product', NOW))!
  const [late, again, done] = set.questions.map(({ externalId }) => externalId)
  await postponeQuestions(database.db, set, [{ externalId: late!, askAt: new Date(NOW.getTime() + 5_000) }])
  await database.db.query(
    `UPDATE "Question" SET "askAt" = $3 WHERE "sourceConnectionId" = $1 AND "kind" = 'product' AND "externalId" = $2`,
    [source, again, NOW],
  )
  await dropQuestions(database.db, set, [late!, again!, done!])
  const left = await database.db.prisma.question.findMany({
    where: { sourceConnectionId: source, kind: 'product', externalId: { in: [late!, again!, done!] } },
  })
  expect(left.map(({ externalId, tries }) => [externalId, tries]).sort()).toEqual(
    [
      [late, 1],
      [again, 0],
    ].sort(),
  )
})
