import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSealer } from '~/lib/sealing'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { presentAttempt } from './attempt-page.server'
import { presentEvent } from './event-page.server'
import { findShopScope, type ShopScope } from './scope.server'

const START = Date.parse('2026-11-21T12:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1_000)
const clock = () => at(60)
const sealer = createSealer([randomBytes(32)])
const otherSealer = createSealer([randomBytes(32)])
let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
let scope: ShopScope

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
  ours = await rows.shop('ours.myshopify.com')
  theirs = await rows.shop('theirs.myshopify.com')
  const found = await findShopScope(test.db, ours.domain)
  if (!found) throw new Error('the shop has no scope')
  scope = found
})
afterAll(() => test.drop())

const eventPage = (id: string) => presentEvent({ db: test.db, sealer, clock }, scope, id)
const attemptPage = (id: string) => presentAttempt(test.db, scope, id, clock)

async function sealedEvent(body: string, seal = sealer) {
  const { id } = await rows.event(ours, { resource: 'customer', topic: 'customers/update' })
  const payload = seal.seal(body, `event:${id}`)
  await test.db.prisma.webhookEvent.update({ where: { id }, data: { payload } })
  return id
}

describe("an event's page", () => {
  it('shows what it did, its record, and the attempts since it arrived', async () => {
    const record = await rows.record(ours, {
      state: 'retrying',
      lastError: 'The SaaS answered 503.',
      dueAt: at(30),
    })
    const event = await rows.event(ours, { receivedAt: at(0), recordId: record.id })
    await rows.attempt(record, { startedAt: at(-5) })
    await rows.attempt(record, { startedAt: at(1), outcome: 'unavailable', httpStatus: 503 })
    await rows.attempt(record, { startedAt: at(6), outcome: 'delivered', number: 2 })

    const page = await eventPage(event.id)

    expect(page?.record).toMatchObject({
      state: 'retrying',
      reason: 'The SaaS answered 503.',
      dueAt: at(30).toISOString(),
    })
    expect(page?.attempts.map((attempt) => attempt.outcome)).toEqual(['delivered', 'unavailable'])
  })

  it('opens the payload, and hides what is personal', async () => {
    const page = await eventPage(await sealedEvent('{"id":820982911946154508,"email":"ada@example.com"}'))

    const shown = JSON.stringify(page?.payload)
    expect(shown).toContain('820982911946154508')
    expect(shown).toContain('"key":"email"')
    expect(shown).not.toContain('ada@')
  })

  it('says so when the payload has expired, or was sealed with a key that is gone', async () => {
    const expired = await rows.event(ours)

    expect((await eventPage(expired.id))?.payload).toEqual({ kind: 'expired' })
    expect((await eventPage(await sealedEvent('{}', otherSealer)))?.payload).toEqual({ kind: 'unreadable' })
  })

  it('is nothing for an event of another shop, and for an id of nobody', async () => {
    const foreign = await rows.event(theirs)

    expect(await eventPage(foreign.id)).toBeNull()
    expect(await eventPage('01930000-0000-7000-8000-00000000dead')).toBeNull()
  })

  it('shows no record of another shop, even if the event names it', async () => {
    const foreign = await rows.record(theirs)
    await rows.attempt(foreign)
    const event = await rows.event(ours, { recordId: foreign.id, receivedAt: at(-100) })

    expect(await eventPage(event.id)).toMatchObject({ record: null, attempts: [] })
  })
})

describe("an attempt's page", () => {
  it('names the events that it carried: the news since the SaaS took the record last', async () => {
    const record = await rows.record(ours)
    const event = (seconds: number, outcome = 'changed') =>
      rows.event(ours, { recordId: record.id, receivedAt: at(seconds), outcome })
    await event(0)
    await rows.attempt(record, { startedAt: at(1) })
    const first = await event(2)
    await rows.attempt(record, { startedAt: at(3), outcome: 'unavailable' })
    const second = await event(4, 'hint')
    await event(5, 'outdated')
    await event(9)
    const attempt = await rows.attempt(record, { startedAt: at(6), revision: 9_007_199_254_740_993n })

    const page = await attemptPage(attempt.id)

    expect(page?.events.map(({ id }) => id)).toEqual([second.id, first.id])
    expect(page?.record?.id).toBe(record.id)
    expect(page?.revision).toBe('9007199254740993')
  })

  it('names the newest event when none has arrived since: it was folded in while the last call was under way', async () => {
    const record = await rows.record(ours)
    await rows.event(ours, { recordId: record.id, receivedAt: at(0) })
    const late = await rows.event(ours, { recordId: record.id, receivedAt: at(1) })
    await rows.attempt(record, { startedAt: at(2) })
    const attempt = await rows.attempt(record, { startedAt: at(3) })

    expect((await attemptPage(attempt.id))?.events.map(({ id }) => id)).toEqual([late.id])
  })

  it('is nothing for an attempt of another shop', async () => {
    const foreign = await rows.attempt(await rows.record(theirs))

    expect(await attemptPage(foreign.id)).toBeNull()
  })

  it('is nothing once the attempt has been forgotten, and says no events once they have been', async () => {
    const record = await rows.record(ours)
    await rows.event(ours, { recordId: record.id, receivedAt: at(0) })
    const attempt = await rows.attempt(record, { startedAt: at(1) })

    await test.db.prisma.webhookEvent.deleteMany({ where: { recordId: record.id } })
    expect(await attemptPage(attempt.id)).toMatchObject({ id: attempt.id, events: [] })
    await test.db.prisma.syncAttempt.delete({ where: { id: attempt.id } })
    expect(await attemptPage(attempt.id)).toBeNull()
  })
})
