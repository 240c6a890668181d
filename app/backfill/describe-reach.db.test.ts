import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  arrival,
  hearQuestions,
  install,
  openStages,
  queuedJobs,
  type Stages,
} from '../../tests/support/stages'
import { type ScriptedStore, scriptStore } from '../../tests/support/store'
import { type News } from '~/contracts/news'
import { ParityError } from '~/lib/errors'
import { findUndescribed, needsReach } from '~/shops/find-undescribed'
import { describeReach } from './describe-reach'

let stages: Stages
let store: ScriptedStore
let domain: string
let shopId: string
let source: string

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())

beforeEach(async () => {
  domain = `${randomUUID()}.myshopify.com`
  store = scriptStore(() => stages.clock.now)
  await install(stages.db, domain)
  await say({ kind: 'ignored', reason: 'The shop is set up.' })
  const shop = await stages.db.prisma.shop.findUniqueOrThrow({
    where: { domain },
    include: { sources: true },
  })
  shopId = shop.id
  source = shop.sources[0]!.id
})

const say = (news: News) => stages.intake().accept(arrival(domain, news))

function describe() {
  const { db, queue, logger, clock } = stages
  return describeReach(shopId, { db, queue, logger, clock: () => clock.now, readers: () => store })
}

const askable = async () =>
  (await stages.db.prisma.sourceConnection.findUniqueOrThrow({ where: { id: source } })).askable

async function question(tries: number): Promise<void> {
  const askAt = new Date(stages.clock.now.getTime() + 3_600_000)
  const kind = 'customer'
  await stages.db.prisma.question.create({
    data: { sourceConnectionId: source, kind, externalId: String(tries), askAt, tries },
  })
}

it('is asked for when a shop is set up, when its scopes change, and where it is not known', async () => {
  const asked = async () =>
    (await queuedJobs(stages.db)).filter(({ name, key }) => name === 'describeReach' && key === shopId)
  expect(await asked()).toHaveLength(1)
  await stages.db.query(`DELETE FROM pgboss.job`)
  await say({ kind: 'scopes', scopes: ['read_orders'] })
  expect(await asked()).toHaveLength(1)

  expect(await findUndescribed(stages.db)).toContain(shopId)
  await describe()
  expect(await findUndescribed(stages.db)).not.toContain(shopId)
})

it('says what the store can be asked for, and why not for the rest', async () => {
  store.reaches.customer.reach = { kind: 'none', words: 'The scope read_customers is missing.' }
  store.reaches.order = {
    reach: { kind: 'since', days: 60, words: 'The scope read_all_orders is missing.' },
    denied: ['Order.email'],
  }
  await describe()
  expect(await askable()).toEqual(['category', 'product', 'order'])
  const rows = await stages.db.prisma.sourceReach.findMany({ where: { sourceConnectionId: source } })
  const byResource = Object.fromEntries(rows.map((row) => [row.resource, row]))
  expect(byResource).toMatchObject({
    customer: { reach: 'none', reason: 'The scope read_customers is missing.' },
    order: { reach: 'since', days: 60, deniedFields: ['Order.email'] },
    product: { reach: 'all', reason: null },
  })
})

it('that grows has what was let in read: a scope that was granted, or orders of all times', async () => {
  store.reaches.customer.reach = { kind: 'none', words: 'The scope read_customers is missing.' }
  store.reaches.order.reach = { kind: 'since', days: 60, words: 'The scope read_all_orders is missing.' }
  await describe()
  await stages.db.query(`DELETE FROM "SyncRun" WHERE "sourceConnectionId" = $1`, [source])
  store.reaches.customer.reach = { kind: 'all' }
  store.reaches.order.reach = { kind: 'all' }
  await describe()
  await describe()
  const runs = await stages.db.prisma.syncRun.findMany({
    where: { sourceConnectionId: source },
    include: { slices: { orderBy: { ordinal: 'asc' } } },
  })
  expect(runs).toMatchObject([{ kind: 'backfill', detail: 'Parity may read more of the store than before.' }])
  expect(runs[0]!.slices.map(({ resource }) => resource)).toEqual(['customer', 'order', 'order'])

  store.reaches.customer.reach = { kind: 'none', words: 'The scope read_customers is missing.' }
  await describe()
  expect(await stages.db.prisma.syncRun.count({ where: { sourceConnectionId: source } })).toBe(1)
})

it('that is known again lets at once be asked what could not be asked', async () => {
  await question(0)
  await question(2)
  expect(await needsReach(stages.db, shopId)).toBe(true)
  expect(await hearQuestions(stages, describe)).toEqual([source])
  const due = await stages.db.prisma.question.findMany({
    where: { sourceConnectionId: source, askAt: { lte: stages.clock.now } },
  })
  expect(due.map(({ externalId }) => externalId)).toEqual(['2'])
})

it('is not asked for whenever a shop is opened', async () => {
  await describe()
  expect(await needsReach(stages.db, shopId)).toBe(false)
})

it('that a person must mend is left as it is; one that cannot be asked now is tried again', async () => {
  await describe()
  const refuse = (code: string) => {
    store.before = () => {
      throw new ParityError(code, { message: 'no', userMessage: 'No.' })
    }
  }
  refuse('TOKEN_REFUSED')
  await describe()
  expect(await askable()).toHaveLength(4)
  refuse('SHOPIFY_UNREACHABLE')
  await expect(describe()).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
})

it('is forgotten, with what was to be asked, when the app is uninstalled', async () => {
  await describe()
  await question(1)
  await say({ kind: 'uninstalled', triggeredAt: '' })
  expect(await askable()).toEqual([])
  expect(await stages.db.prisma.question.count({ where: { sourceConnectionId: source } })).toBe(0)
  expect(await stages.db.prisma.sourceReach.count({ where: { sourceConnectionId: source } })).toBe(0)
  await describe()
  expect(await askable()).toEqual([])
})
