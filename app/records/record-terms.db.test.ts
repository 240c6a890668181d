import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrival, at, BUILT_IN, gone, install, openStages, type Stages } from '../../tests/support/stages'
import { type News, type StateNews } from '~/contracts/news'
import { type Database, type Transaction } from '~/db.server'
import { emailHash } from '~/lib/email-hash'
import { changeConnection } from '~/shops/change-connection'
import { readSource } from '~/shops/read-source'
import { startRuns } from '~/shops/start-run'
import { emailTerms, personalTerms } from './record-terms'
import { reevaluate } from './reevaluate'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let source: string

const state = (
  resource: 'product' | 'customer' | 'order',
  externalId: string,
  second: number,
  core: Record<string, unknown>,
) =>
  ({
    kind: 'state',
    resource,
    externalId,
    action: 'updated',
    version: { updatedAt: at(second), triggeredAt: at(second) },
    updatedAt: at(second),
    parts: { core },
  }) as StateNews
const tea = (second: number, more: Record<string, unknown> = {}) =>
  state('product', '1', second, {
    name: 'Blue Oolong',
    variants: [{ external_id: '1', price: '1.00' }],
    ...more,
  })
const ada = (second: number) =>
  state('customer', '7', second, {
    display_name: 'Ada Byron',
    email_hash: emailHash('ada@tea.example'),
    pii: { first_name: 'Augusta', last_name: 'Byron', email: 'ada@tea.example' },
  })

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  await install(stages.db, SHOP)
  await say([tea(1)])
  source = (await stages.db.prisma.sourceConnection.findFirstOrThrow()).id
})

const say = (news: News[], db: Database = stages.db) => {
  const intake = stages.intake({ db, defaults: { ...BUILT_IN, piiPolicy: 'full' } })
  return Promise.all(news.map((one) => intake.accept(arrival(SHOP, one))))
}
const terms = async (resource: string, externalId: string) => {
  const rows = await stages.db.query<{ term: string }>(
    `SELECT t."term" FROM "RecordTerm" t JOIN "SyncRecord" r ON r."id" = t."recordId"
     WHERE r."resource" = $1 AND r."externalId" = $2 ORDER BY t."term"`,
    [resource, externalId],
  )
  return rows.map(({ term }) => term)
}
const owner = () => ({ sourceConnectionId: source })
const hashed = (...words: string[]) =>
  [
    ...words.map((word) => personalTerms(owner(), word, stages.sealer)[0]),
    emailTerms(owner(), emailHash('ada@tea.example')!, stages.sealer)[0],
  ].sort()

/** Works on every run that is under way. */
async function workRuns(): Promise<void> {
  const runs = await stages.db.prisma.syncRun.findMany({ where: { endedAt: null } })
  const { db, sealer, logger } = stages
  const options = { db, sealer, logger, clock: () => stages.clock.now, contextOf: readSource }
  for (const { id } of runs) expect(await reevaluate(id, options)).toBe('over')
}

/** How many statements about words some news costs. */
async function statementsAboutTerms(news: News[]): Promise<number> {
  let count = 0
  const watched: Database = {
    ...stages.db,
    transaction: (work, ms) =>
      stages.db.transaction((tx) => {
        const watching: Transaction = {
          last: tx.last,
          query: (text, values) => {
            if (text.includes('"RecordTerm"')) count += 1
            return tx.query(text, values)
          },
        }
        return work(watching)
      }, ms),
  }
  await say(news, watched)
  return count
}

describe('the words of a record', () => {
  it('are written with it, in one statement for all of a batch', async () => {
    expect(await terms('product', '1')).toEqual(['blue', 'oolong'])
    const orders = Array.from({ length: 3 }, (_, n) =>
      state('order', String(n), 1, { number: `#${1000 + n}` }),
    )
    const batches = await statementsAboutTerms(orders)
    expect(batches).toBeGreaterThan(0)
    expect(batches).toBeLessThanOrEqual(3)
    expect(await terms('order', '2')).toEqual(['1002'])
  })

  it('cost nothing where it is called as before, and no search where it is new', async () => {
    const other: StateNews = { ...tea(1), externalId: '9' }
    expect(await statementsAboutTerms([other])).toBe(1)
    expect(await terms('product', '9')).toEqual(['blue', 'oolong'])
    expect(await statementsAboutTerms([tea(2, { status: 'archived' })])).toBe(0)
    expect(await statementsAboutTerms([tea(3, { name: 'Green Oolong' })])).toBe(2)
    expect(await terms('product', '1')).toEqual(['green', 'oolong'])
  })

  it('go when it has been deleted, and come back with it', async () => {
    await say([gone('product', '1', 5)])
    expect(await terms('product', '1')).toEqual([])
    await say([tea(6)])
    expect(await terms('product', '1')).toEqual(['blue', 'oolong'])
  })

  it('tell nobody who a customer is', async () => {
    await say([ada(1)])
    expect(await terms('customer', '7')).toEqual(hashed('ada', 'augusta', 'byron'))
  })

  it('leave with what a stricter policy does not allow any more', async () => {
    await say([ada(1)])
    const { shopId } = await stages.db.prisma.sourceConnection.findFirstOrThrow()
    const change = (piiPolicy: 'minimal' | 'none') =>
      stages.db.transaction((tx) =>
        changeConnection(tx, shopId, { piiPolicy }, { queue: stages.queue, now: stages.clock.now }),
      )
    await change('minimal')
    await workRuns()
    expect(await terms('customer', '7')).toEqual(hashed('ada', 'byron'))
    await change('none')
    await workRuns()
    expect(await terms('customer', '7')).toEqual(hashed())
  })

  it('are written by a re-evaluation where they are missing, as of what was there before there were any', async () => {
    await say([ada(1)])
    await stages.db.query(`UPDATE "RecordTerm" SET "term" = 'x' || "recordId" WHERE "term" = 'blue'`)
    await stages.db.query(`DELETE FROM "RecordTerm" WHERE "term" LIKE '~%'`)
    const { shopId } = await stages.db.prisma.sourceConnection.findFirstOrThrow()
    const order = { resource: null, generation: null, startsAfresh: false, reason: 'Words.' }
    await stages.db.transaction((tx) =>
      startRuns(tx, shopId, order, { queue: stages.queue, now: stages.clock.now }),
    )
    const before = await stages.db.prisma.syncRecord.findMany({ orderBy: { id: 'asc' } })
    await workRuns()
    expect(await terms('product', '1')).toEqual(['blue', 'oolong'])
    expect(await terms('customer', '7')).toEqual(hashed('ada', 'augusta', 'byron'))
    expect(await stages.db.prisma.syncRecord.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
  })

  it('go with the row of their record, and with their shop, and no others do', async () => {
    await install(stages.db, 'coffee.myshopify.com')
    await stages.intake().accept(arrival('coffee.myshopify.com', tea(1)))
    await stages.db.query(`INSERT INTO "RecordTerm" VALUES ($1, 'stray', $2)`, [source, randomUUID()])
    await stages.db.query(`DELETE FROM "Shop" WHERE "domain" = $1`, [SHOP])
    const left = await stages.db.prisma.recordTerm.findMany({ orderBy: { term: 'asc' } })
    expect(left.map(({ term }) => term)).toEqual(['blue', 'oolong', 'stray'])
  })
})
