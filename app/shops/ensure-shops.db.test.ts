import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { untilOneWaits } from '../../tests/support/lock-wait'
import { arrival, BUILT_IN, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { changeConnection, type ConnectionChange } from './change-connection'
import { type SaasDefaults } from './saas-defaults'
import { updateConnections } from './update-connections'

const SHOP = 'tea.myshopify.com'
const FULL: SaasDefaults = {
  ...BUILT_IN,
  kind: 'environment',
  address: 'https://operator.example',
  piiPolicy: 'full',
}
const NONE: SaasDefaults = { ...FULL, piiPolicy: 'none' }

let stages: Stages
let shopId: string

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await install(stages.db, SHOP)
  await stages.intake({ defaults: FULL }).accept(arrival(SHOP, orderState('1', 1)))
  shopId = (await stages.db.prisma.shop.findFirstOrThrow()).id
})

const connection = () => stages.db.prisma.saasConnection.findUniqueOrThrow({ where: { shopId } })
const options = () => ({ queue: stages.queue, now: stages.clock.now })
const change = (changed: ConnectionChange) =>
  stages.db.transaction((tx) => changeConnection(tx, shopId, changed, options()))
/** Starts a worker with another environment. */
const deploy = (defaults: SaasDefaults) => {
  const { db, queue, sealer, clock } = stages
  const issueReceiverKey = (store: string) => Promise.resolve(`key of ${store}`)
  return updateConnections(db, { defaults, queue, sealer, issueReceiverKey }, clock.now)
}
const ownPlace = (): ConnectionChange => ({
  kind: 'merchant',
  address: 'https://mine.example',
  key: { sealed: stages.sealer.seal('mine', `saas-key:${shopId}`), isSameTenant: false },
  chooses: { place: true },
})

describe('the environment decides what nobody of the shop has chosen:', () => {
  it('the policy of a shop with a place of its own, once', async () => {
    await change(ownPlace())
    const before = await connection()
    await deploy(NONE)
    await deploy(NONE)
    const { kind, address, sealedKey, addressGeneration } = before
    expect(await connection()).toMatchObject({
      ...{ kind, address, sealedKey, addressGeneration },
      piiPolicy: 'none',
      erasedFields: ['display_name', 'pii'],
      generation: before.generation + 1,
      chosen: ['place'],
    })
  })

  it('the policy of a shop that sends nothing, which goes on sending nothing', async () => {
    const reach = { state: 'not_connected', stateReason: 'It was disconnected.' } as const
    await change({ reach, chooses: { place: true } })
    await deploy(NONE)
    expect(await connection()).toMatchObject({ ...reach, piiPolicy: 'none' })
  })

  it('the policy of a connection that a merchant made before choices were noted', async () => {
    await change({ ...ownPlace(), chooses: {} })
    await deploy(NONE)
    expect(await connection()).toMatchObject({
      address: 'https://mine.example',
      piiPolicy: 'none',
      chosen: [],
    })
  })

  it('the place of a shop that has chosen its policy', async () => {
    await change({ piiPolicy: 'minimal', chooses: { policy: true } })
    await deploy({ ...NONE, address: 'https://other.example' })
    expect(await connection()).toMatchObject({ address: 'https://other.example', piiPolicy: 'minimal' })
  })

  it('nothing of a shop that has chosen both', async () => {
    await change({ ...ownPlace(), piiPolicy: 'minimal', chooses: { place: true, policy: true } })
    const before = await connection()
    await deploy({ ...NONE, address: 'https://other.example' })
    expect(await connection()).toEqual(before)
  })
})

it('a place that is chosen while the environment changes is left alone', async () => {
  let deploying = Promise.resolve()
  await stages.db.transaction(async (tx) => {
    await changeConnection(tx, shopId, ownPlace(), options())
    deploying = deploy({ ...NONE, address: 'https://other.example' })
    await untilOneWaits(stages.db)
  })
  await deploying
  expect(await connection()).toMatchObject({
    kind: 'merchant',
    address: 'https://mine.example',
    chosen: ['place'],
    piiPolicy: 'none',
  })
})
