import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { DAY_MS } from '~/lib/time'
import { retain } from '~/privacy/retain'
import { setKeepDays } from './set-keep-days'
import { uninstallShop } from './uninstall-shop'

const SHOP = 'tea.myshopify.com'
const OTHER_SHOP = 'coffee.myshopify.com'
const HOUR_MS = DAY_MS / 24
const USUAL = { payloadDays: 30, historyDays: 90, statisticDays: 400 }
const SHORT = { payloadDays: 1, historyDays: 7, statisticDays: 8 }

let stages: Stages

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await install(stages.db, SHOP)
  await say('1')
})

const say = (externalId: string, shop = SHOP) =>
  stages.intake().accept(arrival(shop, orderState(externalId, 1)))
const uninstall = () => stages.db.transaction((tx) => uninstallShop(tx, SHOP, '', stages.clock.now))
const forget = () => retain(stages.db, stages.clock.now, new AbortController().signal)
const shop = () => stages.db.prisma.shop.findUniqueOrThrow({ where: { domain: SHOP } })
const bodies = () => stages.db.prisma.webhookEvent.count({ where: { payload: { not: null } } })

describe('for how long a shop has what it keeps, kept', () => {
  beforeEach(async () => {
    await setKeepDays(stages.db, (await shop()).id, SHORT, stages.clock.now)
    await forget()
  })

  it('is so, too, for what is left when the app is uninstalled', async () => {
    await uninstall()
    await forget()
    stages.clock.tick(DAY_MS + HOUR_MS)
    await forget()
    expect(await bodies()).toBe(0)
    expect(await stages.db.prisma.webhookEvent.count()).toBe(1)
    stages.clock.tick(6 * DAY_MS)
    await forget()
    expect(await stages.db.prisma.webhookEvent.count()).toBe(0)
    expect(await shop()).toMatchObject(SHORT)
  })

  it('is as usual when the app is installed again, but for the bodies that are left of the time before', async () => {
    await uninstall()
    await install(stages.db, SHOP)
    await say('2')
    expect(await shop()).toMatchObject(USUAL)
    await forget()
    stages.clock.tick(DAY_MS + HOUR_MS)
    await forget()
    expect(await bodies()).toBe(1)
    stages.clock.tick(29 * DAY_MS)
    await forget()
    expect(await bodies()).toBe(0)
  })

  it('stays as it is when only the environment of an installed shop changes', async () => {
    const defaults = {
      kind: 'environment',
      address: 'https://saas.example',
      dialect: 'unified',
      piiPolicy: 'none',
      state: 'connected',
      stateReason: null,
    } as const
    await stages.intake({ defaults }).accept(arrival(SHOP, orderState('2', 1)))
    expect(await shop()).toMatchObject(SHORT)
  })
})

it('what a person decided to keep at the SaaS is forgotten with the installation, of this shop alone', async () => {
  await install(stages.db, OTHER_SHOP)
  await say('1', OTHER_SHOP)
  await stages.db.query(
    `INSERT INTO "KeptRecord" SELECT "id", 'order', '1', '', '', now() FROM "SourceConnection"`,
  )
  await uninstall()
  const kept = await stages.db.prisma.keptRecord.findMany({ include: { source: true } })
  expect(kept.map(({ source }) => source.account)).toEqual([OTHER_SHOP])
})
