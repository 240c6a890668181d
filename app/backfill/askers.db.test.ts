import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { arrival, at, install, openStages, type Stages } from '../../tests/support/stages'
import { type ScriptedStore, scriptStore } from '../../tests/support/store'
import { type HintNews } from '~/contracts/news'
import { ParityError } from '~/lib/errors'
import { type Askers, createAskers } from './askers'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let store: ScriptedStore
let askers: Askers
let source: string

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, { kind: 'ignored', reason: 'The shop is set up.' }))
  const { id } = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  source = id
  await stages.db.prisma.sourceConnection.update({ where: { id }, data: { askable: ['customer'] } })
})
afterAll(() => stages.close())

beforeEach(() => {
  const { db, sealer, logger, clock } = stages
  store = scriptStore(() => clock.now)
  askers = createAskers({ db, sealer, logger, clock: () => clock.now, readers: () => store })
})
afterEach(async () => {
  await askers.rest()
  await stages.db.query('DELETE FROM "Question"')
})

let said = 0
/** Something is said of a customer that the store has. */
async function hint(externalId: string): Promise<void> {
  store.put({ resource: 'customer', externalId })
  const news: HintNews = {
    kind: 'hint',
    resource: 'customer',
    externalId,
    parts: ['tags'],
    hintedAt: at(++said),
  }
  await stages.intake().accept(arrival(SHOP, news))
}

const open = () => stages.db.prisma.question.count()

it('asks when it is woken, and until nothing is due', async () => {
  for (let id = 1; id <= 60; id++) await hint(`a${id}`)
  askers.wake(source)
  await vi.waitFor(async () => expect(await open()).toBe(0))
  expect(store.questions).toHaveLength(2)
})

it('that is woken while it asks looks again', async () => {
  await hint('b1')
  const fetch = store.fetchRecords
  store.fetchRecords = async (...asked) => {
    store.fetchRecords = fetch
    await hint('b2')
    askers.wake(source)
    return fetch(...asked)
  }
  askers.wake(source)
  await vi.waitFor(async () => expect(await open()).toBe(0))
  expect(store.questions).toEqual(['fetch customer b1', 'fetch customer b2'])
})

it('leaves a store alone that cannot be asked, whatever more there is to be asked', async () => {
  store.before = () => {
    throw new ParityError('SHOPIFY_UNREACHABLE', { message: 'no', userMessage: 'No.' })
  }
  await hint('c1')
  askers.wake(source)
  await vi.waitFor(async () =>
    expect(await stages.db.prisma.question.findFirst()).toMatchObject({ tries: 1 }),
  )
  await askersAreIdle()
  await hint('c2')
  askers.wake(source)
  await askersAreIdle()
  expect(store.questions).toEqual(['fetch customer c1'])

  store.before = () => undefined
  stages.clock.tick(60_000)
  askers.wake(source)
  await vi.waitFor(async () => expect(await open()).toBe(0))
})

it('that is told to rest does not wait for a store that is silent, and what it held is asked later', async () => {
  await hint('d1')
  store.fetchRecords = () => new Promise(() => undefined)
  askers.wake(source)
  await vi.waitFor(async () => {
    const [question] = await stages.db.prisma.question.findMany()
    expect(question!.askAt.getTime()).toBeGreaterThan(stages.clock.now.getTime())
  })
  await askers.rest()
  askers.wake(source)
  expect(await open()).toBe(1)
})

/** A turn of the event loop in which an asker that has nothing to do ends. */
async function askersAreIdle(): Promise<void> {
  await stages.db.query('SELECT pg_sleep(0.02)')
}
