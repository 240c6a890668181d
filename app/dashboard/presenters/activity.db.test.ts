import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { type Place, wholeList } from '../activity-query'
import { presentAttemptRows } from './attempt-rows.server'
import { presentEventRows, type EventRow } from './event-rows.server'
import { type Page } from './page-of-rows'
import { findShopScope, type ShopScope } from './scope.server'

const START = Date.parse('2026-11-21T12:00:00Z')
const NOBODY = '01930000-0000-7000-8000-00000000dead'
let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
let scope: ShopScope
let shops = 0

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
})
afterAll(() => test.drop())
beforeEach(async () => {
  shops += 1
  ours = await rows.shop(`ours-${shops}.myshopify.com`)
  theirs = await rows.shop(`theirs-${shops}.myshopify.com`)
  const found = await findShopScope(test.db, ours.domain)
  if (!found) throw new Error('the shop has no scope')
  scope = found
})

const events = (
  place: Place = null,
  filters: { outcome?: 'changed' | 'unmapped'; resource?: 'order' } = {},
) =>
  presentEventRows(test.db, scope, {
    ...wholeList('events'),
    outcome: filters.outcome ?? null,
    resource: filters.resource ?? null,
    place,
  })

/** Sixty events, three of them in each instant, from two sources. */
async function sixtyEvents(): Promise<void> {
  const other = await rows.source(ours.id, `woo-${shops}.example`, 'woocommerce')
  scope = { ...scope, sourceIds: [...scope.sourceIds, other.id] }
  for (let index = 0; index < 60; index += 1) {
    const shop = index % 2 ? ours : { ...ours, source: other }
    await rows.event(shop, {
      receivedAt: new Date(START + Math.floor(index / 3) * 1_000),
      externalId: String(index),
    })
  }
}

async function walk(from: Page<EventRow>, side: 'older' | 'newer'): Promise<Page<EventRow>[]> {
  const place = from[side]
  return place ? [from, ...(await walk(await events(place), side))] : [from]
}

describe('the list of events', () => {
  it('has every event once, newest first, page after page', async () => {
    await sixtyEvents()

    const pages = await walk(await events(), 'older')

    const seen = pages.flatMap((page) => page.rows)
    expect(pages.map((page) => page.rows.length)).toEqual([25, 25, 10])
    expect(new Set(seen.map((row) => row.externalId)).size).toBe(60)
    expect(seen.map((row) => row.receivedAt)).toEqual(
      seen
        .map((row) => row.receivedAt)
        .sort()
        .reverse(),
    )
  })

  it('goes back by the way that it came', async () => {
    await sixtyEvents()
    const there = await walk(await events(), 'older')

    const back = await walk(there.at(-1)!, 'newer')

    expect(back.map((page) => page.rows)).toEqual(there.map((page) => page.rows).reverse())
    expect(back.at(-1)?.newer).toBeNull()
  })

  it('begins at the first page for a place that is nowhere, or in another shop', async () => {
    await rows.event(ours)
    const foreign = await rows.event(theirs)
    const first = await events()

    expect(await events({ after: NOBODY })).toEqual(first)
    expect(await events({ before: foreign.id })).toEqual(first)
    expect(first.rows).toHaveLength(1)
  })

  it('tells instants apart to the microsecond that the database keeps', async () => {
    for (let index = 0; index < 30; index += 1) {
      const { id } = await rows.event(ours, { externalId: String(index) })
      const instant = `2026-11-21T12:00:00.000${String(index * 7).padStart(3, '0')}Z`
      await test.db.query('UPDATE "WebhookEvent" SET "receivedAt" = $1::timestamptz WHERE "id" = $2', [
        instant,
        id,
      ])
    }

    const seen = (await walk(await events(), 'older')).flatMap((page) =>
      page.rows.map((row) => row.externalId),
    )

    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => String(29 - index)))
  })

  it('can be narrowed by outcome and resource', async () => {
    await rows.event(ours, { outcome: 'unmapped', resource: 'order', detail: 'no id' })
    await rows.event(ours, { outcome: 'unmapped', resource: 'product' })
    await rows.event(ours, { outcome: 'changed', resource: 'order' })

    const { rows: found, older } = await events(null, { outcome: 'unmapped', resource: 'order' })

    expect(found.map((row) => row.detail)).toEqual(['no id'])
    expect(older).toBeNull()
  })

  it('gives a long search up after a while, and goes on from there', async () => {
    const other = await rows.source(ours.id, `woo-${shops}.example`, 'woocommerce')
    scope = { ...scope, sourceIds: [...scope.sourceIds, other.id] }
    for (let index = 0; index < 30; index += 1) {
      await rows.event(index % 3 ? ours : { ...ours, source: other }, {
        receivedAt: new Date(START - index * 1_000),
        externalId: String(index),
        outcome: index === 2 || index === 25 ? 'unmapped' : 'changed',
      })
    }
    const search = (place: Place) =>
      presentEventRows(test.db, scope, { ...wholeList('events'), outcome: 'unmapped', place }, 8)

    const pages = [await search(null)]
    while (pages.at(-1)?.older) pages.push(await search(pages.at(-1)!.older))

    expect(pages.flatMap((page) => page.rows.map((row) => row.externalId))).toEqual(['2', '25'])
    expect(pages.map((page) => page.searchedInPart)).toEqual([true, true, false])
    expect((await search(pages[2]!.newer)).rows).toEqual([])
    expect((await search((await search(pages[2]!.newer)).newer)).rows.map((row) => row.externalId)).toEqual([
      '2',
    ])
  })

  it('is of one topic, or of some days on the shop’s clock, to their last moment', async () => {
    const at = (time: string, topic = 'orders/updated') =>
      rows.event(ours, { receivedAt: new Date(time), externalId: time, topic })
    // In Berlin it is an hour later, and in July two.
    for (const time of [
      '2026-11-20T22:59:59Z',
      '2026-11-20T23:00:00Z',
      '2026-11-21T22:59:59Z',
      '2026-11-21T23:00:00Z',
    ])
      await at(time)
    await at('2026-11-21T12:00:00Z', 'refunds/create')
    const found = async (filters: object) =>
      (await presentEventRows(test.db, scope, { ...wholeList('events'), ...filters })).rows.map(
        ({ externalId }) => externalId,
      )

    const day = { from: '2026-11-21', to: '2026-11-21' }
    expect(await found(day)).toEqual(['2026-11-21T22:59:59Z', '2026-11-21T12:00:00Z', '2026-11-20T23:00:00Z'])
    expect(await found({ ...day, topic: 'refunds/create' })).toEqual(['2026-11-21T12:00:00Z'])
    expect(await found({ from: '2026-11-22' })).toEqual(['2026-11-21T23:00:00Z'])
    expect(await found({ to: '2026-11-20' })).toEqual(['2026-11-20T22:59:59Z'])
    expect(await found({ from: '2026-11-22', to: '2026-11-20' })).toEqual([])
  })

  it('is empty for a shop without events', async () => {
    expect(await events()).toEqual({ rows: [], newer: null, older: null, searchedInPart: false })
  })
})

describe('the list of attempts', () => {
  const attempts = (resource: 'order' | null = null) =>
    presentAttemptRows(test.db, scope, { ...wholeList('attempts'), resource })

  it('names the record of each, and shows no attempt of another shop', async () => {
    const record = await rows.record(ours, { resource: 'order', externalId: '820982911946154508' })
    await rows.attempt(record, { outcome: 'rejected', httpStatus: 422, startedAt: new Date(START) })
    await rows.attempt(await rows.record(ours), { startedAt: new Date(START - 1_000) })
    await rows.attempt(await rows.record(theirs))

    const { rows: found } = await attempts()

    expect(found).toHaveLength(2)
    expect(found[0]).toMatchObject({
      resource: 'order',
      externalId: '820982911946154508',
      outcome: 'rejected',
      httpStatus: 422,
    })
    expect((await attempts('order')).rows).toHaveLength(1)
  })
})
