import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrival, hearDue, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { claimRecords, LEASE_MS } from '~/records/claim-records'
import { sweep } from './sweep'

const SHOP = 'tea.myshopify.com'
const MINUTE_MS = 60_000

let stages: Stages
let shopId: string
let sourceConnectionId: string

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
})
afterAll(() => stages.close())

/** One order is due, of a shop that is well. */
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "SyncRecord" CASCADE`)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  const source = await stages.db.prisma.sourceConnection.findFirstOrThrow({ where: { account: SHOP } })
  shopId = source.shopId
  sourceConnectionId = source.id
  await setConnection({ pausedAt: null, probeAt: null, state: 'connected' })
})

const run = () => sweep(stages.db, stages.clock.now)
const claim = () =>
  claimRecords(
    stages.db,
    { sourceConnectionId, claimIds: ['00000000-0000-7000-8000-000000000000'], giveWayMs: 0 },
    stages.clock.now,
  )
const setConnection = (data: { pausedAt?: Date | null; probeAt?: Date | null; state?: string }) =>
  stages.db.prisma.saasConnection.updateMany({ where: { shopId }, data })

describe('the sweep', () => {
  it('signals a shop that has something due and whose signal was lost, once', async () => {
    for (const id of ['2', '3']) await stages.intake().accept(arrival(SHOP, orderState(id, 1)))
    expect(await hearDue(stages, run)).toEqual([shopId])
  })

  it('leaves alone a record whose lease is alive, and finds one whose lease ran out', async () => {
    await claim()
    expect(await run()).toBe(0)
    stages.clock.tick(LEASE_MS)
    expect(await run()).toBe(1)
  })

  it('finds the end of a wait, and nothing before it', async () => {
    const dueAt = new Date(stages.clock.now.getTime() + MINUTE_MS)
    await stages.db.query(`UPDATE "SyncRecord" SET "state" = 'retrying', "dueAt" = $1`, [dueAt])
    expect(await run()).toBe(0)
    stages.clock.tick(MINUTE_MS)
    expect(await run()).toBe(1)
  })

  it.each([
    ['that is paused', { pausedAt: new Date() }],
    ['that is not connected', { state: 'not_connected' }],
  ])('signals no shop %s', async (_name, connection) => {
    await setConnection(connection)
    expect(await run()).toBe(0)
  })

  it('signals a shop whose gate is closed when it may be tried again', async () => {
    await setConnection({ state: 'refused', probeAt: new Date(stages.clock.now.getTime() + MINUTE_MS) })
    expect(await run()).toBe(0)
    stages.clock.tick(MINUTE_MS)
    expect(await run()).toBe(1)
  })

  it('signals every shop that has something due, and no other', async () => {
    const others = ['coffee.myshopify.com', 'milk.myshopify.com']
    for (const other of others) await install(stages.db, other)
    await stages.intake().accept(arrival(others[0]!, orderState('1', 1)))
    await stages.intake().accept(arrival(others[1]!, orderState('1', 1)))
    await stages.db.query(
      `UPDATE "SyncRecord" SET "dueAt" = NULL WHERE "sourceConnectionId" = (SELECT "id" FROM "SourceConnection" WHERE "account" = $1)`,
      [others[1]],
    )
    const coffee = await stages.db.prisma.shop.findUniqueOrThrow({ where: { domain: others[0]! } })
    expect((await hearDue(stages, run)).sort()).toEqual([shopId, coffee.id].sort())
  })
})
