import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { startAttempts } from '~/records/attempt-log'
import { claimRecords, LEASE_MS } from '~/records/claim-records'
import { settleRecords } from '~/records/settle-records'
import { type LostAttempt } from '~/records/take-back'
import { uninstallShop } from '~/shops/uninstall-shop'
import { alignMisplaced, findMisplaced } from './align-misplaced'

const SHOP = 'tea.myshopify.com'
const going = new AbortController().signal

let stages: Stages
let shopId: string
let sourceConnectionId: string

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
/** A shop with an order that waits, and another shop, which is well. */
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  for (const domain of [SHOP, 'coffee.myshopify.com']) {
    await install(stages.db, domain)
    await stages.intake().accept(arrival(domain, orderState('1', 1)))
  }
  const source = await stages.db.prisma.sourceConnection.findFirstOrThrow({ where: { account: SHOP } })
  shopId = source.shopId
  sourceConnectionId = source.id
})

const now = () => stages.clock.now
const setConnection = (values: string) =>
  stages.db.query(`UPDATE "SaasConnection" SET ${values} WHERE "shopId" = $1`, [shopId])
const record = () => stages.db.prisma.syncRecord.findFirstOrThrow({ where: { sourceConnectionId } })
const lost: LostAttempt[] = []
const align = () =>
  alignMisplaced(stages.db, now(), { signal: going, onAbandoned: (attempt) => void lost.push(attempt) })

/** Claims the record and notes its attempt, as a worker does that dies in its call. */
async function claim() {
  const about = { sourceConnectionId, claimIds: [randomUUID()], giveWayMs: 0 }
  const [held] = (await claimRecords(stages.db, about, now())).records
  const { claimId, id: recordId, revision, generation } = held!
  const attempt = { id: claimId, sourceConnectionId, recordId, revision, generation, number: 1 }
  await startAttempts(stages.db, [
    { ...attempt, traceId: 't', batchSize: 1, action: 'updated', startedAt: now() },
  ])
  return held!
}

it('does nothing where every record stands where its connection is', async () => {
  const before = await record()
  expect(await findMisplaced(stages.db, now())).toEqual([])
  expect(await align()).toBe(0)
  expect(await record()).toEqual(before)
})

it('holds what an uninstallation left waiting', async () => {
  await stages.db.transaction((tx) => uninstallShop(tx, SHOP, '', now()))
  expect(await align()).toBe(1)
  expect(await record()).toMatchObject({ state: 'held', reason: 'The app is not installed.' })
  expect(await align()).toBe(0)
})

it('holds news whose context was read before a person paused', async () => {
  await setConnection(`"pausedAt" = now()`)
  expect(await align()).toBe(1)
  expect(await record()).toMatchObject({ state: 'held', reason: 'Sending is paused.' })
})

it('lets go what was held when its connection was open already', async () => {
  await stages.db.query(`UPDATE "SyncRecord" SET "state" = 'held', "reason" = 'Late.' WHERE "id" = $1`, [
    (await record()).id,
  ])
  expect(await align()).toBe(1)
  expect(await record()).toMatchObject({ state: 'waiting', reason: null })
})

it('comes again for what somebody had locked', async () => {
  await setConnection(`"pausedAt" = now()`)
  await stages.db.transaction(async (tx) => {
    await tx.query(`SELECT 1 FROM "SyncRecord" FOR UPDATE`)
    await align()
  })
  expect(await record()).toMatchObject({ state: 'waiting' })
  await align()
  expect(await record()).toMatchObject({ state: 'held' })
})

it('hastens no retries: only a gate that opens does', async () => {
  const dueAt = new Date(now().getTime() + 60_000)
  await stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
     VALUES (gen_random_uuid(), $1, 'order', 'r', 'retrying', $2), (gen_random_uuid(), $1, 'order', 'h', 'held', $2)`,
    [sourceConnectionId, dueAt],
  )
  expect(await align()).toBe(1)
  expect(await stages.db.prisma.syncRecord.count({ where: { state: 'retrying', dueAt } })).toBe(1)
})

it.each([
  ['a person paused', `"pausedAt" = now()`, 'held', 'Sending is paused.'],
  [
    'the SaaS refuses',
    `"state" = 'refused', "stateReason" = 'The key.', "probeAt" = now() + interval '1 day'`,
    'held',
    'The key.',
  ],
  [
    'the SaaS cannot be reached',
    `"state" = 'unreachable', "probeAt" = now() + interval '1 day'`,
    'waiting',
    null,
  ],
  ['all is well', `"state" = 'connected'`, 'waiting', null],
])(
  'takes back what a dead worker held when its lease is over, while %s',
  async (_name, values, state, reason) => {
    const held = await claim()
    await setConnection(values)
    stages.clock.tick(LEASE_MS - 1)
    await align()
    expect(await record()).toMatchObject({ state: 'delivering', attemptId: held.claimId })

    stages.clock.tick(1)
    expect(await align()).toBe(1)
    expect(await record()).toMatchObject({
      state,
      reason,
      attemptId: null,
      dueAt: now(),
      attempts: 0,
      deliveredHash: null,
    })
    expect(
      await stages.db.prisma.syncAttempt.findFirstOrThrow({ where: { id: held.claimId } }),
    ).toMatchObject({
      outcome: 'abandoned',
      code: 'ABANDONED',
      endedAt: now(),
    })
    // Its worker was only slow: what it says now changes nothing.
    const { claimId, id: recordId, revision, generation } = held
    expect(lost.splice(0)).toEqual([
      { attemptId: claimId, traceId: 't', recordId, sourceConnectionId, resource: 'order', revision },
    ])
    const settlement = { kind: 'delivered', bodyHash: 'b', textHash: null, saasId: null } as const
    const late = {
      recordId,
      claimId,
      known: () => held.known,
      sentHash: held.desiredHash!,
      revision,
      generation,
      settlement,
      attempt: null,
    }
    expect(await settleRecords(stages.db, shopId, [late], now())).toEqual(new Map())
    expect(await record()).toMatchObject({ state })
  },
)

it('ends after the slice in hand when it is told to', async () => {
  await setConnection(`"pausedAt" = now()`)
  await stages.db.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "dueAt")
     SELECT gen_random_uuid(), $1, 'order', 'n' || n, 'waiting', $2 FROM generate_series(1, 2500) n`,
    [sourceConnectionId, now()],
  )
  const over = AbortSignal.abort()
  await alignMisplaced(stages.db, now(), { signal: over })
  expect(await stages.db.prisma.syncRecord.count({ where: { state: 'held' } })).toBe(0)
  expect(await align()).toBe(1)
  expect(await stages.db.prisma.syncRecord.count({ where: { state: 'held' } })).toBe(2_501)
})
