import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  arrival,
  at,
  BUILT_IN,
  gone,
  install,
  openStages,
  orderState,
  type Stages,
} from '../../tests/support/stages'
import { until } from '../../dev/until'
import { type News } from '~/contracts/news'
import { type PiiPolicy, type Resource } from '~/contracts/resource'
import { type Sql } from '~/db.server'
import { claimOf } from '~/delivery/claim-of'
import { changeConnection } from '~/shops/change-connection'
import { readDeliveryTarget } from '~/shops/read-delivery-target'
import { readSource } from '~/shops/read-source'
import { DEFAULT_RESOURCES } from '~/shops/saas-defaults'
import { startRemoval } from '~/shops/start-removal'
import { type ClaimedRecord, claimRecords } from './claim-records'
import { openDelivered } from './delivered-known'
import { keepOvertaken } from './keep-overtaken'
import { reevaluate } from './reevaluate'
import { replayRecords } from './replay-records'
import { type Settlement, settleRecords } from './settle-records'

const SHOP = 'tea.myshopify.com'
const DELIVERED: Settlement = { kind: 'delivered', bodyHash: 'body', textHash: null, saasId: null }
const DEAD: Settlement = { kind: 'dead', code: 'HTTP_422', words: 'No.', cause: 'HTTP_422' }

let stages: Stages
let shopId: string
let sourceConnectionId: string
let number = 0

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
  await say(customer(1, 'Ada'))
  const source = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  shopId = source.shopId
  sourceConnectionId = source.id
})
afterAll(() => stages.close())

/** Each test has an order of its own, and nothing else is due. */
beforeEach(async () => {
  await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL`)
  number++
})

const say = (news: News, piiPolicy: PiiPolicy = 'full') =>
  stages.intake({ defaults: { ...BUILT_IN, piiPolicy } }).accept(arrival(SHOP, news))
const order = (second: number, core: Record<string, unknown> = {}) =>
  say(orderState(String(number), second, core))
const customer = (second: number, name: string): News => ({
  kind: 'state',
  resource: 'customer',
  externalId: '7',
  action: 'updated',
  version: { updatedAt: at(second), triggeredAt: at(second) },
  updatedAt: at(second),
  parts: { core: { state: name, display_name: `${name} Byron`, pii: { email: `${name}@tea.example` } } },
})

const row = (resource = 'order', externalId = String(number)) =>
  stages.db.prisma.syncRecord.findFirstOrThrow({ where: { resource, externalId } })
async function claim(): Promise<ClaimedRecord> {
  const options = { sourceConnectionId, claimIds: [randomUUID()], giveWayMs: 0 }
  return (await claimRecords(stages.db, options, stages.clock.now)).records[0]!
}
async function settle(held: ClaimedRecord, settlement: Settlement = DELIVERED): Promise<void> {
  const target = await readDeliveryTarget(stages.db, shopId)
  const claim = claimOf({ target: target!, options: stages }, held, held.generation)
  await settleRecords(stages.db, shopId, [{ ...claim, settlement, attempt: null }], stages.clock.now)
}
const deliver = async () => settle(await claim())

/** The total of the order as the SaaS took it last; or why that is not known. */
async function taken(): Promise<unknown> {
  const stored = await row()
  const delivered = openDelivered(stored, 'full', stages.sealer)
  return delivered.kind === 'known' ? (delivered.known.parts.core?.data.total ?? 'gone') : delivered.kind
}
const isKept = async () => (await row()).deliveredKnown !== null

describe('what the SaaS took last of a record', () => {
  it('is nothing before it took any', async () => {
    await order(1)
    await order(2)
    expect(await taken()).toBe('never')
    expect(await isKept()).toBe(false)
  })

  it('is what is known, and kept once news moves away from it, until the SaaS takes that', async () => {
    await order(1)
    await deliver()
    expect([await taken(), await isKept()]).toEqual(['1.00', false])

    await order(2)
    await order(3)
    expect([await taken(), await isKept()]).toEqual(['1.00', true])
    await deliver()
    expect([await taken(), await isKept()]).toEqual(['3.00', false])
  })

  it('stays what it was while the SaaS refuses what came after it', async () => {
    await order(1)
    await deliver()
    await order(2)
    await settle(await claim(), DEAD)
    await order(3)
    await settle(await claim(), DEAD)
    expect(await taken()).toBe('1.00')
  })

  it('is not kept any more where the record comes back to it', async () => {
    await order(1, { total: '5.00' })
    await deliver()
    await order(2)
    await order(3, { total: '5.00' })
    expect(await row()).toMatchObject({ state: 'in_step', deliveredKnown: null })
  })

  it('is what was sent, where the record moved on during the call', async () => {
    await order(1)
    const held = await claim()
    await order(2)
    await settle(held)
    expect([await taken(), await isKept()]).toEqual(['1.00', true])
    await deliver()
    expect([await taken(), await isKept()]).toEqual(['2.00', false])
  })

  it('is said to be forgotten where the worker died before it could keep that', async () => {
    await order(1)
    await deliver()
    await order(2)
    const held = await claim()
    await order(3)
    await settle({ ...held, known: null })
    expect(await taken()).toBe('forgotten')
    await order(4)
    expect(await taken()).toBe('forgotten')
  })

  it('survives a person who sends it again, and what changes before that', async () => {
    await order(1)
    await deliver()
    const { id } = await row()
    const shop = { shopId, heldBecause: null }
    await stages.db.transaction((tx) => replayRecords(tx, shop, [id], stages.clock.now))
    expect([await taken(), await isKept()]).toEqual(['1.00', false])
    await order(2)
    expect([await taken(), await isKept()]).toEqual(['1.00', true])
  })

  it('is forgotten with the record when that is deleted, and not brought back by a call that was under way', async () => {
    await order(1)
    await deliver()
    await order(2)
    const held = await claim()
    await say(gone('order', String(number), 3))
    expect(await taken()).toBe('forgotten')
    await settle(held)
    expect(await taken()).toBe('forgotten')
    await deliver()
    expect([await taken(), await isKept()]).toEqual(['gone', false])
    await order(4)
    expect([await taken(), await isKept()]).toEqual(['gone', true])
  })

  it('is not what is known where the SaaS took a removal', async () => {
    await order(1)
    const held = await claim()
    await order(2)
    await settle(held, { ...DELIVERED, leftOut: 'Not selected.' })
    expect(await taken()).toBe('forgotten')
  })

  it('is kept where the record is to be removed, and news changes only what is known of it', async () => {
    const { db, clock, queue, sealer, logger } = stages
    const select = (resources: Resource[]) =>
      db.transaction((tx) => changeConnection(tx, shopId, { resources }, { queue, now: clock.now }))
    await say(gone('order', String(number), 1))
    const held = await claim()
    await select(['customer'])
    await settle(held)
    await db.transaction((tx) => startRemoval(tx, shopId, 'order', { queue, now: clock.now }))
    for (const { id } of await db.prisma.syncRun.findMany({ where: { endedAt: null } }))
      await reevaluate(id, { db, sealer, logger, clock: () => clock.now, contextOf: readSource })

    const before = await row()
    await order(2)
    await select([...DEFAULT_RESOURCES])
    expect(await row()).toMatchObject({ desiredAction: 'deleted', desiredHash: before.desiredHash })
    expect([await taken(), await isKept()]).toEqual(['gone', true])
  })

  it('is kept of several without a deadlock with news of the same ones', async () => {
    await order(1)
    number++
    await order(1)
    const ids = (
      await stages.db.prisma.syncRecord.findMany({
        where: { externalId: { in: [String(number - 1), String(number)] } },
        orderBy: { id: 'asc' },
      })
    ).map(({ id }) => id)
    await stages.db.query(
      `UPDATE "SyncRecord" SET "deliveredKnown" = '', "deliveredHash" = 'sent', "deliveredAt" = now() WHERE "id" = ANY($1::uuid[])`,
      [ids],
    )
    const { generation } = await stages.db.prisma.saasConnection.findFirstOrThrow({ where: { shopId } })
    const known = Uint8Array.of(7)
    const overtaken = ids.toReversed().map((recordId) => ({ recordId, sentHash: 'sent', generation, known }))
    const lock = (sql: Sql, id: string | undefined) =>
      sql.query(`SELECT 1 FROM "SyncRecord" WHERE "id" = $1 FOR NO KEY UPDATE`, [id])

    let keeping = Promise.resolve()
    await stages.db.transaction(async (tx) => {
      await lock(tx, ids[0])
      keeping = keepOvertaken(stages.db, shopId, overtaken)
      await until('it waits', async () => (await waitingForALock()).length === 1)
      await lock(tx, ids[1])
    })
    await keeping
    const kept = await stages.db.prisma.syncRecord.findMany({ where: { id: { in: ids } } })
    expect(kept.map(({ deliveredKnown }) => deliveredKnown)).toEqual([known, known])
  })
  const waitingForALock = () =>
    stages.db.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )

  it('is not written over by a call that was settled long ago', async () => {
    await order(1)
    const { known, desiredHash, generation } = await claim().then(async (held) => {
      await order(2)
      await settle(held)
      return held
    })
    await deliver()
    await order(3)
    const { id: recordId } = await row()
    const late = { recordId, known: known!, sentHash: desiredHash!, generation }
    await keepOvertaken(stages.db, shopId, [late])
    expect(await taken()).toBe('2.00')
  })
})

describe('what moved a record', () => {
  it('is noted when its content changes, and only then', async () => {
    await order(1)
    const first = await row()
    expect(first).toMatchObject({ desiredBy: 'webhook', desiredAt: stages.clock.now })
    stages.clock.tick(1_000)
    await order(2, { total: '1.00' })
    expect(await row()).toMatchObject({ desiredBy: 'webhook', desiredAt: first.desiredAt })
    await order(3)
    expect(await row()).toMatchObject({ desiredAt: stages.clock.now })
  })
})

describe('a stricter policy on personal data', () => {
  it('is kept to by what was delivered, too', async () => {
    const { db, clock, queue, sealer, logger } = stages
    await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = $1 WHERE "resource" = 'customer'`, [clock.now])
    await deliver()
    await say(customer(2, 'Eva'))
    const before = openDelivered(await row('customer', '7'), 'full', sealer)
    expect(JSON.stringify(before)).toContain('Ada@tea.example')

    const change = { piiPolicy: 'none' } as const
    await db.transaction((tx) => changeConnection(tx, shopId, change, { queue, now: clock.now }))
    const runs = await db.prisma.syncRun.findMany({ where: { kind: 're-evaluation' } })
    for (const { id } of runs)
      await reevaluate(id, { db, sealer, logger, clock: () => clock.now, contextOf: readSource })

    const stored = await row('customer', '7')
    expect(stored).toMatchObject({ desiredBy: 're-evaluation' })
    const kept = JSON.stringify(openDelivered(stored, 'full', sealer))
    expect(kept).toContain('"state":"Ada"')
    expect(kept).not.toMatch(/Byron|tea\.example/)
  })

  it('is kept to by what was claimed before all records were looked at, too', async () => {
    const { db, clock, queue } = stages
    await say(customer(11, 'Ida'))
    const change = { piiPolicy: 'none' } as const
    await db.transaction((tx) => changeConnection(tx, shopId, change, { queue, now: clock.now }))
    const held = await claim()
    await say(customer(12, 'Eva'), 'none')
    await settle(held)

    const kept = JSON.stringify(openDelivered(await row('customer', '7'), 'full', stages.sealer))
    expect(kept).toContain('"state":"Ida"')
    expect(kept).not.toMatch(/Byron|tea\.example/)
  })
})
