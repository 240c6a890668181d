import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { untilOneWaits } from '../../tests/support/lock-wait'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { startRemoval } from './start-removal'
import { uninstallShop } from './uninstall-shop'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let shopId: string

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await install(stages.db, SHOP)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  shopId = (await stages.db.prisma.shop.findFirstOrThrow()).id
})

const options = () => ({ queue: stages.queue, now: stages.clock.now })
/** Removes messages: what is mirrored by default, an uninstallation selects again. */
const remove = () => stages.db.transaction((tx) => startRemoval(tx, shopId, 'message', options()))
const runs = () => stages.db.prisma.syncRun.findMany({ where: { kind: 'removal' } })

describe('a removal that comes together with an uninstallation', () => {
  it('is refused when the uninstallation is first', async () => {
    let refused: Promise<unknown> = Promise.resolve()
    await stages.db.transaction(async (tx) => {
      await uninstallShop(tx, SHOP, '', stages.clock.now)
      refused = remove().catch((error: unknown) => error)
      await untilOneWaits(stages.db)
    })
    expect(await refused).toMatchObject({ code: 'SHOP_NOT_INSTALLED' })
    expect(await runs()).toEqual([])
  })

  it('is cancelled when it is first', async () => {
    let uninstalling: Promise<unknown> = Promise.resolve()
    await stages.db.transaction(async (tx) => {
      await startRemoval(tx, shopId, 'message', options())
      uninstalling = stages.db.transaction((other) => uninstallShop(other, SHOP, '', stages.clock.now))
      await untilOneWaits(stages.db)
    })
    await uninstalling
    expect(await runs()).toMatchObject([{ state: 'cancelled' }])
    expect(await stages.db.prisma.saasConnection.findFirst()).toMatchObject({ removals: {} })
  })
})
