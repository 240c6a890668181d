import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plansOf } from '../../../tests/support/plans'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { arrival, install, openStages, orderState, type Stages } from '../../../tests/support/stages'
import { Resource } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type StateNews } from '~/contracts/news'
import { emailHash } from '~/lib/email-hash'
import { causeKey } from '~/records/cause'
import { cursorOf } from '../record-cursor'
import { type RecordsQuery } from '../records-query'
import { presentRecords, type RecordsView } from './records.server'
import { findShopScope, type ShopScope } from './scope.server'

const ALL: RecordsQuery = {
  state: null,
  resource: null,
  why: null,
  search: '',
  searchKey: '',
  sort: 'newest',
  place: null,
}
const START = Date.parse('2026-11-21T12:00:00Z')

let stages: Stages
let rows: ReturnType<typeof makeRows>

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())

const ports = () => ({ db: stages.db, sealer: stages.sealer, clock: () => stages.clock.now })
const scopeOf = async ({ domain }: Pick<ShopRows, 'domain'>) => (await findShopScope(stages.db, domain))!
const show = (scope: ShopScope, query: Partial<RecordsQuery> = {}, searched?: number) =>
  presentRecords(
    ports(),
    scope,
    { ...ALL, searchKey: query.search ?? '', ...query },
    searched === undefined ? {} : { searched },
  )
const idsOf = (view: RecordsView) => view.rows.map(({ externalId }) => externalId)

/** All pages from one on, in one direction. */
async function walk(scope: ShopScope, from: RecordsView, side: 'newer' | 'older', searched?: number) {
  const pages = [from]
  for (let place = from[side]; place !== null; place = pages.at(-1)![side])
    pages.push(await show(scope, { ...from.query, place }, searched))
  return pages
}

describe('the list of records', () => {
  let shop: ShopRows
  let scope: ShopScope

  /** Records of two sources in every state, many of one instant. */
  beforeAll(async () => {
    shop = await rows.shop('many.myshopify.com')
    await rows.source(shop.id, 'many.example', 'woocommerce')
    const other = await rows.shop('another.myshopify.com')
    scope = await scopeOf(shop)
    await stages.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "reason", "desiredHash", "updatedAt")
       SELECT gen_random_uuid(), ($1::uuid[])[1 + n % 3], ($2::text[])[1 + n * 7 % 5], n::text, ($3::text[])[1 + n * 13 / 3 % 8],
              CASE WHEN n / 5 % 4 = 0 THEN 'Dismissed: number ' || n ELSE 'Not selected.' END, 'h',
              $4::timestamptz + (n * 31 % 40) * interval '1 microsecond'
       FROM generate_series(1, 400) n`,
      [[...scope.sourceIds, other.source.id], Resource.options, RecordState.options, new Date(START)],
    )
  })

  const stored = async () =>
    stages.db.prisma.syncRecord.findMany({ where: { sourceConnectionId: { in: scope.sourceIds } } })

  it('has every record once, in order, page after page, there and back, whatever is filtered and sorted', async () => {
    const own = await stored()
    const queries = fc.record({
      state: fc.constantFrom<RecordsQuery['state'][]>(null, 'under_way', ...RecordState.options),
      resource: fc.constantFrom(null, ...Resource.options),
      sort: fc.constantFrom<RecordsQuery['sort'][]>('newest', 'oldest'),
    })
    const underWay = ['waiting', 'delivering', 'retrying', 'held']
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const there = await walk(scope, await show(scope, query), 'older')
        const wanted = own.filter(
          ({ state, resource }) =>
            (query.resource === null || resource === query.resource) &&
            (query.state === null ||
              state === query.state ||
              (query.state === 'under_way' && underWay.includes(state))),
        )
        expect(there.flatMap(idsOf).sort()).toEqual(wanted.map(({ externalId }) => externalId).sort())
        expect(there[0]?.matching).toBe(wanted.length)
        const back = await walk(scope, there.at(-1)!, 'newer')
        expect(back.map(idsOf)).toEqual(there.map(idsOf).reverse())
        const times = there.flatMap((page) => page.rows.map(({ updatedAt }) => updatedAt))
        const ordered = [...times].sort()
        expect(times).toEqual(query.sort === 'newest' ? ordered.reverse() : ordered)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps its place while records come in before it', async () => {
    const first = await show(scope)
    const second = await show(scope, { place: first.older })
    await stages.db
      .transaction(async (tx) => {
        await tx.query(`UPDATE "SyncRecord" SET "updatedAt" = now() WHERE "id" = $1`, [first.rows[3]!.id])
        throw new Error('enough')
      })
      .catch(() => undefined)
    const { id } = await rows.record(shop, { resource: 'order', externalId: 'new', updatedAt: new Date() })
    expect(idsOf(await show(scope, { place: first.older }))).toEqual(idsOf(second))
    expect(idsOf(await show(scope))[0]).toBe('new')
    await stages.db.query(`DELETE FROM "SyncRecord" WHERE "id" = $1`, [id])
  })

  it('counts what is under each tab, of the resource that is shown', async () => {
    const own = await stored()
    const of = (...states: string[]) => own.filter(({ state }) => states.includes(state)).length
    expect((await show(scope)).counts).toEqual({
      all: own.length,
      under_way: of('waiting', 'delivering', 'retrying', 'held'),
      dead: of('dead'),
      excluded: of('excluded'),
      in_step: of('in_step'),
      deleted: of('deleted'),
    })
    const orders = await show(scope, { resource: 'order' })
    expect(orders.counts.all).toBe(own.filter(({ resource }) => resource === 'order').length)
  })

  it('names the reasons for which records are not sent, and shows those of one', async () => {
    const excluded = (await stored()).filter(({ state }) => state === 'excluded')
    const view = await show(scope, { state: 'excluded' })
    const [often, seldom] = view.reasons
    expect([often?.words, seldom?.words]).toEqual(['Not selected.', 'Dismissed by a person.'])
    for (const reason of view.reasons) {
      const pages = await walk(scope, await show(scope, { state: 'excluded', why: reason.key }), 'older')
      const wanted = excluded.filter((one) => one.reason!.startsWith('Dismissed: ') === (reason === seldom))
      expect(pages.flatMap(idsOf).sort()).toEqual(wanted.map(({ externalId }) => externalId).sort())
      expect(pages[0]?.matching).toBe(wanted.length)
    }
  })

  it('gives a long search for one reason up after a while, and goes on from there', async () => {
    const why = causeKey('Dismissed by a person.')
    const whole = await walk(scope, await show(scope, { state: 'excluded', why }), 'older')
    const pages = await walk(scope, await show(scope, { state: 'excluded', why }, 3), 'older', 3)
    expect(pages.length).toBeGreaterThan(whole.length)
    expect(pages[0]?.isPartial).toBe(true)
    expect(pages.flatMap(idsOf)).toEqual(whole.flatMap(idsOf))
  })

  it('shows nothing for a reason that no record has, and the first page for a place that is nowhere', async () => {
    const why = causeKey('Because.')
    expect(await show(scope, { state: 'excluded', why })).toMatchObject({ rows: [], matching: 0 })
    const nobody = '01930000-0000-7000-8000-00000000dead'
    const before = { before: cursorOf({ at: '2126-11-22T06:50:00.123456Z', id: nobody }) }
    expect(idsOf(await show(scope, { place: before }))).toEqual([])
    const after = { after: cursorOf({ at: '2126-11-22T06:50:00.123456Z', id: nobody }) }
    expect(idsOf(await show(scope, { place: after }))).toEqual(idsOf(await show(scope)))
  })

  it('says that a shop has no record at all', async () => {
    const empty = await rows.shop('empty.myshopify.com')
    expect(await show(await scopeOf(empty))).toMatchObject({ hasRecords: false, rows: [], matching: 0 })
  })
})

describe('a search among records', () => {
  const OURS = 'tea.myshopify.com'
  const THEIRS = 'coffee.myshopify.com'
  let scope: ShopScope

  const named = (
    resource: 'product' | 'customer' | 'category',
    externalId: string,
    core: Record<string, unknown>,
  ) => ({ ...orderState(externalId, Number(externalId)), resource, parts: { core } }) as StateNews
  const news = [
    named('product', '11', { name: 'Blue Oolong', variants: [{ external_id: '1', sku: 'TEA-BLUE-250' }] }),
    named('product', '12', { name: 'Blueberry tea', vendor: 'Café Azul' }),
    named('product', '13', { name: 'Green Oolong' }),
    named('category', '14', { name: 'Oolong' }),
    named('customer', '15', { display_name: 'Mary Shelley', email_hash: emailHash('mary@tea.example') }),
    orderState('16', 16, { number: '#1001' }),
  ]

  beforeAll(async () => {
    for (const domain of [OURS, THEIRS]) {
      await install(stages.db, domain)
      const intake = stages.intake()
      for (const one of news) {
        stages.clock.tick(1_000)
        await intake.accept(arrival(domain, one))
      }
    }
    scope = await scopeOf({ domain: OURS })
  })

  it.each([
    ['blue', ['12', '11']],
    ['BLÜE', ['12', '11']],
    ['oolong', ['14', '13', '11']],
    ['oolong blue', ['11']],
    ['gr ool', ['13']],
    ['tea-blue-250', ['11']],
    ['azul', ['12']],
    ['1001', ['16']],
    ['#1001', ['16']],
    ['mary', ['15']],
    ['Shelley mary', ['15']],
    ['mar', []],
    ['mary@tea.example', ['15']],
    ['Mary@Tea.example', ['15']],
    ['13', ['13']],
    ['gid://shopify/Product/13', ['13']],
    ['gid://shopify/Order/13', []],
    ['oolong nothing', []],
    ['…', []],
    ['%', []],
    ["' OR 1=1 --", []],
  ])('for %s', async (search, found) => {
    const view = await show(scope, { search })
    expect(idsOf(view)).toEqual(found)
    expect(view).toMatchObject({ newer: null, older: null, isPartial: false, matching: null })
  })

  it('shows nothing for an address that does not say what is looked for', async () => {
    const view = await show(scope, { search: '', searchKey: 'kept' })
    expect(view).toMatchObject({ rows: [], matching: null, hasRecords: true })
    expect(view.counts.all).toBe(news.length)
  })

  it('can be narrowed, and sorted the other way', async () => {
    expect(idsOf(await show(scope, { search: 'oolong', resource: 'product', sort: 'oldest' }))).toEqual([
      '11',
      '13',
    ])
    expect(idsOf(await show(scope, { search: 'oolong', state: 'dead' }))).toEqual([])
    expect(idsOf(await show(scope, { search: '13', resource: 'order' }))).toEqual([])
  })

  it('finds a record by Parity’s own id, and none of another shop', async () => {
    const own = (await show(scope, { search: '13' })).rows[0]!.id
    expect(idsOf(await show(scope, { search: own.toUpperCase() }))).toEqual(['13'])
    const foreign = await scopeOf({ domain: THEIRS })
    expect(idsOf(await show(foreign, { search: own }))).toEqual([])
    const theirs = (await show(foreign, { search: 'oolong' })).rows.map(({ id }) => id)
    const ours = (await show(scope, { search: 'oolong' })).rows.map(({ id }) => id)
    expect(theirs).toHaveLength(3)
    expect(ours.filter((id) => theirs.includes(id))).toEqual([])
  })

  it('shows names, those of persons masked unless they are to be shown', async () => {
    const names = (await show(scope)).rows.map(({ name }) => name)
    expect(names).toEqual(['#1001', 'M••• S•••', 'Oolong', 'Green Oolong', 'Blueberry tea', 'Blue Oolong'])
    const revealed = await presentRecords(ports(), scope, { ...ALL, search: 'mary' }, { reveal: true })
    expect(revealed.rows[0]?.name).toBe('Mary Shelley')
  })

  it('hides an address that the SaaS repeats in its complaint', async () => {
    await stages.db.query(
      `UPDATE "SyncRecord" SET "reason" = 'mary@tea.example is taken.' WHERE "sourceConnectionId" = $1 AND "externalId" = '15'`,
      [scope.sourceIds[0]],
    )
    expect((await show(scope, { search: 'mary' })).rows[0]?.reason).toBe('•••• is taken.')
  })

  it('shows no name of what cannot be opened, nor what a stricter policy forbids', async () => {
    const at = `WHERE "sourceConnectionId" = '${scope.sourceIds[0]}' AND "externalId"`
    await stages.db.query(`UPDATE "SyncRecord" SET "known" = 'nonsense' ${at} = '14'`)
    await stages.db.query(`UPDATE "SaasConnection" SET "piiPolicy" = 'none'`)
    const names = new Map((await show(scope)).rows.map(({ externalId, name }) => [externalId, name]))
    expect([names.get('14'), names.get('15'), names.get('13')]).toEqual([null, null, 'Green Oolong'])
  })
})

describe('however many records and words there are', () => {
  const RECORDS = 30_000
  let scope: ShopScope

  beforeAll(async () => {
    const shop = await rows.shop('large.myshopify.com')
    scope = await scopeOf(shop)
    await stages.db.query(
      `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "desiredHash", "updatedAt")
       SELECT gen_random_uuid(), $1, ($2::text[])[1 + n % 4], n::text, CASE WHEN n % 50 = 0 THEN 'dead' ELSE 'in_step' END, 'h',
              $3::timestamptz + n * interval '1 second'
       FROM generate_series(1, ${RECORDS}) n`,
      [shop.source.id, Resource.options, new Date(START)],
    )
    await stages.db.query(
      `INSERT INTO "RecordTerm" SELECT "sourceConnectionId", 'tea', "id" FROM "SyncRecord" WHERE "sourceConnectionId" = $1
       UNION ALL SELECT "sourceConnectionId", 'n' || "externalId", "id" FROM "SyncRecord" WHERE "sourceConnectionId" = $1`,
      [shop.source.id],
    )
    await stages.db.query('VACUUM ANALYZE "SyncRecord"')
    await stages.db.query('VACUUM ANALYZE "RecordTerm"')
  })

  const plans = (query: Partial<RecordsQuery>) =>
    plansOf(stages.db, (sql) =>
      presentRecords({ ...ports(), db: { ...stages.db, ...sql } }, scope, { ...ALL, ...query }),
    )

  it.each<[string, Partial<RecordsQuery>]>([
    ['all', {}],
    ['those of a state, the oldest first', { state: 'in_step', sort: 'oldest' }],
    ['those of a reason', { state: 'dead', why: causeKey('') }],
    [
      'a page in the middle',
      {
        place: {
          after: cursorOf({ at: '2026-11-21T14:00:00.000000Z', id: '01930000-0000-7000-8000-00000000dead' }),
        },
      },
    ],
    ['a word that all of them have', { search: 'tea' }],
    ['a word that few have', { search: 'tea n777' }],
    ['an id', { search: '12345' }],
  ])('a page of %s reads no table from end to end, and sorts no more than it reads', async (_name, query) => {
    const found = await plans(query)
    expect(found.length).toBeGreaterThan(2)
    for (const plan of found) expect(plan).not.toMatch(/Seq Scan on "(SyncRecord|RecordTerm)"/)
  })

  it('a page of all walks the index of states by activity, and reads no record but those of the page', async () => {
    const [, walk = ''] = await plans({})
    expect(walk).toContain(
      'Index Only Scan Backward using "SyncRecord_sourceConnectionId_resource_state_updatedAt_id_idx"',
    )
  })

  it('finds what has a rare and a frequent word, and says that a frequent one may have more', async () => {
    expect(idsOf(await show(scope, { search: 'tea n777' })).sort()).toEqual(
      ['777', '7770', '7771', '7772', '7773', '7774', '7775', '7776', '7777', '7778', '7779'].sort(),
    )
    expect((await show(scope, { search: 'tea n7777' })).isPartial).toBe(false)
    expect(await show(scope, { search: 'tea' })).toMatchObject({ isPartial: true, rows: { length: 50 } })
  })
})
