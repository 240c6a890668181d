import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  arrival,
  BUILT_IN,
  install,
  openStages,
  orderState,
  queuedJobs,
  type Stages,
} from '../../tests/support/stages'
import { type SaasDefaults } from '~/shops/saas-defaults'
import { changeConnection, type ConnectionChange } from './change-connection'
import { pauseConnection, resumeConnection } from './pause-connection'
import { updateConnections } from './update-connections'

const SHOP = 'tea.myshopify.com'
const NOBODY = '00000000-0000-7000-8000-000000000000'
const ENVIRONMENT: SaasDefaults = { ...BUILT_IN, kind: 'environment', address: 'https://saas.example' }

let stages: Stages
let shopId: string

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())

beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await install(stages.db, SHOP)
  await stages.intake({ defaults: ENVIRONMENT }).accept(arrival(SHOP, orderState('1', 1)))
  shopId = (await stages.db.prisma.shop.findFirstOrThrow()).id
  await stages.db.query(`DELETE FROM pgboss.job`)
})

const options = () => ({ queue: stages.queue, now: stages.clock.now })
const change = (changed: ConnectionChange, of = shopId) =>
  stages.db.transaction((tx) => changeConnection(tx, of, changed, options()))
const connection = () => stages.db.prisma.saasConnection.findUniqueOrThrow({ where: { shopId } })
const set = (values: string) =>
  stages.db.query(`UPDATE "SaasConnection" SET ${values} WHERE "shopId" = $1`, [shopId])
const runs = () =>
  stages.db.prisma.syncRun.findMany({ where: { kind: 're-evaluation' }, orderBy: { id: 'asc' } })
const jobs = async () => (await queuedJobs(stages.db)).map(({ name }) => name)

describe('a change of a connection', () => {
  it('to what it is already changes nothing, and starts nothing', async () => {
    const before = await connection()
    expect(await change({ address: 'https://saas.example', piiPolicy: 'minimal' })).toEqual({
      differences: [],
      generation: 1,
    })
    expect(await connection()).toEqual(before)
    expect(await runs()).toEqual([])
    expect(await jobs()).toEqual([])
  })

  it('of the address is a new generation in a new place, with an open gate and a visible run', async () => {
    await set(
      `"state" = 'misdirected', "stateReason" = 'Not found.', "probeAt" = now(), "breaker" = '{}', "batchLimit" = 50,
       "batchLimitAskedAt" = now(), "erasedFields" = '{pii}'`,
    )
    expect(await change({ address: 'https://other.example' })).toEqual({
      differences: ['address'],
      generation: 2,
    })
    expect(await connection()).toMatchObject({
      address: 'https://other.example',
      generation: 2,
      addressGeneration: 2,
      state: 'connected',
      stateReason: null,
      probeAt: null,
      breaker: null,
      batchLimit: null,
      batchLimitAskedAt: null,
      erasedFields: [],
    })
    const [run] = await runs()
    expect(run).toMatchObject({
      kind: 're-evaluation',
      state: 'waiting',
      resource: null,
      generation: 2,
      startsAfresh: true,
      detail: 'Records go to another address: all of them are sent there.',
    })
    expect(await queuedJobs(stages.db)).toEqual([
      { name: 'alignHeld', key: shopId },
      { name: 'reevaluate', key: run!.id },
    ])
  })

  it('forgets what a person decided to keep at the SaaS where the place is another, and only there', async () => {
    await stages.db.query(
      `INSERT INTO "KeptRecord" SELECT "id", 'order', '1', '', '', now() FROM "SourceConnection"`,
    )
    await change({ piiPolicy: 'none' })
    expect(await stages.db.prisma.keptRecord.count()).toBe(1)
    await change({ address: 'https://other.example' })
    expect(await stages.db.prisma.keptRecord.count()).toBe(0)
  })

  it('of the policy keeps the place, and says what is to be erased', async () => {
    await change({ piiPolicy: 'none' })
    expect(await connection()).toMatchObject({
      generation: 2,
      addressGeneration: 1,
      erasedFields: ['display_name'],
    })
    expect(await runs()).toMatchObject([{ startsAfresh: false, generation: 2 }])
  })

  it('of the key alone opens the gate and starts no run', async () => {
    await set(`"state" = 'refused', "stateReason" = 'Wrong key.', "probeAt" = now()`)
    const sealed = stages.sealer.seal('another key', `saas-key:${shopId}`)
    expect(await change({ key: { sealed, isSameTenant: true } })).toEqual({
      differences: ['key'],
      generation: 1,
    })
    expect(await connection()).toMatchObject({ state: 'connected', probeAt: null, generation: 1 })
    expect(await runs()).toEqual([])
    expect(await jobs()).toEqual(['alignHeld'])
  })

  it('leaves a pause to the person who made it', async () => {
    await set(`"pausedAt" = now()`)
    await change({ address: 'https://other.example' })
    expect((await connection()).pausedAt).not.toBeNull()
  })

  it('of a shop that has none is refused, and changes nothing', async () => {
    const before = await connection()
    await expect(change({ address: 'https://other.example' }, NOBODY)).rejects.toMatchObject({
      code: 'CONNECTION_MISSING',
    })
    expect(await connection()).toEqual(before)
    expect(await jobs()).toEqual([])
  })
})

describe('a pause', () => {
  const pause = (of = shopId) =>
    stages.db.transaction((tx) => pauseConnection(tx, of, stages.queue, stages.clock.now))
  const resume = (of = shopId) =>
    stages.db.transaction((tx) => resumeConnection(tx, of, stages.queue, stages.clock.now))

  it('begins once, and has records aligned', async () => {
    await pause()
    const first = stages.clock.now
    expect(await connection()).toMatchObject({ pausedAt: first })
    expect(await queuedJobs(stages.db)).toEqual([{ name: 'alignHeld', key: shopId }])
    await stages.db.query(`DELETE FROM pgboss.job`)
    stages.clock.tick(1000)
    await pause()
    expect(await connection()).toMatchObject({ pausedAt: first })
    expect(await jobs()).toEqual([])
  })

  it('ends once, and a closed gate is tried at once', async () => {
    await pause()
    await set(`"state" = 'refused', "probeAt" = now() + interval '1 hour'`)
    await resume()
    expect(await connection()).toMatchObject({ pausedAt: null, probeAt: stages.clock.now, state: 'refused' })
    const before = await connection()
    stages.clock.tick(1000)
    await resume()
    expect(await connection()).toEqual(before)
  })

  it('leaves an open gate open when it ends', async () => {
    await pause()
    await resume()
    expect(await connection()).toMatchObject({ pausedAt: null, probeAt: null })
  })

  it('of a shop that has no connection is refused, and changes nothing', async () => {
    const before = await connection()
    await expect(pause(NOBODY)).rejects.toMatchObject({ code: 'CONNECTION_MISSING' })
    await expect(resume(NOBODY)).rejects.toMatchObject({ code: 'CONNECTION_MISSING' })
    expect(await connection()).toEqual(before)
    expect(await jobs()).toEqual([])
  })
})

describe('a changed environment, when a worker starts', () => {
  const start = (defaults: SaasDefaults) => {
    const { db, queue, sealer, clock } = stages
    const issueReceiverKey = (store: string) => Promise.resolve(`key of ${store}`)
    return updateConnections(db, { defaults, queue, sealer, issueReceiverKey }, clock.now)
  }

  it('reaches every installed shop, once, without any news', async () => {
    const others = Array.from({ length: 120 }, (_, index) => `shop-${index}.myshopify.com`)
    for (const domain of others) await install(stages.db, domain)
    const intake = stages.intake({ defaults: ENVIRONMENT })
    await Promise.all(others.map((domain) => intake.accept(arrival(domain, orderState('1', 1)))))
    await Promise.all([
      start({ ...ENVIRONMENT, piiPolicy: 'none' }),
      start({ ...ENVIRONMENT, piiPolicy: 'none' }),
    ])

    const connections = await stages.db.prisma.saasConnection.findMany()
    expect(connections).toHaveLength(121)
    for (const row of connections)
      expect(row).toMatchObject({ piiPolicy: 'none', generation: 2, erasedFields: ['display_name'] })
    expect(await runs()).toHaveLength(121)
  })

  it('leaves alone what a merchant chose, what is not installed, and what nobody has opened', async () => {
    await set(`"kind" = 'merchant'`)
    await install(stages.db, 'never-opened.myshopify.com')
    await start({ ...ENVIRONMENT, address: 'https://other.example' })
    expect(await connection()).toMatchObject({ address: 'https://saas.example', generation: 1 })
    expect(await stages.db.prisma.shop.count()).toBe(1)

    await set(`"kind" = 'environment'`)
    await stages.db.query(`DELETE FROM "Session"`)
    await stages.db.query(`UPDATE "Shop" SET "uninstalledAt" = now()`)
    await start({ ...ENVIRONMENT, address: 'https://other.example' })
    expect(await connection()).toMatchObject({ address: 'https://saas.example', generation: 1 })
  })
})
