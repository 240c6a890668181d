import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSaas, type Saas } from '../../../dev/saas'
import { routedHosts } from '../../../dev/routed-hosts.mjs'
import {
  arrival,
  BUILT_IN,
  gone,
  install,
  openStages,
  orderState,
  queuedJobs,
  type Stages,
} from '../../../tests/support/stages'
import { laneOptions, runOut } from '../../../tests/support/lanes'
import { alignConnection } from '~/delivery/align-connection'
import { FieldError } from '~/lib/field-error'
import { ParityError } from '~/lib/errors'
import { reevaluate } from '~/records/reevaluate'
import { keyPurpose } from '~/shops/ensure-shops'
import { readSource } from '~/shops/read-source'
import { type SaasDefaults } from '~/shops/saas-defaults'
import { updateConnections } from '~/shops/update-connections'
import { uninstallShop } from '~/shops/uninstall-shop'
import { presentConnectionSettings } from '../presenters/connection-settings.server'
import { findShopScope } from '../presenters/scope.server'
import { disconnect, saveConnection, sendTestEvent } from './connection-commands.server'
import { readCommand } from './read-command'
import { type CommandOf, type CommandPorts } from './runner'

const SHOP = 'tea.myshopify.com'
const OTHER_SHOP = 'coffee.myshopify.com'
const KEY = 'key-of-the-merchant'
const OWN = 'https://saas.tea.example'
const ENVIRONMENT: SaasDefaults = { ...BUILT_IN, kind: 'environment', address: 'https://operator.example' }
const realFetch = globalThis.fetch

let stages: Stages
let saas: Saas
let newSaas: Saas
let shopId: string

beforeAll(async () => {
  stages = await openStages()
  saas = await startSaas({ apiKey: KEY })
  newSaas = await startSaas({ apiKey: KEY })
  const played = new Map([
    ['saas.tea.example', saas.url],
    ['new.tea.example', newSaas.url],
  ])
  globalThis.fetch = routedHosts(played, realFetch)
})
afterAll(async () => {
  globalThis.fetch = realFetch
  await Promise.all([saas.stop(), newSaas.stop()])
  await stages.close()
})
beforeEach(async () => {
  saas.reset()
  saas.setKey(KEY)
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  for (const domain of [SHOP, OTHER_SHOP]) {
    await install(stages.db, domain)
    await stages
      .intake()
      .accept(arrival(domain, [orderState('1', 1), orderState('2', 1), gone('product', '3', 1)]))
  }
  shopId = (await stages.db.prisma.shop.findUniqueOrThrow({ where: { domain: SHOP } })).id
  await stages.db.query(`DELETE FROM pgboss.job`)
})

const ports = (defaults: SaasDefaults = BUILT_IN) =>
  ({
    db: stages.db,
    queue: stages.queue,
    sealer: stages.sealer,
    clock: () => stages.clock.now,
    saas: {
      defaults,
      issueReceiverKey: () => Promise.resolve('receiver-key'),
      access: {
        sealer: stages.sealer,
        environmentKey: () => KEY,
        builtInAddress: saas.url,
      },
    },
  }) as unknown as CommandPorts
const scope = async (domain = SHOP) => (await findShopScope(stages.db, domain))!
const connectionOf = (domain = SHOP) =>
  stages.db.prisma.saasConnection.findFirstOrThrow({ where: { shop: { domain } } })
const keyOf = ({ sealedKey }: { sealedKey: Uint8Array | null }) =>
  sealedKey && stages.sealer.openText(sealedKey, keyPurpose(shopId))
const runs = () => stages.db.prisma.syncRun.count({ where: { kind: 're-evaluation', source: { shopId } } })
const heldRecords = () => stages.db.prisma.syncRecord.count({ where: { state: 'held' } })

const LIMITS = { callsPerSecond: '', concurrency: '16' }
const OWN_SAAS = { place: 'own', address: OWN, apiKey: KEY, ...LIMITS }

async function save(fields: Record<string, string> = {}, defaults?: SaasDefaults) {
  const { id } = await connectionOf()
  const form = new URLSearchParams({ intent: 'save-connection', connection: id, ...OWN_SAAS, ...fields })
  const command = readCommand(form.toString()) as CommandOf<'save-connection'>
  return saveConnection(ports(defaults), await scope(), command)
}
const endConnection = async () =>
  disconnect(ports(), await scope(), { intent: 'disconnect', connection: (await connectionOf()).id })
const sendTest = async () =>
  sendTestEvent(ports(), await scope(), { intent: 'send-test-event', connection: (await connectionOf()).id })
const faultsOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (error instanceof FieldError) return error.fields
  return error instanceof ParityError ? error.code : error
}
const restart = (defaults: SaasDefaults) =>
  updateConnections(
    stages.db,
    {
      defaults,
      sealer: stages.sealer,
      queue: stages.queue,
      issueReceiverKey: () => Promise.resolve('receiver-key'),
    },
    stages.clock.now,
  )

describe('a SaaS of the merchant', () => {
  it('is connected when it answers, and everything is sent there', async () => {
    const before = await connectionOf()
    await save({ address: 'saas.tea.example/' })
    const connection = await connectionOf()
    expect(connection).toMatchObject({
      kind: 'merchant',
      address: OWN,
      state: 'connected',
      chosen: ['place'],
      generation: before.generation + 1,
      addressGeneration: before.generation + 1,
    })
    expect(keyOf(connection)).toBe(KEY)
    expect(await runs()).toBe(1)
    expect(saas.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/sync/status'])
    expect(await connectionOf(OTHER_SHOP)).toMatchObject({ kind: 'built_in' })
  })

  it('that tells no status is tried with an event that has nothing in it', async () => {
    saas.misbehave({
      kind: 'status',
      status: 404,
      code: 'NOT_FOUND',
      message: 'Nothing',
      path: '/api/sync/status',
    })
    await save()
    expect(await connectionOf()).toMatchObject({ kind: 'merchant' })
    expect(saas.mirror()).toEqual([])
    expect(saas.takes).toEqual([])
    expect(saas.requests.map(({ path, text }) => `${path} ${text}`)).toEqual([
      '/api/sync/status ',
      '/api/sync/webhook {}',
    ])
  })

  it('is told to nobody: neither its key nor what was typed', async () => {
    await save()
    const page = JSON.stringify(
      await presentConnectionSettings(stages.db, await scope(), BUILT_IN, () => stages.clock.now),
    )
    expect(page).toContain(OWN)
    expect(page).not.toContain(KEY)
  })

  it('sent twice changes nothing the second time', async () => {
    await save({ account: 'other' })
    const before = await connectionOf()
    await stages.db.query(`DELETE FROM pgboss.job`)
    stages.clock.tick(1_000)
    await save({ account: 'other' })
    expect(await connectionOf()).toEqual(before)
    expect(await runs()).toBe(1)
    expect(await queuedJobs(stages.db)).toEqual([])
  })

  it('sent twice at once is connected once', async () => {
    await Promise.all([save({ account: 'other' }), save({ account: 'other' })])
    expect(await connectionOf()).toMatchObject({ generation: 2 })
    expect(await runs()).toBe(1)
  })

  it('outlasts a restart, whatever the environment says then', async () => {
    await save()
    const before = await connectionOf()
    await restart(ENVIRONMENT)
    expect(await connectionOf()).toEqual(before)
    expect(await connectionOf(OTHER_SHOP)).toMatchObject({ kind: 'environment' })
  })

  it('is forgotten with the installation', async () => {
    await save({ concurrency: '3', callsPerSecond: '7' })
    await stages.db.transaction((tx) => uninstallShop(tx, SHOP, '', stages.clock.now))
    expect(await connectionOf()).toMatchObject({
      kind: 'built_in',
      address: null,
      sealedKey: null,
      chosen: [],
      concurrency: 16,
      callsPerSecond: null,
    })
  })
})

describe('nothing is changed, and it is said why, when', () => {
  const cases: [string, Record<string, string>, unknown][] = [
    ['the address is not https', { address: 'http://saas.tea.example' }, { address: 'ADDRESS_NOT_HTTPS' }],
    ['there is no address', { address: '' }, { address: 'ADDRESS_INVALID' }],
    ['it is in a private network', { address: 'https://10.1.2.3' }, { address: 'ADDRESS_NOT_PUBLIC' }],
    ['it is this machine', { address: 'https://localhost:3000' }, { address: 'ADDRESS_NOT_PUBLIC' }],
    [
      'it hands out keys of the cloud',
      { address: 'https://169.254.169.254' },
      { address: 'ADDRESS_NOT_PUBLIC' },
    ],
    ['it has a password', { address: 'https://a:b@saas.tea.example' }, { address: 'ADDRESS_WITH_PASSWORD' }],
    ['nobody has that name', { address: 'https://nobody.invalid' }, { address: 'ADDRESS_UNKNOWN' }],
    ['the key is refused', { apiKey: 'wrong' }, { apiKey: 'KEY_REFUSED' }],
    ['there is no key', { apiKey: ' ' }, { apiKey: 'MISSING' }],
    ['the key cannot be sent', { apiKey: 'two words' }, { apiKey: 'KEY_UNPRINTABLE' }],
    ['the dialect is unknown', { dialect: 'esperanto' }, { dialect: 'INVALID' }],
    ['no place is chosen', { place: 'none' }, { place: 'MISSING' }],
    ['the environment offers nothing', { place: 'environment' }, { place: 'PLACE_NOT_OFFERED' }],
    [
      'the limits are none',
      { callsPerSecond: 'many', concurrency: '33' },
      { callsPerSecond: 'NOT_A_NUMBER', concurrency: 'TOO_LARGE' },
    ],
    [
      'nothing could be sent',
      { callsPerSecond: '0', concurrency: '' },
      { callsPerSecond: 'TOO_SMALL', concurrency: 'NOT_A_NUMBER' },
    ],
  ]
  it.each(cases)('%s', async (_what, fields, faults) => {
    const before = await connectionOf()
    expect(await faultsOf(save(fields))).toEqual(faults)
    expect(await connectionOf()).toEqual(before)
    expect(await queuedJobs(stages.db)).toEqual([])
  })

  it.each([
    [404, 'ADDRESS_NOT_FOUND'],
    [302, 'ADDRESS_MOVED'],
    [429, 'SAAS_BUSY'],
    [500, 'SAAS_BROKEN'],
  ])('the SaaS answers %i', async (status, code) => {
    saas.misbehave({ kind: 'status', status, code: 'X', message: 'No' })
    const before = await connectionOf()
    expect(await faultsOf(save())).toEqual({ address: code })
    expect(await connectionOf()).toEqual(before)
  })

  it('the account is paused', async () => {
    saas.misbehave({ kind: 'status', status: 402, code: 'X', message: 'No' })
    expect(await faultsOf(save())).toEqual({ apiKey: 'ACCOUNT_PAUSED' })
  })

  it('what answers is no SaaS', async () => {
    saas.misbehave({ kind: 'garbage' })
    expect(await faultsOf(save())).toEqual({ address: 'ADDRESS_NOT_A_SAAS' })
  })

  it('the connection is that of another shop, or of nobody', async () => {
    const before = await connectionOf(OTHER_SHOP)
    for (const connection of [before.id, '00000000-0000-7000-8000-000000000000']) {
      expect(await faultsOf(save({ connection }))).toBe('CONNECTION_MISSING')
      const wish = { intent: 'disconnect' as const, connection }
      expect(await faultsOf(disconnect(ports(), await scope(), wish))).toBe('CONNECTION_MISSING')
      const test = { intent: 'send-test-event' as const, connection }
      expect(await faultsOf(sendTestEvent(ports(), await scope(), test))).toBe('CONNECTION_MISSING')
    }
    expect(await connectionOf(OTHER_SHOP)).toEqual(before)
    expect(saas.requests).toEqual([])
  })

  it('a key that is set would go to another address', async () => {
    await save()
    saas.reset()
    expect(await faultsOf(save({ address: 'https://new.tea.example', apiKey: '' }))).toEqual({
      apiKey: 'MISSING',
    })
    expect(saas.requests).toEqual([])
  })
})

describe('another key', () => {
  beforeEach(() => save())

  it('of the same account starts nothing: what was delivered counts', async () => {
    saas.setKey('second-key')
    await save({ apiKey: 'second-key' })
    const connection = await connectionOf()
    expect(keyOf(connection)).toBe('second-key')
    expect(connection).toMatchObject({ generation: 2, addressGeneration: 2, state: 'connected' })
    expect(await runs()).toBe(1)
  })

  it('of another account has everything sent', async () => {
    saas.setKey('second-key')
    await save({ apiKey: 'second-key', account: 'other' })
    expect(await connectionOf()).toMatchObject({ generation: 3, addressGeneration: 3 })
  })

  it('that is refused leaves the one that works', async () => {
    expect(await faultsOf(save({ apiKey: 'second-key' }))).toEqual({ apiKey: 'KEY_REFUSED' })
    expect(keyOf(await connectionOf())).toBe(KEY)
  })

  it('need not be typed for another dialect, which is tried with the one that is connected', async () => {
    // There is one dialect only: what is stored stands for another.
    await stages.db.query(`UPDATE "SaasConnection" SET "dialect" = 'former' WHERE "shopId" = $1`, [shopId])
    const before = await connectionOf()
    saas.reset()
    saas.setKey('second-key')
    expect(await faultsOf(save({ apiKey: '' }))).toEqual({ apiKey: 'KEY_REFUSED' })
    expect(await connectionOf()).toEqual(before)
    expect(await faultsOf(save({ apiKey: '', address: 'https://new.tea.example' }))).toEqual({
      apiKey: 'MISSING',
    })

    saas.setKey(KEY)
    await save({ apiKey: '' })
    expect(await connectionOf()).toMatchObject({ dialect: 'unified', sealedKey: before.sealedKey })
    expect(saas.requests).toHaveLength(2)
    await save({ apiKey: '' })
    expect(saas.requests).toHaveLength(2)
  })

  it('need not be typed to set how fast it is called', async () => {
    const before = await connectionOf()
    saas.reset()
    await save({ place: 'as_it_is', apiKey: '', address: '', callsPerSecond: '5', concurrency: '2' })
    const { updatedAt: _before, ...rest } = before
    expect(await connectionOf()).toMatchObject({ ...rest, callsPerSecond: 5, concurrency: 2 })
    expect(saas.requests).toEqual([])
  })
})

describe('a connection that is ended', () => {
  it('forgets the key, holds what changes, outlasts a restart, and counts when it is made again', async () => {
    await save()
    const before = await connectionOf()
    await endConnection()
    await restart(BUILT_IN)
    await restart(ENVIRONMENT)
    expect(await connectionOf()).toMatchObject({
      kind: 'merchant',
      address: OWN,
      sealedKey: null,
      state: 'not_connected',
      generation: before.generation,
    })
    await stages.intake().accept(arrival(SHOP, orderState('4', 5)))
    expect(await heldRecords()).toBe(1)

    await save()
    expect(await connectionOf()).toMatchObject({ state: 'connected', generation: before.generation })
    expect(await runs()).toBe(1)
  })

  it('a second time changes nothing', async () => {
    await save()
    await endConnection()
    const before = await connectionOf()
    stages.clock.tick(1_000)
    await endConnection()
    expect(await connectionOf()).toEqual(before)
  })

  it('to the built-in mirror keeps its place, and can be made again', async () => {
    const before = await connectionOf()
    await endConnection()
    await restart(BUILT_IN)
    expect(await connectionOf()).toMatchObject({ state: 'not_connected', kind: 'built_in' })
    await save({ place: 'built_in' })
    expect(await connectionOf()).toMatchObject({
      state: 'connected',
      generation: before.generation,
      sealedKey: before.sealedKey,
    })
  })

  it('by the operator is made again by the operator', async () => {
    await restart(ENVIRONMENT)
    const before = await connectionOf()
    await endConnection()
    await restart(ENVIRONMENT)
    expect(await connectionOf()).toMatchObject({ state: 'not_connected', kind: 'environment' })
    await save({ place: 'environment' }, ENVIRONMENT)
    expect(await connectionOf()).toMatchObject({
      state: 'connected',
      chosen: [],
      generation: before.generation,
    })
  })
})

describe('a test event', () => {
  it('is about no record, and tells what came back', async () => {
    await save()
    saas.reset()
    expect((await sendTest()).test).toMatchObject({ outcome: 'delivered', httpStatus: 200, detail: null })
    expect(saas.requests).toMatchObject([
      { path: '/api/sync/webhook', records: [`shopify|${SHOP}|product|0`], body: { action: 'deleted' } },
    ])
    saas.misbehave({ kind: 'status', status: 503, code: 'DOWN', message: 'Back at noon' })
    expect((await sendTest()).test).toMatchObject({ outcome: 'unavailable', httpStatus: 503 })
    await saas.goDown()
    expect((await sendTest()).test).toMatchObject({ outcome: 'unavailable', httpStatus: null })
    await saas.comeBack()
  })

  it('is not sent where nothing is to be sent', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "pausedAt" = now()`)
    expect(await faultsOf(sendTest())).toBe('CONNECTION_CLOSED')
    await stages.db.query(`UPDATE "SaasConnection" SET "pausedAt" = NULL`)
    await endConnection()
    expect(await faultsOf(sendTest())).toBe('CONNECTION_CLOSED')
    expect(saas.requests).toEqual([])
  })
})

describe('what is sent', () => {
  /** Looks at all records that a change concerns, and delivers what is due. */
  const deliver = async () => {
    const { db, sealer, logger, clock } = stages
    await alignConnection(db, shopId, clock.now)
    const options = { db, sealer, logger, clock: () => clock.now, contextOf: readSource }
    const waiting = await db.prisma.syncRun.findMany({ where: { kind: 're-evaluation', state: 'waiting' } })
    for (const { id } of waiting) await reevaluate(id, options)
    await runOut(shopId, laneOptions(stages))
  }
  const takenBy = (of: Saas) =>
    of.takes.map(({ record, action }) => `${action} ${record.split('|').slice(2).join(' ')}`)

  it('to another address is everything, and nothing more to the one before', async () => {
    await save()
    await deliver()
    const before = takenBy(saas)
    expect(before.toSorted()).toEqual(['deleted product 3', 'updated order 1', 'updated order 2'])

    await save({ address: 'https://new.tea.example' })
    await deliver()
    expect(takenBy(newSaas).toSorted()).toEqual(before.toSorted())
    expect(takenBy(saas)).toEqual(before)
  })

  it('with another key of the same account is what has waited for it, once', async () => {
    await save()
    await deliver()
    saas.setKey('second-key')
    await stages.intake().accept(arrival(SHOP, orderState('1', 9)))
    await deliver()
    expect(await connectionOf()).toMatchObject({ state: 'refused' })

    await save({ apiKey: 'second-key' })
    await deliver()
    expect(takenBy(saas).slice(3)).toEqual(['updated order 1'])
    const held = saas.mirror().find(({ externalId }) => externalId === '1')
    expect(held?.data).toMatchObject({ total: '9.00' })
  })

  it('when it is connected again is what has changed meanwhile', async () => {
    await save()
    await deliver()
    await endConnection()
    await stages.intake().accept(arrival(SHOP, orderState('2', 9)))
    await deliver()
    expect(saas.takes).toHaveLength(3)

    await save()
    await deliver()
    expect(takenBy(saas).slice(3)).toEqual(['updated order 2'])
  })
})
