import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { install, openStages, type Stages } from '../../tests/support/stages'
import { startDeepReconciliations } from './start-deep-reconciliations'

const signal = new AbortController().signal

let stages: Stages
let shop: ShopRows

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop" CASCADE`)
  shop = await makeRows(stages.db).shop('tea.myshopify.com', {}, 'America/New_York')
  await stages.db.query(`UPDATE "SourceConnection" SET "createdAt" = '2026-11-20T00:00:00Z'`)
  await install(stages.db, shop.domain)
})

const startAt = (time: string) =>
  startDeepReconciliations(stages.db, { queue: stages.queue, now: new Date(time), signal })
const endAll = () => stages.db.query(`UPDATE "SyncRun" SET "state" = 'finished', "endedAt" = now()`)

it('each store is compared at a quiet hour of its shop', async () => {
  expect(await startAt('2026-11-21T03:00:00Z')).toBe(0)
  expect(await startAt('2026-11-21T07:10:00Z')).toBe(1)
  expect(await stages.db.prisma.syncRun.findMany()).toMatchObject([
    { kind: 'deep-reconciliation', state: 'waiting' },
  ])
})

it('once a night', async () => {
  await startAt('2026-11-21T07:10:00Z')
  await endAll()
  expect(await startAt('2026-11-21T08:00:00Z')).toBe(0)
  expect(await startAt('2026-11-22T07:10:00Z')).toBe(1)
})

it('at any hour when its nights were missed', async () => {
  await startAt('2026-11-21T07:10:00Z')
  await endAll()
  expect(await startAt('2026-11-23T17:00:00Z')).toBe(1)
})

it('not while it is being read already', async () => {
  await startAt('2026-11-21T07:10:00Z')
  expect(await startAt('2026-11-22T07:10:00Z')).toBe(0)
})

it('not when its app is not installed', async () => {
  await stages.db.query(`DELETE FROM "Session"`)
  expect(await startAt('2026-11-21T07:10:00Z')).toBe(0)
})

it('by universal time where the time zone is not known', async () => {
  await stages.db.query(`UPDATE "Shop" SET "timeZone" = 'Mars/Olympus'`)
  expect(await startAt('2026-11-21T07:10:00Z')).toBe(0)
  expect(await startAt('2026-11-21T03:10:00Z')).toBe(1)
})

it('not in the night in which it was connected', async () => {
  await stages.db.query(`UPDATE "SourceConnection" SET "createdAt" = '2026-11-21T05:00:00Z'`)
  expect(await startAt('2026-11-21T07:10:00Z')).toBe(0)
  expect(await startAt('2026-11-22T07:10:00Z')).toBe(1)
})
