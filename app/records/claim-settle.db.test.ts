import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import {
  arrival,
  gone,
  install,
  openStages,
  orderState,
  recordId,
  type Stages,
} from '../../tests/support/stages'
import { type Intake } from '~/intake/intake.server'
import { startAttempt } from './attempt-log'
import { claimRecord, LEASE_MS } from './claim-record'
import { findDue } from './find-due'
import { type RecordRow } from './record-row'
import { settleRecord, type Settlement } from './settle-record'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let intake: Intake
let id: string
let number = 0

beforeAll(async () => {
  stages = await openStages()
  intake = stages.intake()
  await install(stages.db, SHOP)
})
afterAll(() => stages.close())

/** Each test has an order of its own, which waits to be delivered. */
beforeEach(async () => {
  await say(1)
  id = await recordId(stages.db, SHOP, 'order', String(number))
})

const say = async (second: number, core: Record<string, unknown> = {}) => {
  if (second === 1) number++
  await intake.accept(arrival(SHOP, orderState(String(number), second, core)))
}
const waitingForALock = () =>
  stages.db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
const now = () => stages.clock.now
const row = () => stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })
const claim = async (attemptId: string = randomUUID()) => {
  const before = await claimRecord(stages.db, id, attemptId, now())
  return before && { ...before, attemptId }
}
const settle = (held: RecordRow & { attemptId: string }, settlement: Settlement) =>
  settleRecord(
    stages.db,
    { recordId: id, attemptId: held.attemptId, sentHash: held.desiredHash! },
    settlement,
    now(),
  )
const delivered = (held: RecordRow): Settlement => ({
  kind: 'delivered',
  hash: held.desiredHash!,
  bodyHash: `body of ${held.desiredHash}`,
  revision: held.revision,
  generation: 1,
  saasId: null,
})
const later = (held: Partial<Settlement> = {}): Settlement =>
  ({
    kind: 'later',
    state: 'retrying',
    dueAt: new Date(now().getTime() + 5_000),
    counts: true,
    code: 'TIMEOUT',
    words: 'Too slow.',
    ...held,
  }) as Settlement

/** Claims and delivers, as a worker would. */
async function deliver() {
  const held = (await claim())!
  await settle(held, delivered(held))
}

describe('a claim', () => {
  it('is won by one of two', async () => {
    const claims = await Promise.all([claim(), claim(), claim()])
    expect(claims.filter(Boolean)).toHaveLength(1)
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
      attemptId: held.attemptId,
      dueAt: new Date(now().getTime() + LEASE_MS),
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
    await settle(held, later())
    expect(await claim()).toBeNull()
    stages.clock.tick(5_000)
    expect(await claim()).toMatchObject({ state: 'retrying', attempts: 1 })
  })

  it('waits for intake, and then has what intake wrote', async () => {
    let claimed: Promise<RecordRow | null> | undefined
    await stages.db.transaction(async (tx) => {
      await tx.query(`SELECT 1 FROM "SyncRecord" WHERE "id" = $1 FOR UPDATE`, [id])
      claimed = claim()
      await until('the claim waits', async () => (await waitingForALock()).length === 1)
      await tx.query(`UPDATE "SyncRecord" SET "desiredHash" = 'moved', "revision" = 77 WHERE "id" = $1`, [id])
    })
    expect(await claimed).toMatchObject({ desiredHash: 'moved', revision: '77' })
  })

  it('takes over when the lease has run out: the old attempt is abandoned, and its late settlement changes nothing', async () => {
    const old = (await claim())!
    const attempt = {
      sourceConnectionId: old.sourceConnectionId,
      recordId: id,
      revision: old.revision,
      generation: 1,
    }
    await startAttempt(stages.db, {
      ...attempt,
      id: old.attemptId,
      number: 1,
      traceId: 'f'.repeat(32),
      action: 'updated',
      startedAt: now(),
    })
    stages.clock.tick(LEASE_MS)
    const next = (await claim())!
    expect(next).toMatchObject({ state: 'delivering' })
    expect(await stages.db.prisma.syncAttempt.findUnique({ where: { id: old.attemptId } })).toMatchObject({
      outcome: 'abandoned',
      code: 'ABANDONED',
      endedAt: now(),
    })
    expect(await settle(old, delivered(old))).toBeNull()
    expect(await row()).toMatchObject({ state: 'delivering', attemptId: next.attemptId, deliveredHash: null })
  })
})

describe('settling', () => {
  it('puts a delivered record in step', async () => {
    const held = (await claim())!
    expect(await settle(held, { ...delivered(held), saasId: 'a1' } as Settlement)).toBe('in_step')
    expect(await row()).toMatchObject({
      state: 'in_step',
      dueAt: null,
      attemptId: null,
      attempts: 0,
      waitingSince: null,
      deliveredHash: held.desiredHash,
      deliveredRevision: BigInt(held.revision),
      deliveredAt: now(),
      saasId: 'a1',
    })
  })

  it('of a deletion leaves it deleted, and keeps the id at the SaaS', async () => {
    const first = (await claim())!
    await settle(first, { ...delivered(first), saasId: 'a1' } as Settlement)
    await intake.accept(arrival(SHOP, gone('order', String(number), 2)))
    const held = (await claim())!
    expect(await settle(held, delivered(held))).toBe('deleted')
    expect(await row()).toMatchObject({ state: 'deleted', saasId: 'a1' })
  })

  it('twice changes nothing', async () => {
    const held = (await claim())!
    await settle(held, delivered(held))
    expect(await settle(held, later())).toBeNull()
    expect(await row()).toMatchObject({ state: 'in_step' })
  })

  it.each([
    ['delivered', (held: RecordRow) => delivered(held)],
    ['same', (held: RecordRow): Settlement => ({ kind: 'same', hash: held.desiredHash!, bodyHash: 'b' })],
    ['dead', (): Settlement => ({ kind: 'dead', code: 'HTTP_400', words: 'No.' })],
    ['excluded', (): Settlement => ({ kind: 'excluded', words: 'Not selected.' })],
  ])('waits again at once when desired moved during the call: %s', async (_kind, settlement) => {
    const held = (await claim())!
    await say(2)
    expect(await row()).toMatchObject({ state: 'delivering' })
    expect(await settle(held, settlement(held))).toBe('waiting')
    expect(await row()).toMatchObject({
      state: 'waiting',
      dueAt: now(),
      waitingSince: expect.any(Date) as Date,
      reason: null,
      attempts: 0,
    })
  })

  it('keeps the schedule when the SaaS could not be reached, although desired moved', async () => {
    const held = (await claim())!
    await say(2)
    expect(await settle(held, later())).toBe('retrying')
    expect(await row()).toMatchObject({
      state: 'retrying',
      attempts: 1,
      lastErrorCode: 'TIMEOUT',
      lastError: 'Too slow.',
    })
  })

  it('holds without counting when it waits for the connection', async () => {
    const held = (await claim())!
    await settle(held, later({ state: 'held', counts: false }))
    expect(await row()).toMatchObject({ state: 'held', attempts: 0, reason: 'Too slow.' })
  })

  it('without a call leaves alone what the SaaS took last', async () => {
    await deliver()
    const before = await row()
    stages.clock.tick(1_000)
    await say(2)
    const held = (await claim())!
    await settle(held, { kind: 'same', hash: held.desiredHash!, bodyHash: 'b' })
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
    expect(await settle(held, delivered(held))).toBe('waiting')
    expect(await claim()).toMatchObject({ state: 'waiting' })
  })

  it('after B was sent and nobody knows whether it arrived is sent again', async () => {
    await deliver()
    await say(2, B)
    const held = (await claim())!
    await settle(held, later())
    await say(3, A)
    expect(await row()).toMatchObject({ state: 'retrying' })
    stages.clock.tick(5_000)
    expect(await claim()).toMatchObject({ state: 'retrying' })
  })
})

describe('what is due', () => {
  it('are ended waits and leases that ran out, the longest due first', async () => {
    await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL WHERE "id" <> $1`, [id])
    const waiting = id
    stages.clock.tick(1_000)
    await say(1)
    const other = await recordId(stages.db, SHOP, 'order', String(number))
    expect(await findDue(stages.db, now(), 10)).toEqual([waiting, other])
    expect(await findDue(stages.db, now(), 1)).toEqual([waiting])
    await claim()
    expect(await findDue(stages.db, now(), 10)).toEqual([other])
    stages.clock.tick(LEASE_MS)
    expect(await findDue(stages.db, now(), 10)).toEqual([other, waiting])
  })
})
