import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  arrival,
  at,
  gone,
  hearQuestions,
  install,
  openStages,
  orderState,
  type Stages,
} from '../../tests/support/stages'
import { type ScriptedStore, scriptStore } from '../../tests/support/store'
import { type HintNews, type News, type StateNews } from '~/contracts/news'
import { type Resource } from '~/contracts/resource'
import { ParityError } from '~/lib/errors'
import { type Intake } from '~/intake/intake.server'
import { composeRecord } from '~/records/compose-record'
import { type RecordRow } from '~/records/record-row'
import { openKnown } from '~/records/sealed-known'
import { readSource } from '~/shops/read-source'
import { type AskOptions } from './ask-options'
import { askSource } from './ask-source'
import { sweepQuestions } from './sweep-questions'

const going = new AbortController().signal
/** When each test begins, as the source counts its seconds. */
const NOON = 12 * 3600

let stages: Stages
let store: ScriptedStore
let intake: Intake
let shop: string
let source: string

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())

beforeEach(async () => {
  stages.clock.now = new Date('2026-11-21T12:00:00Z')
  shop = `${randomUUID()}.myshopify.com`
  store = scriptStore(() => stages.clock.now)
  intake = stages.intake()
  await install(stages.db, shop)
  await intake.accept(arrival(shop, { kind: 'ignored', reason: 'The shop is set up.' }))
  const { id } = await stages.db.prisma.sourceConnection.findFirstOrThrow({ where: { account: shop } })
  source = id
  await allow(['order', 'product', 'customer', 'category'])
})

function allow(askable: Resource[]) {
  return stages.db.prisma.sourceConnection.update({ where: { id: source }, data: { askable } })
}

const hear = (...news: News[]) => intake.accept(arrival(shop, news))

/** A customer as a webhook carries it: without tags, totals and consent. */
function customer(
  externalId: string,
  second: number,
  core: object = { state: 'enabled' },
): Extract<StateNews, { resource: 'customer' }> {
  const version = { updatedAt: at(second), triggeredAt: at(second) }
  return {
    kind: 'state',
    resource: 'customer',
    externalId,
    action: 'updated',
    version,
    updatedAt: at(second),
    parts: { core },
  }
}

function hint(
  resource: Resource,
  externalId: string | null,
  second: number,
  parts: HintNews['parts'],
): HintNews {
  return { kind: 'hint', resource, externalId, parts, hintedAt: at(second) }
}

const WHOLE = {
  core: { state: 'enabled' },
  tags: { tags: ['vip'] },
  totals: { order_count: 3 },
  consent: { email_consent: null },
}

function ask(more: Partial<AskOptions> = {}, signal = going) {
  const { db, sealer, logger, clock } = stages
  return askSource(
    source,
    { db, sealer, logger, clock: () => clock.now, readers: () => store, ...more },
    signal,
  )
}

const questions = () =>
  stages.db.prisma.question.findMany({
    where: { sourceConnectionId: source },
    orderBy: [{ kind: 'asc' }, { externalId: 'asc' }],
    omit: { sourceConnectionId: true },
  })
const record = (resource: Resource, externalId: string) =>
  stages.db.prisma.syncRecord.findFirstOrThrow({
    where: { sourceConnectionId: source, resource, externalId },
  })

/** What would be sent of a record now. */
async function desired(resource: Resource, externalId: string) {
  const context = (await readSource(stages.db, source))!
  const row = (await record(resource, externalId)) as unknown as RecordRow
  return composeRecord({ ...context, resource, externalId }, openKnown(row, 'full', stages.sealer))?.data
}

const now = () => stages.clock.now
const later = (ms: number) => new Date(now().getTime() + ms)

describe('news that lacks a part', () => {
  it('makes no question while it is not known what the store can be asked for', async () => {
    await allow([])
    await hear(customer('1', 1))
    expect(await questions()).toEqual([])
    expect(await record('customer', '1')).toMatchObject({ state: 'waiting', dueAt: now() })
  })

  it('makes a question, tells the workers, and lets delivery wait for two seconds', async () => {
    expect(await hearQuestions(stages, () => hear(customer('1', 1)))).toEqual([source])
    expect(await questions()).toEqual([
      { kind: 'customer', externalId: '1', askAt: now(), hintedAt: null, tries: 0 },
    ])
    expect(await record('customer', '1')).toMatchObject({
      state: 'waiting',
      waitingSince: now(),
      dueAt: later(2_000),
    })
  })

  it('makes its question again when the same hint comes and the question was lost', async () => {
    await hear(hint('order', '9', 5, ['core']))
    await stages.db.query(`DELETE FROM "Question"`)
    await hear(hint('order', '9', 5, ['core']))
    expect(await questions()).toMatchObject([{ kind: 'order', externalId: '9' }])
  })

  it('does not put delivery off again when more of it comes', async () => {
    await hear(customer('1', 1))
    const due = later(2_000)
    stages.clock.tick(1_500)
    await hear(customer('1', 2, { state: 'disabled' }))
    expect(await record('customer', '1')).toMatchObject({ dueAt: due })
    stages.clock.tick(1_000)
    await hear(customer('1', 3, { state: 'enabled' }))
    expect(await record('customer', '1')).toMatchObject({ dueAt: now() })
    expect(await questions()).toHaveLength(1)
  })

  it('is delivered at once when the rest comes by itself', async () => {
    await hear(customer('1', 1))
    stages.clock.tick(500)
    await hear({ ...customer('1', 2), parts: WHOLE })
    expect(await record('customer', '1')).toMatchObject({ dueAt: now() })
    await ask()
    expect(store.questions).toEqual([])
    expect(await questions()).toEqual([])
  })

  it('makes no question where the resource is not mirrored, or cannot be read', async () => {
    await stages.db.query(
      `UPDATE "SaasConnection" SET "resources" = '{order,product}' WHERE "shopId" = (SELECT "id" FROM "Shop" WHERE "domain" = $1)`,
      [shop],
    )
    await allow(['order', 'customer'])
    await hear(customer('1', 1))
    await hear({ ...customer('1', 1), resource: 'product', parts: { core: { name: 'Tea' } } })
    expect(await questions()).toEqual([])
  })

  it('makes no question of what is complete, or gone', async () => {
    await hear({ ...customer('1', 1), parts: WHOLE })
    await hear(customer('2', 1))
    await ask()
    await hear(gone('customer', '2', 2))
    await hear(hint('customer', '2', 3, ['tags']))
    expect(await questions()).toEqual([])
  })
})

describe('a hint', () => {
  it('makes a question, also about a record of which nothing else is known', async () => {
    await hear(hint('customer', '1', 1, ['tags']))
    expect(await questions()).toMatchObject([{ kind: 'customer', externalId: '1', askAt: now() }])
  })

  it('about an order leaves ten seconds for the payload that mostly follows', async () => {
    await hear(orderState('1', 1))
    await hear(hint('order', '1', 2, ['core']))
    expect(await questions()).toMatchObject([{ kind: 'order', askAt: later(10_000) }])
    expect(await record('order', '1')).toMatchObject({ dueAt: now() })
    await hear(orderState('1', 3))
    stages.clock.tick(10_000)
    await ask()
    expect(store.questions).toEqual([])
    expect(await questions()).toEqual([])
  })

  it('about an inventory item leads to its product', async () => {
    store.put({ resource: 'product', externalId: '77', updatedAt: at(1), parts: { core: { name: 'Tea' } } })
    await hear({ ...hint('product', null, 9, ['core', 'stock']), inventoryItemId: '77' })
    await hear({ ...hint('product', null, 7, ['core', 'stock']), inventoryItemId: '77' })
    expect(await questions()).toMatchObject([{ kind: 'inventory_item', externalId: '77', hintedAt: at(9) }])
    await ask()
    expect(store.questions).toEqual(['products of 77', 'fetch product 77'])
    expect(await questions()).toEqual([])
    expect(await desired('product', '77')).toMatchObject({ name: 'Tea' })
  })

  it('about an inventory item that is gone is dropped', async () => {
    await hear({ ...hint('product', null, 9, ['core', 'stock']), inventoryItemId: '78' })
    await ask()
    expect(await questions()).toEqual([])
  })
})

describe('an answer', () => {
  const has = (externalId: string, second: number, parts: object = WHOLE) =>
    store.put({ resource: 'customer', externalId, updatedAt: at(second), parts: { ...parts } })

  it('completes the records, many with one call, and lets them go at once', async () => {
    for (const id of ['1', '2', '3']) {
      has(id, 1)
      await hear(customer(id, 1))
    }
    await ask()
    expect(store.questions).toHaveLength(1)
    expect(await questions()).toEqual([])
    for (const id of ['1', '2', '3']) {
      expect(await record('customer', id)).toMatchObject({ state: 'waiting', dueAt: now() })
      const data = await desired('customer', id)
      expect(data).toMatchObject({ tags: ['vip'], order_count: 3 })
      expect(data).not.toHaveProperty('incomplete')
    }
  })

  it('brings a record back of which only its deletion was told, and not that it was restored', async () => {
    await hear(customer('1', 1), gone('customer', '1', 2))
    has('1', 3)
    await hear(hint('customer', '1', 4, ['core']))
    expect(await desired('customer', '1')).not.toHaveProperty('tags')
    await ask()
    expect(await questions()).toEqual([])
    expect(await record('customer', '1')).toMatchObject({ desiredAction: 'updated' })
    expect(await desired('customer', '1')).toMatchObject({ tags: ['vip'] })
  })

  it('asks no more of a record that is gone indeed', async () => {
    await hear(customer('1', 1), gone('customer', '1', 2))
    await hear(hint('customer', '1', 4, ['core']))
    await ask()
    await hear(hint('customer', '1', 4, ['core']))
    expect(await questions()).toEqual([])
    expect(await record('customer', '1')).toMatchObject({ desiredAction: 'deleted' })
    expect(store.questions).toHaveLength(1)
  })

  it('asks for fifty at a time', async () => {
    for (let id = 1; id <= 51; id++) {
      has(String(id), 1)
      await hear(customer(String(id), 1))
    }
    await ask()
    expect(store.questions.map((question) => question.split(',').length)).toEqual([50, 1])
    expect(await questions()).toEqual([])
  })

  it('that lacks what the store withholds is not asked for again until the record changes', async () => {
    await stages.db.query(
      `INSERT INTO "SourceReach" ("sourceConnectionId", "resource", "reach", "deniedFields") VALUES ($1, 'customer', 'all', '{Customer.phone}')`,
      [source],
    )
    const fetch = store.fetchRecords
    store.fetchRecords = async (...asked) => ({
      ...(await fetch(...asked)),
      denied: ['Customer.tags', 'Customer.phone'],
    })
    has('1', 1, { core: { state: 'enabled' } })
    await hear(customer('1', 1))
    await ask()
    await ask()
    expect(store.questions).toHaveLength(1)
    expect(await questions()).toEqual([])
    expect(await desired('customer', '1')).toMatchObject({ incomplete: ['tags', 'totals', 'consent'] })
    const reach = await stages.db.prisma.sourceReach.findFirstOrThrow({
      where: { sourceConnectionId: source },
    })
    expect(reach.deniedFields).toEqual(['Customer.phone', 'Customer.tags'])

    has('1', NOON + 5)
    await hear(customer('1', NOON + 5))
    await ask()
    expect(await desired('customer', '1')).toMatchObject({ tags: ['vip'] })
  })

  it('that the record is not there leaves it to its deletion, and asks no more', async () => {
    await hear(customer('1', 1))
    const before = await record('customer', '1')
    await ask()
    await ask()
    expect(store.questions).toHaveLength(1)
    expect(await questions()).toEqual([])
    expect(await record('customer', '1')).toMatchObject({ state: 'waiting', desiredHash: before.desiredHash })
  })

  it('that is older than what is known is asked for again', async () => {
    has('1', 1)
    await hear(customer('1', 2, { state: 'disabled' }))
    await ask()
    expect(await questions()).toMatchObject([{ externalId: '1', tries: 1 }])
    expect(await desired('customer', '1')).toMatchObject({
      state: 'disabled',
      incomplete: expect.anything() as unknown,
    })

    has('1', 2, { ...WHOLE, core: { state: 'disabled' } })
    stages.clock.tick(10_000)
    await ask()
    expect(await desired('customer', '1')).toMatchObject({ state: 'disabled', tags: ['vip'] })
    expect(await questions()).toEqual([])
  })

  it('that cannot be read is asked for again a few times, and then with the next change', async () => {
    const fetch = store.fetchRecords
    store.fetchRecords = async (...asked) => ({
      ...(await fetch(...asked)),
      states: [],
      gone: [],
      unread: [{ externalId: '1', words: 'It changed while it was read.' }],
    })
    has('1', 1)
    await hear(customer('1', 1))
    for (let tries = 1; tries <= 6; tries++) {
      await ask()
      expect(await questions()).toMatchObject([{ externalId: '1', tries }])
      stages.clock.tick(3_600_000)
    }
    await ask()
    expect(await questions()).toEqual([])
    expect(await desired('customer', '1')).toMatchObject({ incomplete: ['tags', 'totals', 'consent'] })
    await hear(customer('1', 2))
    expect(await questions()).toMatchObject([{ externalId: '1', tries: 0 }])
  })

  it('does not answer what is said while the store thinks', async () => {
    has('1', 1)
    await hear(customer('1', 1))
    const fetch = store.fetchRecords
    store.fetchRecords = async (...asked) => {
      const answer = await fetch(...asked)
      store.fetchRecords = fetch
      await hear(hint('customer', '1', NOON + 1, ['tags']))
      has('1', 1, { ...WHOLE, tags: { tags: ['vip', 'new'] } })
      stages.clock.tick(2_000)
      return answer
    }
    await ask()
    expect(store.questions).toHaveLength(2)
    expect(await desired('customer', '1')).toMatchObject({ tags: ['vip', 'new'] })
    expect(await questions()).toEqual([])
  })

  it('is asked for once when two ask at the same time', async () => {
    for (let id = 1; id <= 60; id++) {
      has(String(id), 1)
      await hear(customer(String(id), 1))
    }
    await Promise.all([ask(), ask()])
    const asked = store.questions.flatMap((question) => question.replace('fetch customer ', '').split(','))
    expect(asked).toHaveLength(60)
    expect(new Set(asked).size).toBe(60)
    expect(await questions()).toEqual([])
  })

  it('that nobody could fold is asked for again half a minute later', async () => {
    has('1', 1)
    await hear(customer('1', 1))
    const stop = new AbortController()
    store.before = () => stop.abort()
    await ask({}, stop.signal)
    store.before = () => undefined
    await ask()
    expect(store.questions).toHaveLength(1)
    stages.clock.tick(30_000)
    expect(await hearQuestions(stages, () => sweepQuestions(stages.db, now()))).toContain(source)
    await ask()
    expect(await desired('customer', '1')).toMatchObject({ tags: ['vip'] })
  })
})

describe('a store that cannot be asked', () => {
  const refuse = (code: string) => {
    store.before = () => {
      throw new ParityError(code, { message: 'no', userMessage: 'No.' })
    }
  }

  it('is asked again after waits that grow, and nothing is lost', async () => {
    store.put({ resource: 'customer', externalId: '1', updatedAt: at(1), parts: WHOLE })
    await hear(customer('1', 1))
    refuse('SHOPIFY_UNREACHABLE')
    const { nextAt, hasFailed } = await ask()
    expect(hasFailed).toBe(true)
    const [first] = await questions()
    expect(first).toMatchObject({ tries: 1, askAt: nextAt })
    stages.clock.tick(nextAt!.getTime() - now().getTime())
    const again = await ask()
    expect(again.nextAt!.getTime() - now().getTime()).toBeGreaterThan(
      nextAt!.getTime() - first!.askAt.getTime() + 10_000,
    )
    expect(await desired('customer', '1')).toMatchObject({ incomplete: expect.anything() as unknown })

    store.before = () => undefined
    stages.clock.tick(60_000)
    expect(await ask()).toEqual({ nextAt: null, hasFailed: false })
    expect(await desired('customer', '1')).not.toHaveProperty('incomplete')
  })

  it.each(['TOKEN_REFUSED', 'NOT_INSTALLED'])(
    'for want of rights (%s) is left alone for an hour',
    async (code) => {
      await hear(customer('1', 1))
      refuse(code)
      expect(await ask()).toEqual({ nextAt: later(3_600_000), hasFailed: true })
      expect(await questions()).toMatchObject([{ askAt: later(3_600_000) }])
    },
  )

  describe('for a reason that is a record’s own', () => {
    const refuseAbout = (ids: string[], error: Error) => {
      store.before = (question) => {
        const asked = question.replace(/^.* /, '').split(',')
        if (ids.some((id) => asked.includes(id))) throw error
      }
    }
    const odd = new ParityError('SHOPIFY_ANSWER', { message: 'no', userMessage: 'No.' })
    const hearFifty = async () => {
      for (let id = 1; id <= 50; id++) {
        store.put({ resource: 'customer', externalId: String(id), updatedAt: at(1), parts: WHOLE })
        await hear(customer(String(id), 1))
      }
    }

    it.each<[string, Error]>([
      ['an answer of Shopify that makes no sense', odd],
      ['data that our own code cannot take', new TypeError('Cannot read properties of undefined')],
    ])(
      '(%s) is asked about the other forty-nine now, and about that one again later',
      async (_name, error) => {
        await hearFifty()
        refuseAbout(['33'], error)
        expect(await ask()).toMatchObject({ hasFailed: false })
        expect(await questions()).toMatchObject([{ kind: 'customer', externalId: '33', tries: 1 }])
        expect(await desired('customer', '32')).toMatchObject({ tags: ['vip'] })
        expect(store.questions.length).toBeLessThanOrEqual(13)
        store.before = () => undefined
        stages.clock.tick(10_000)
        await ask()
        expect(await questions()).toEqual([])
      },
    )

    it('is asked about the others where it is two records', async () => {
      await hearFifty()
      refuseAbout(['1', '50'], odd)
      await ask()
      expect((await questions()).map(({ externalId }) => externalId)).toEqual(['1', '50'])
    })

    it('is left alone where it seems to be all of them', async () => {
      await hearFifty()
      refuse('SHOPIFY_ANSWER')
      expect(await ask()).toMatchObject({ hasFailed: false })
      expect(store.questions.length).toBeLessThanOrEqual(14)
      expect((await questions()).map(({ tries }) => tries)).toEqual(Array(50).fill(1))
    })

    it('is left alone about all when it goes away meanwhile', async () => {
      await hearFifty()
      let calls = 0
      store.before = () => {
        calls += 1
        if (calls === 1) throw odd
        throw new ParityError('SHOPIFY_UNREACHABLE', { message: 'no', userMessage: 'No.' })
      }
      expect(await ask()).toMatchObject({ hasFailed: true })
      expect(calls).toBe(2)
      expect((await questions()).map(({ tries }) => tries)).toEqual(Array(50).fill(1))
    })
  })

  it('about one kind is asked about the others', async () => {
    store.put({ resource: 'customer', externalId: '1', updatedAt: at(1), parts: WHOLE })
    await hear(customer('1', 1), hint('category', '5', 1, ['core']))
    store.before = (question) => {
      if (question.includes('category'))
        throw new ParityError('SHOPIFY_ANSWER', { message: 'no', userMessage: 'No.' })
    }
    expect(await ask()).toMatchObject({ hasFailed: false })
    expect(await questions()).toMatchObject([{ kind: 'category', tries: 1 }])
    expect(await desired('customer', '1')).toMatchObject({ tags: ['vip'] })
  })

  it('any more about a resource is not asked, and nothing waits for it', async () => {
    await hear(customer('1', 1))
    await allow(['product'])
    await ask()
    expect(store.questions).toEqual([])
    expect(await questions()).toEqual([])
  })
})
