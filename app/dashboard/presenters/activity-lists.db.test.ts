import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { v7 as uuid } from 'uuid'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { wholeList } from '../activity-query'
import { exportActivity } from '../export/export-activity.server'
import { type ExportQuery } from '../export/export-query'
import { createLanguage } from '../language'
import { logViews } from '../reveal/log-view'
import { presentActivity } from './activity.server'
import { presentRun } from './run-page.server'
import { findShopScope, type ShopScope } from './scope.server'
import { presentViewRows } from './view-rows.server'

const NOW = new Date('2026-11-22T12:00:00Z')
const clock = () => NOW
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
let scope: ShopScope

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
})
afterAll(() => test.drop())
beforeEach(async () => {
  await test.db.query(`TRUNCATE "Shop", "PersonalDataView" CASCADE`)
  ours = await rows.shop('tea.myshopify.com')
  theirs = await rows.shop('coffee.myshopify.com')
  scope = (await findShopScope(test.db, ours.domain))!
})

const run = (shop: ShopRows, minutes: number, more: object = {}) =>
  test.db.prisma.syncRun.create({
    data: {
      id: uuid(),
      sourceConnectionId: shop.source.id,
      kind: 'reconciliation',
      state: 'finished',
      startedAt: minutesAgo(minutes),
      endedAt: NOW,
      ...more,
    },
  })

describe('the runs of a shop', () => {
  it('are listed with what came of them, newest first, and by state', async () => {
    await run(ours, 2, { detail: 'Nothing was missed.', done: 30 })
    await run(ours, 1, { kind: 'backfill', state: 'failed', resource: 'order' })
    await run(theirs, 1)
    const list = async (filters: object) =>
      (await presentActivity(test.db, scope, { ...wholeList('runs'), ...filters }, clock)).list.page.rows
    expect(await list({})).toMatchObject([
      { kind: 'backfill', state: 'failed', resource: 'order' },
      { kind: 'reconciliation', words: 'Nothing was missed.', done: 30 },
    ])
    expect(await list({ outcome: 'finished' })).toHaveLength(1)
    expect(await list({ resource: 'order' })).toHaveLength(1)
  })

  it('each have a page with their parts, that no other shop sees', async () => {
    const { id } = await run(ours, 5, { kind: 'backfill' })
    const slice = { runId: id, sourceConnectionId: ours.source.id, resource: 'order', state: 'finished' }
    for (const ordinal of [1, 0])
      await test.db.prisma.syncSlice.create({
        data: { ...slice, id: uuid(), ordinal, readRecords: 10 + ordinal, records: 12 },
      })
    expect(await presentRun(test.db, scope, id, clock)).toMatchObject({
      kind: 'backfill',
      slices: [{ resource: 'order', read: 10, records: 12 }, { read: 11 }],
    })
    const other = (await findShopScope(test.db, theirs.domain))!
    expect(await presentRun(test.db, other, id, clock)).toBeNull()
  })
})

describe('who saw personal data', () => {
  const seen = (minutes: number, store: string, resource: 'customer' | 'order' = 'customer') =>
    logViews(
      test.db,
      { store, userId: '42' },
      [{ subject: 'event', id: uuid(), resource, externalId: String(minutes) }],
      minutesAgo(minutes),
    )

  it('is listed newest first, page after page and back, for its shop alone', async () => {
    for (let minutes = 1; minutes <= 30; minutes += 1) await seen(minutes, ours.domain)
    await seen(1, theirs.domain)
    const query = wholeList('views')
    const first = await presentViewRows(test.db, scope, query)
    expect(first.rows.map(({ externalId }) => externalId).slice(0, 3)).toEqual(['1', '2', '3'])
    const second = await presentViewRows(test.db, scope, { ...query, place: first.older })
    expect(second.rows.map(({ externalId }) => externalId)).toEqual(['26', '27', '28', '29', '30'])
    expect((await presentViewRows(test.db, scope, { ...query, place: second.newer })).rows).toEqual(
      first.rows,
    )
  })

  it('can be narrowed by resource and days', async () => {
    await seen(1, ours.domain)
    await seen(2, ours.domain, 'order')
    await seen(3 * 24 * 60, ours.domain)
    const count = async (filters: object) =>
      (await presentViewRows(test.db, scope, { ...wholeList('views'), ...filters })).rows.length
    expect(await count({ resource: 'customer' })).toBe(2)
    expect(await count({ from: '2026-11-22' })).toBe(2)
    expect(await count({ to: '2026-11-20' })).toBe(1)
  })
})

describe('a file of the activity', () => {
  const language = createLanguage({ locale: 'en', timeZone: null })
  async function file(query: ExportQuery, limits = {}): Promise<string[]> {
    let text = ''
    for await (const part of exportActivity(test.db, scope, query, language, limits)) text += part
    return text.replace('\uFEFF', '').split('\r\n').slice(0, -1)
  }

  it('has every event once, newest first, however small the pages it is read by', async () => {
    for (let minutes = 1; minutes <= 7; minutes += 1)
      await rows.event(ours, { receivedAt: minutesAgo(minutes), externalId: String(minutes) })
    await rows.event(theirs)
    for (const page of [1, 2, 3, 7, 100]) {
      const [head, ...lines] = await file(wholeList('events'), { page })
      expect(head).toContain('Time (UTC),Topic')
      expect(lines.map((line) => line.split(',')[3])).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    }
  })

  it('holds what the filters let through, in words', async () => {
    await rows.event(ours, { outcome: 'unmapped', detail: '=1+1', receivedAt: NOW, externalId: '5' })
    await rows.event(ours)
    expect(await file({ ...wholeList('events'), outcome: 'unmapped' }, { page: 1 })).toEqual([
      expect.anything(),
      "2026-11-22T12:00:00.000Z,products/update,Product,5,Not understood,'=1+1,,",
    ])
  })

  it('of deliveries hides addresses that a SaaS names', async () => {
    const record = await rows.record(ours, { externalId: '9' })
    const detail = 'The SaaS refused the record (422): ada@example.com, taken'
    await rows.attempt(record, {
      outcome: 'rejected',
      httpStatus: 422,
      detail,
      startedAt: NOW,
      endedAt: null,
    })
    const [, line] = await file(wholeList('attempts'))
    expect(line).toBe(
      '2026-11-22T12:00:00.000Z,,Product,9,Updated,1,Refused,422,"The SaaS refused the record (422): ••••, taken"',
    )
  })

  it('says at its end when there is more', async () => {
    for (let minutes = 1; minutes <= 5; minutes += 1)
      await rows.event(ours, { receivedAt: minutesAgo(minutes), externalId: String(minutes) })
    const cut = await file(wholeList('events'), { page: 2, most: 3 })
    expect(cut).toHaveLength(5)
    expect(cut.at(-1)).toBe('There is more: this file has the newest 3 rows.')
    expect(await file(wholeList('events'), { page: 2, most: 5 })).toHaveLength(6)
    expect((await file(wholeList('events'), { page: 2, most: 4 })).at(-1)).toContain('There is more')
  })
})
