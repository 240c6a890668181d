import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import {
  arrival,
  at,
  gone,
  install,
  openStages,
  orderState,
  recordId,
  type Stages,
} from '../../tests/support/stages'
import { readRepositoryFile } from '../../tests/support/source-text'
import { type RecordState } from '~/contracts/states'
import { type Intake } from '~/intake/intake.server'
import { startAttempts } from './attempt-log'
import { type ClaimedRecord, claimRecords, LEASE_MS } from './claim-records'
import { nextDue } from './find-due'
import { type Settled, type Settlement, settleRecords } from './settle-records'

const SHOP = 'tea.myshopify.com'
const SECOND_MS = 1_000

let stages: Stages
let intake: Intake
let shopId: string
let sourceConnectionId: string
let id: string
let number = 0

beforeAll(async () => {
  stages = await openStages()
  intake = stages.intake()
  await install(stages.db, SHOP)
})
afterAll(() => stages.close())

/** Each test has an order of its own, which waits to be delivered, and no other does. */
beforeEach(async () => {
  await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL`)
  await stages.db.query(`UPDATE "SaasConnection" SET "generation" = 1`)
  id = await fresh()
  const source = await stages.db.prisma.sourceConnection.findFirstOrThrow()
  shopId = source.shopId
  sourceConnectionId = source.id
})

/** Another order, and the id of its record. */
async function fresh(): Promise<string> {
  number++
  await say(1)
  return recordId(stages.db, SHOP, 'order', String(number))
}
const say = (second: number, core: Record<string, unknown> = {}) =>
  intake.accept(arrival(SHOP, orderState(String(number), second, core)))
const now = () => stages.clock.now
const later = (ms: number) => new Date(now().getTime() + ms)
const row = (of = id) => stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id: of } })
const setGeneration = (generation: number) =>
  stages.db.query(`UPDATE "SaasConnection" SET "generation" = $1`, [generation])

const claims = (most: number, giveWayMs = 0) => {
  const claimIds = Array.from({ length: most }, () => randomUUID())
  return claimRecords(stages.db, { sourceConnectionId, claimIds, giveWayMs }, now())
}
const claim = async (): Promise<ClaimedRecord | null> => (await claims(1)).records[0] ?? null

const settled = (held: ClaimedRecord, settlement: Settlement, more: Partial<Settled> = {}): Settled => ({
  recordId: held.id,
  claimId: held.claimId,
  known: () => held.known,
  sentHash: held.desiredHash!,
  revision: held.revision,
  generation: held.generation,
  settlement,
  attempt: null,
  ...more,
})
const settle = async (held: ClaimedRecord, settlement: Settlement): Promise<RecordState | null> =>
  (await settleRecords(stages.db, shopId, [settled(held, settlement)], now())).get(held.id) ?? null

const DELIVERED: Settlement = { kind: 'delivered', bodyHash: 'body', textHash: 'text', saasId: null }
const SAME: Settlement = { kind: 'same', bodyHash: 'body' }
const DEAD: Settlement = { kind: 'dead', code: 'HTTP_400', words: 'No.', cause: 'HTTP_400' }
const EXCLUDED: Settlement = { kind: 'excluded', words: 'Not selected.' }
const retry = (more: Partial<Extract<Settlement, { kind: 'later' }>> = {}): Settlement => ({
  kind: 'later',
  state: 'retrying',
  dueAt: later(5 * SECOND_MS),
  counts: true,
  code: 'TIMEOUT',
  words: 'Too slow.',
  ...more,
})

/** Claims and delivers, as a worker would. */
async function deliver() {
  const held = (await claim())!
  await settle(held, DELIVERED)
}

/** Notes the attempt of a claim, as a worker does before its call. */
const start = (held: ClaimedRecord) =>
  startAttempts(stages.db, [
    {
      id: held.claimId,
      sourceConnectionId: held.sourceConnectionId,
      recordId: held.id,
      revision: held.revision,
      generation: held.generation,
      number: 1,
      traceId: 'f'.repeat(32),
      batchSize: 1,
      action: 'updated',
      startedAt: now(),
    },
  ])
const attempt = (held: ClaimedRecord) =>
  stages.db.prisma.syncAttempt.findUniqueOrThrow({ where: { id: held.claimId } })

describe('a claim', () => {
  it('is won by one of two', async () => {
    const won = await Promise.all([claim(), claim(), claim()])
    expect(won.filter(Boolean)).toHaveLength(1)
  })

  it('of many records shares none of them with another', async () => {
    for (let n = 0; n < 59; n++) await fresh()
    const all = (await Promise.all(Array.from({ length: 6 }, () => claims(15)))).flatMap(
      ({ records }) => records,
    )
    all.push(...(await claims(60)).records)
    expect(all).toHaveLength(60)
    expect(new Set(all.map((held) => held.id)).size).toBe(60)
    expect(new Set(all.map((held) => held.claimId)).size).toBe(60)
    for (const held of all) expect(await row(held.id)).toMatchObject({ attemptId: held.claimId })
  })

  it('takes the newest promise first, and no more than it has ids for', async () => {
    stages.clock.tick(SECOND_MS)
    const second = await fresh()
    stages.clock.tick(SECOND_MS)
    const third = await fresh()
    const both = await claims(2)
    expect(both.records.map((held) => held.id).sort()).toEqual([second, third].sort())
    expect(both).toMatchObject({ looked: 2, yieldedUntil: null })
    const rest = await claims(2)
    expect(rest.records.map((held) => held.id)).toEqual([id])
    expect(rest.looked).toBe(1)
    expect(await claims(2)).toEqual({ records: [], looked: 0, yieldedUntil: null })
  })

  it('protects the record until its lease runs out, and forgets what was delivered', async () => {
    await deliver()
    await say(2)
    const held = (await claim())!
    expect(held).toMatchObject({
      state: 'waiting',
      deliveredGeneration: 1,
      deliveredHash: expect.any(String) as string,
    })
    expect(await row()).toMatchObject({
      state: 'delivering',
      attemptId: held.claimId,
      dueAt: later(LEASE_MS),
      deliveredHash: null,
      deliveredBodyHash: null,
      deliveredGeneration: 1,
    })
    stages.clock.tick(LEASE_MS - 1)
    expect(await claim()).toBeNull()
  })

  it('is not to be had of a record that is in step, or whose time has not come', async () => {
    await deliver()
    expect(await claim()).toBeNull()
    await say(2)
    const held = (await claim())!
    await settle(held, retry())
    expect(await claim()).toBeNull()
    stages.clock.tick(5 * SECOND_MS)
    expect(await claim()).toMatchObject({ state: 'retrying', attempts: 1 })
  })

  it('passes by what somebody else has locked, and then has what was written', async () => {
    await stages.db.transaction(async (tx) => {
      await tx.query(`SELECT 1 FROM "SyncRecord" WHERE "id" = $1 FOR UPDATE`, [id])
      await tx.query(`UPDATE "SyncRecord" SET "desiredHash" = 'moved', "revision" = 77 WHERE "id" = $1`, [id])
      expect(await claims(5)).toMatchObject({ records: [], looked: 0 })
    })
    expect(await claim()).toMatchObject({ desiredHash: 'moved', revision: '77' })
  })

  it('takes over when the lease has run out: the old attempt is abandoned, and its late settlement changes nothing', async () => {
    const old = (await claim())!
    await start(old)
    stages.clock.tick(LEASE_MS)
    const next = (await claim())!
    expect(next).toMatchObject({ state: 'delivering' })
    expect(await attempt(old)).toMatchObject({ outcome: 'abandoned', code: 'ABANDONED', endedAt: now() })
    expect(await settle(old, DELIVERED)).toBeNull()
    expect(await row()).toMatchObject({ state: 'delivering', attemptId: next.claimId, deliveredHash: null })
  })

  it('of another shop’s records is not to be had', async () => {
    const other = 'coffee.myshopify.com'
    await install(stages.db, other)
    await intake.accept(arrival(other, orderState('1', 1)))
    expect((await claims(10)).records.map((held) => held.id)).toEqual([id])
  })
})

describe('a claim under another generation', () => {
  it('gives a record that was sent before a revision of its own, so that no key is used for two sends', async () => {
    const first = (await claim())!
    await settle(first, retry({ dueAt: now() }))
    const again = (await claim())!
    expect(again).toMatchObject({ revision: first.revision, generation: 1 })
    await settle(again, retry({ dueAt: now() }))

    await setGeneration(2)
    const second = (await claim())!
    expect(second.generation).toBe(2)
    expect(Number(second.revision)).toBeGreaterThan(Number(first.revision))
    expect((await row()).revision).toBe(BigInt(second.revision))
  })

  it('also when nobody knows how the call under the other one ended', async () => {
    const lost = (await claim())!
    stages.clock.tick(LEASE_MS)
    await setGeneration(2)
    expect(Number((await claim())!.revision)).toBeGreaterThan(Number(lost.revision))
  })

  it('also when it was sent before that was noted', async () => {
    await deliver()
    await stages.db.query(`UPDATE "SyncRecord" SET "sentGeneration" = NULL, "dueAt" = $2 WHERE "id" = $1`, [
      id,
      now(),
    ])
    await stages.db.query(
      readRepositoryFile('prisma/migrations/20261122041200_record_sent_generation_known/migration.sql'),
    )
    const before = await row()
    expect(BigInt((await claim())!.revision)).toBeGreaterThan(before.revision)
  })

  it('leaves the revision of a record that was never sent', async () => {
    const before = await row()
    await setGeneration(2)
    expect((await claim())!.revision).toBe(String(before.revision))
  })
})

describe('a record that was just delivered', () => {
  it('gives way to others for as long as it is told, and is due after that', async () => {
    await deliver()
    await say(2)
    stages.clock.tick(400)
    const changing = id
    const waiting = await fresh()

    const { records, looked, yieldedUntil } = await claims(5, SECOND_MS)
    expect(records.map((held) => held.id)).toEqual([waiting])
    expect({ looked, yieldedUntil }).toEqual({ looked: 2, yieldedUntil: later(600) })
    expect(await row(changing)).toMatchObject({ state: 'waiting', dueAt: later(600), attemptId: null })

    stages.clock.tick(599)
    expect(await claims(5, SECOND_MS)).toMatchObject({ looked: 0 })
    stages.clock.tick(1)
    expect((await claims(5, SECOND_MS)).records.map((held) => held.id)).toEqual([changing])
  })

  it('tells when it is due again also when it alone gives way', async () => {
    await deliver()
    await say(2)
    expect(await claims(5, SECOND_MS)).toEqual({ records: [], looked: 1, yieldedUntil: later(SECOND_MS) })
  })

  it('gives way to nobody where there is room for all', async () => {
    await deliver()
    await say(2)
    expect((await claims(5, 0)).records).toHaveLength(1)
  })

  it('gives way to nobody with a try that its schedule has planned', async () => {
    await deliver()
    await say(2)
    await settle((await claim())!, retry({ dueAt: now() }))
    expect((await claims(5, SECOND_MS)).records).toHaveLength(1)
  })
})

describe('settling', () => {
  it('puts a delivered record in step', async () => {
    const held = (await claim())!
    expect(await settle(held, { ...DELIVERED, saasId: 'a1' })).toBe('in_step')
    expect(await row()).toMatchObject({
      state: 'in_step',
      dueAt: null,
      attemptId: null,
      attempts: 0,
      waitingSince: null,
      deliveredHash: held.desiredHash,
      deliveredBodyHash: 'body',
      deliveredRevision: BigInt(held.revision),
      deliveredGeneration: 1,
      deliveredAt: now(),
      saasId: 'a1',
    })
  })

  it('of a deletion leaves it deleted, and keeps the id at the SaaS', async () => {
    await settle((await claim())!, { ...DELIVERED, saasId: 'a1' })
    await intake.accept(arrival(SHOP, gone('order', String(number), 2)))
    expect(await settle((await claim())!, DELIVERED)).toBe('deleted')
    expect(await row()).toMatchObject({ state: 'deleted', saasId: 'a1' })
  })

  it('settles many at once, each by its own outcome, and completes their attempts', async () => {
    for (let n = 0; n < 5; n++) await fresh()
    const { records } = await claims(6)
    for (const held of records) await start(held)
    const kinds: [Settlement, object, object][] = [
      [
        DELIVERED,
        { state: 'in_step', attempts: 0, lastError: null },
        { outcome: 'delivered', httpStatus: 200 },
      ],
      [SAME, { state: 'in_step', deliveredAt: null, deliveredRevision: null }, { outcome: 'in_flight' }],
      [
        retry(),
        {
          state: 'retrying',
          attempts: 1,
          dueAt: later(5 * SECOND_MS),
          lastErrorCode: 'TIMEOUT',
          reason: 'Too slow.',
        },
        { outcome: 'unavailable', code: 'TIMEOUT', detail: 'Too slow.' },
      ],
      [
        retry({ state: 'held', counts: false, dueAt: now(), words: 'The key.' }),
        { state: 'held', attempts: 0, dueAt: now(), reason: 'The key.' },
        { outcome: 'unauthorised', httpStatus: 401 },
      ],
      [
        DEAD,
        {
          state: 'dead',
          attempts: 1,
          dueAt: null,
          lastErrorCode: 'HTTP_400',
          lastError: 'No.',
          reason: 'No.',
        },
        { outcome: 'rejected', httpStatus: 400 },
      ],
      [
        EXCLUDED,
        {
          state: 'excluded',
          attempts: 0,
          dueAt: null,
          waitingSince: null,
          lastError: null,
          reason: 'Not selected.',
        },
        { outcome: 'in_flight' },
      ],
    ]
    const states = await settleRecords(
      stages.db,
      shopId,
      kinds.map(([settlement, , ended], n) => {
        const isCalled = !('outcome' in ended && ended.outcome === 'in_flight')
        const attempt = { httpStatus: null, code: null, detail: null, ...ended, endedAt: now() } as never
        return settled(records[n]!, settlement, isCalled ? { attempt } : {})
      }),
      now(),
    )
    for (const [n, [, expected, ended]] of kinds.entries()) {
      const held = records[n]!
      expect(await row(held.id)).toMatchObject({ attemptId: null, ...expected })
      expect(states.get(held.id)).toBe((expected as { state: RecordState }).state)
      expect(await attempt(held)).toMatchObject(ended)
    }
  })

  it('leaves alone what another claim holds, and settles the others', async () => {
    const lost = (await claim())!
    stages.clock.tick(LEASE_MS)
    const other = await fresh()
    const { records } = await claims(2)
    const held = records.find((one) => one.id === other)!
    const states = await settleRecords(
      stages.db,
      shopId,
      [settled(lost, DELIVERED), settled(held, DELIVERED)],
      now(),
    )
    expect([...states]).toEqual([[other, 'in_step']])
    expect(await row(lost.id)).toMatchObject({ state: 'delivering' })
  })

  it('of nothing, or of a record that is gone, changes nothing', async () => {
    expect(await settleRecords(stages.db, shopId, [], now())).toEqual(new Map())
    const held = (await claim())!
    await stages.db.query(`DELETE FROM "SyncRecord" WHERE "id" = $1`, [id])
    expect(await settle(held, DELIVERED)).toBeNull()
  })

  it('twice changes nothing', async () => {
    const held = (await claim())!
    await settle(held, DELIVERED)
    expect(await settle(held, retry())).toBeNull()
    expect(await row()).toMatchObject({ state: 'in_step' })
  })

  it.each([DELIVERED, SAME, DEAD, EXCLUDED])(
    'waits again at once when desired moved during the call: $kind',
    async (settlement) => {
      const held = (await claim())!
      await say(2)
      const { revision } = await row()
      expect(await settle(held, settlement)).toBe('waiting')
      expect(await row()).toMatchObject({
        state: 'waiting',
        dueAt: now(),
        waitingSince: expect.any(Date) as Date,
        reason: null,
        attempts: 0,
        revision,
      })
    },
  )

  it.each([DELIVERED, SAME, DEAD, EXCLUDED])(
    'waits again at once, with a revision of its own, when the connection has a new generation: $kind',
    async (settlement) => {
      const held = (await claim())!
      await setGeneration(2)
      expect(await settle(held, settlement)).toBe('waiting')
      const after = await row()
      expect(after).toMatchObject({ state: 'waiting', dueAt: now() })
      expect(after.revision).toBeGreaterThan(BigInt(held.revision))
    },
  )

  it('waits for intake, and then sees what intake wrote', async () => {
    const held = (await claim())!
    let settling: Promise<RecordState | null> | undefined
    await stages.db.transaction(async (tx) => {
      await tx.query(`SELECT 1 FROM "SyncRecord" WHERE "id" = $1 FOR UPDATE`, [id])
      settling = settle(held, DELIVERED)
      await until('it waits', async () => (await waitingForALock()).length === 1)
      await tx.query(
        `UPDATE "SyncRecord" SET "desiredHash" = 'moved', "revision" = "revision" + 7 WHERE "id" = $1`,
        [id],
      )
    })
    expect(await settling).toBe('waiting')
    expect(await row()).toMatchObject({
      state: 'waiting',
      desiredHash: 'moved',
      revision: BigInt(held.revision) + 7n,
    })
  })
  const waitingForALock = () =>
    stages.db.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )

  it('notes when a record died, and before when it is not to be tried; nothing else moves the one, and the next end forgets the other', async () => {
    const asked = later(90 * SECOND_MS)
    await settle((await claim())!, retry({ dueAt: later(0), notBefore: asked }))
    expect(await row()).toMatchObject({ notBefore: asked, diedAt: null })
    const died = now()
    await settle((await claim())!, DEAD)
    expect(await row()).toMatchObject({ state: 'dead', notBefore: null, diedAt: died })
    stages.clock.tick(SECOND_MS)
    await say(2, { total: '1.00' })
    expect(await row()).toMatchObject({ state: 'dead', updatedAt: now(), diedAt: died })
  })

  describe('forgets what it died of', () => {
    const CAUSED: Settlement = { ...DEAD, cause: 'HTTP_400\nCustomer Maria has no address' }
    beforeEach(async () => {
      await settle((await claim())!, CAUSED)
      expect(await row()).toMatchObject({ state: 'dead', cause: CAUSED.cause })
    })

    it('when other content lets it wait, and not while it is dead', async () => {
      await say(2, { total: '1.00' })
      expect(await row()).toMatchObject({ state: 'dead', cause: CAUSED.cause })
      await say(3)
      expect(await row()).toMatchObject({ state: 'waiting', cause: null })
    })

    it('when its end is known, whatever was stored', async () => {
      await say(3)
      await stages.db.query(`UPDATE "SyncRecord" SET "cause" = 'C' WHERE "id" = $1`, [id])
      await deliver()
      expect(await row()).toMatchObject({ state: 'in_step', cause: null })
    })
  })

  it('of another shop’s record changes nothing', async () => {
    const held = (await claim())!
    const before = await row()
    const nobody = randomUUID()
    expect(await settleRecords(stages.db, nobody, [settled(held, DELIVERED)], now())).toEqual(new Map())
    expect(await row()).toEqual(before)
  })

  it('keeps the schedule when the SaaS could not be reached, although desired moved', async () => {
    const held = (await claim())!
    await say(2)
    expect(await settle(held, retry())).toBe('retrying')
    expect(await row()).toMatchObject({
      state: 'retrying',
      attempts: 1,
      lastErrorCode: 'TIMEOUT',
      lastError: 'Too slow.',
    })
  })

  it('holds without counting when it waits for the connection', async () => {
    const held = (await claim())!
    await settle(held, retry({ state: 'held', counts: false }))
    expect(await row()).toMatchObject({ state: 'held', attempts: 0, reason: 'Too slow.' })
  })

  describe('of a record whose store has changed it again meanwhile', () => {
    let held: ClaimedRecord
    beforeEach(async () => {
      held = (await claim())!
      await say(2)
      await say(3)
    })

    it('leaves it as late as its first change when the call fails', async () => {
      await settle(held, retry())
      expect(await row()).toMatchObject({ state: 'retrying', changedAt: new Date(at(1)) })
    })

    it.each([
      ['taken', DELIVERED],
      ['given up', DEAD],
      ['left out', EXCLUDED],
    ])('has it as late as the newer change when the first is %s', async (_what, settlement) => {
      await settle(held, settlement)
      expect(await row()).toMatchObject({ state: 'waiting', changedAt: new Date(at(3)) })
    })

    it('knows of no lateness where nobody told of a change', async () => {
      await stages.db.query(`UPDATE "SyncRecord" SET "changedAt" = NULL WHERE "id" = $1`, [id])
      await settle(held, DELIVERED)
      expect(await row()).toMatchObject({ state: 'waiting', changedAt: null })
    })
  })

  it('without a call leaves alone what the SaaS took last', async () => {
    await deliver()
    const before = await row()
    stages.clock.tick(SECOND_MS)
    await say(2)
    const held = (await claim())!
    await settle(held, SAME)
    expect(await row()).toMatchObject({
      state: 'in_step',
      deliveredHash: held.desiredHash,
      deliveredRevision: before.deliveredRevision,
      deliveredAt: before.deliveredAt,
    })
  })
})

describe('a record that goes from A to B and back to A', () => {
  const A = { total: '1.00' }
  const B = { total: '2.00' }

  it('before it was sent is in step again without a call', async () => {
    await deliver()
    await say(2, B)
    await say(3, A)
    expect(await row()).toMatchObject({ state: 'in_step', dueAt: null })
    expect(await claim()).toBeNull()
  })

  it('while B is on its way is sent again', async () => {
    await deliver()
    await say(2, B)
    const held = (await claim())!
    await say(3, A)
    expect(await settle(held, DELIVERED)).toBe('waiting')
    expect(await claim()).toMatchObject({ state: 'waiting' })
  })

  it('after B was sent and nobody knows whether it arrived is sent again', async () => {
    await deliver()
    await say(2, B)
    const held = (await claim())!
    await settle(held, retry())
    await say(3, A)
    expect(await row()).toMatchObject({ state: 'retrying' })
    stages.clock.tick(5 * SECOND_MS)
    expect(await claim()).toMatchObject({ state: 'retrying' })
  })
})

describe('what is due', () => {
  const isDue = async () => {
    const next = await nextDue(stages.db, sourceConnectionId)
    return next !== null && next <= now()
  }

  it('are waits that have ended and leases that ran out', async () => {
    expect(await isDue()).toBe(true)
    const held = (await claim())!
    expect(await isDue()).toBe(false)
    stages.clock.tick(LEASE_MS)
    expect(await isDue()).toBe(true)
    await settle(held, retry())
    expect(await isDue()).toBe(false)
    stages.clock.tick(5 * SECOND_MS)
    expect(await isDue()).toBe(true)
  })

  it('is nothing that is in step, and nothing of another source', async () => {
    await deliver()
    expect(await isDue()).toBe(false)
    await fresh()
    expect(await nextDue(stages.db, randomUUID())).toBeNull()
  })
})
