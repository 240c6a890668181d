import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { presentOverview } from './overview.server'
import { findShopScope } from './scope.server'

const NOW = new Date('2026-11-21T12:00:00Z')
let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
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
})

const NONE = {
  inStep: 0,
  deleted: 0,
  waiting: 0,
  retrying: 0,
  held: 0,
  failed: 0,
  unknown: 0,
  excluded: 0,
  excludedBecause: [],
}

async function overview(shop = ours) {
  const scope = await findShopScope(test.db, shop.domain)
  if (!scope) throw new Error('the shop has no scope')
  return presentOverview(test.db, scope, 'day', () => NOW)
}

describe('the Overview', () => {
  it('of a new shop has a row of zeros for each resource, and no share', async () => {
    const page = await overview()

    expect(page.parity).toEqual({ inStep: 0, expected: 0, share: null })
    expect(page.hasRecords).toBe(false)
    expect(page.resources.map((row) => row.resource)).toEqual(['order', 'product', 'customer', 'category'])
    expect(page.events).toEqual([])
    expect(page.urgent).toBeNull()
  })

  it("counts the records of all the shop's sources by resource, and nobody else's", async () => {
    const wooSource = await rows.source(ours.id, `woo-${shops}.example`, 'woocommerce')
    await rows.record(ours, { state: 'in_step' })
    await rows.record({ ...ours, source: wooSource }, { state: 'in_step' })
    await rows.record(ours, { state: 'retrying' })
    await rows.record(ours, { state: 'dead', resource: 'order' })
    await rows.record(ours, { state: 'excluded', resource: 'order', reason: 'A test.' })
    await rows.record(ours, { state: 'deleted' })
    await rows.record(ours, { state: 'held' })
    await rows.record(ours, { state: 'waiting' })
    await rows.record(theirs, { state: 'dead' })

    const page = await overview()

    expect(page.parity).toEqual({ inStep: 3, expected: 7, share: 3 / 7 })
    expect(page.resources.slice(0, 2)).toEqual([
      {
        ...NONE,
        resource: 'order',
        failed: 1,
        excluded: 1,
        excludedBecause: [{ reason: 'A test.', count: 1 }],
      },
      { ...NONE, resource: 'product', inStep: 2, deleted: 1, retrying: 1, held: 1, unknown: 1 },
    ])
    expect(page.urgent).toEqual({ kind: 'failed', count: 1 })
  })

  it('shows a resource that is no longer mirrored as long as it has records', async () => {
    await rows.record(ours, { resource: 'message', state: 'excluded' })

    expect((await overview()).resources.map((row) => row.resource)).toContain('message')
  })

  it('shows of the address the host only', async () => {
    const shop = await rows.shop(`host-${shops}.myshopify.com`, {
      kind: 'merchant',
      address: 'https://saas.example:8443/hooks/s3cret?key=s3cret',
      state: 'refused',
    })

    const { connection, urgent } = await overview(shop)

    expect(connection?.address).toEqual({ kind: 'host', host: 'saas.example:8443' })
    expect(urgent).toEqual({ kind: 'connection', state: 'refused' })
  })

  it('shows the ten newest events with the state that their records have now', async () => {
    const record = await rows.record(ours, { state: 'waiting', externalId: '42' })
    for (let minute = 0; minute < 12; minute += 1) {
      const receivedAt = new Date(NOW.getTime() - minute * 60_000)
      await rows.event(ours, { receivedAt, recordId: record.id, externalId: '42' })
    }
    await rows.event(theirs, { receivedAt: NOW })

    const { events } = await overview()

    expect(events).toHaveLength(10)
    expect(events[0]).toMatchObject({
      receivedAt: NOW.toISOString(),
      externalId: '42',
      recordState: 'waiting',
    })
    expect(events.map((event) => event.receivedAt)).toEqual(
      events
        .map((event) => event.receivedAt)
        .sort()
        .reverse(),
    )
  })

  it("names the shop's open privacy requests, the earliest first", async () => {
    await rows.compliance(ours, { dueAt: new Date('2026-12-15T00:00:00Z') })
    await rows.compliance(ours, { dueAt: new Date('2026-11-20T00:00:00Z') })
    await rows.compliance(ours, { state: 'done' })
    await rows.compliance(theirs)

    const { compliance, urgent } = await overview()

    expect(compliance.map((request) => request.dueAt.slice(0, 10))).toEqual(['2026-11-20', '2026-12-15'])
    expect(urgent).toMatchObject({ kind: 'compliance', overdue: true, count: 1 })
  })

  it('of a shop that is not set up has no scope to read', async () => {
    expect(await findShopScope(test.db, 'nobody.myshopify.com')).toBeNull()
  })
})
