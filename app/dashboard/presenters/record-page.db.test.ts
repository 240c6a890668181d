import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  arrival,
  at,
  gone,
  install,
  openStages,
  orderState,
  recordId,
  type Stages,
} from '../../../tests/support/stages'
import { rowsReadBy } from '../../../tests/support/plans'
import { makeRows } from '../../../tests/support/rows'
import { type News } from '~/contracts/news'
import { type Intake } from '~/intake/intake.server'
import { claimRecords } from '~/records/claim-records'
import { settleRecords } from '~/records/settle-records'
import { readCursor } from '../record-cursor'
import { presentRecordPage, type RecordPage } from './record-page.server'
import { presentTimeline } from './timeline.server'
import { findShopScope, type ShopScope } from './scope.server'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let intake: Intake
let scope: ShopScope
let number = 0
let id: string

beforeAll(async () => {
  stages = await openStages()
  intake = stages.intake()
  await install(stages.db, SHOP)
  await intake.accept(arrival(SHOP, orderState('0', 1)))
  scope = (await findShopScope(stages.db, SHOP))!
})
afterAll(() => stages.close())

/** Each test has an order of its own, and nothing else is due. */
beforeEach(async () => {
  await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL`)
  await stages.db.query(`UPDATE "SaasConnection" SET "generation" = 1, "addressGeneration" = 1`)
  number++
  id = await recordId(stages.db, SHOP, 'order', String(number))
})

const say = (news: News) => intake.accept(arrival(SHOP, news))
const order = (second: number, core: Record<string, unknown> = {}) =>
  say(orderState(String(number), second, core))
const page = (options: Partial<Parameters<typeof presentRecordPage>[3]> = {}, of = id) => {
  const ports = { ...stages, clock: () => stages.clock.now }
  return presentRecordPage(ports, scope, of, { before: null, ...options })
}
const content = async (options = {}) => {
  const shown = (await page(options))?.content
  if (shown?.kind !== 'content') throw new Error(`there is no content: ${shown?.kind}`)
  return shown
}
const paths = ({ rows }: { rows: { path: { kind: string; name?: string | null }[] }[] }) =>
  rows.map(({ path }) => path.map(({ name }) => name).join('.'))

/** As if the SaaS had taken what is due. */
async function deliver(): Promise<void> {
  const [sourceConnectionId = ''] = scope.sourceIds
  const { db, clock } = stages
  const claim = { sourceConnectionId, claimIds: [randomUUID()], giveWayMs: 0 }
  const [held] = (await claimRecords(db, claim, clock.now)).records
  const { id: recordId, claimId, known, desiredHash, revision, generation } = held!
  const settlement = { kind: 'delivered', bodyHash: 'b', textHash: null, saasId: 'saas-7' } as const
  const settled = {
    recordId,
    claimId,
    known: () => known,
    sentHash: desiredHash!,
    revision,
    generation,
    settlement,
  }
  await settleRecords(db, scope.shopId, [{ ...settled, attempt: null }], clock.now)
}

describe("a record's page", () => {
  it('shows what differs from what the SaaS took last, and what does not', async () => {
    await order(1)
    expect(await content()).toMatchObject({ delivered: 'never', differing: { rows: [] } })
    await deliver()
    expect(await content()).toMatchObject({ delivered: 'known', differing: { rows: [], more: 0 } })

    await order(2, { tags: ['late'] })
    const { differing, equal } = await content()
    expect(differing.rows).toEqual([
      {
        path: [{ kind: 'field', name: 'total' }],
        desired: { kind: 'amount', digits: '2.00', currency: 'EUR' },
        delivered: { kind: 'amount', digits: '1.00', currency: 'EUR' },
      },
      {
        path: [{ kind: 'field', name: 'tags' }],
        desired: { kind: 'text', text: 'late' },
        delivered: { kind: 'absent' },
      },
    ])
    expect(paths(equal)).toEqual(['number', 'currency'])
  })

  it('tells what it is called, where it is in the admin, and the facts', async () => {
    await order(1)
    await deliver()
    expect(await page()).toMatchObject({
      name: `#${number}`,
      adminUrl: `https://admin.shopify.com/store/tea/orders/${number}`,
      facts: { saasId: 'saas-7', desiredBy: 'webhook', store: SHOP, version: at(1) },
    })
  })

  it('says so where it is gone, here or there', async () => {
    await order(1)
    await deliver()
    await say(gone('order', String(number), 2))
    expect(await page()).toMatchObject({
      adminUrl: null,
      content: { isDeleted: true, delivered: 'forgotten', equal: { rows: [] } },
    })
    await deliver()
    expect(await content()).toMatchObject({ isDeleted: true, delivered: 'deleted' })
    await order(3)
    expect(await content()).toMatchObject({ isDeleted: false, delivered: 'deleted', differing: { rows: [] } })
  })

  it('says so where it was taken under other settings, or at another address', async () => {
    await order(1)
    await deliver()
    await stages.db.query(`UPDATE "SaasConnection" SET "generation" = 2`)
    expect(await content()).toMatchObject({ delivered: 'known', isOfOtherSettings: true })
    await stages.db.query(`UPDATE "SaasConnection" SET "addressGeneration" = 2`)
    expect(await content()).toMatchObject({ delivered: 'elsewhere', isOfOtherSettings: false })
  })

  it('says so where a person has it removed from the SaaS', async () => {
    await order(1)
    await deliver()
    const update = (data: object) => stages.db.prisma.syncRecord.update({ where: { id }, data })
    await update({ desiredAction: 'deleted', deliveredKnown: Buffer.alloc(0) })
    expect(await page()).toMatchObject({
      adminUrl: `https://admin.shopify.com/store/tea/orders/${number}`,
      content: { isDeleted: false, delivered: 'removing', differing: { rows: [] } },
    })
    await update({ state: 'excluded', placedGeneration: null })
    expect(await content()).toMatchObject({ isDeleted: false, delivered: 'removed' })
    await update({ state: 'waiting', desiredAction: 'updated' })
    expect(await content()).toMatchObject({ delivered: 'removed' })
  })

  it('says so where nothing is known yet, or what is stored cannot be opened', async () => {
    await say({
      kind: 'hint',
      resource: 'order',
      externalId: String(number),
      parts: ['core'],
      hintedAt: at(1),
    })
    expect(await page()).toMatchObject({ name: null, content: { kind: 'nothing_known' } })
    await stages.db.prisma.syncRecord.update({ where: { id }, data: { known: Buffer.from('nonsense') } })
    expect(await page()).toMatchObject({ content: { kind: 'unreadable' } })
  })

  it('hides what is personal, unless a person may see it', async () => {
    const customer = await recordId(stages.db, SHOP, 'customer', '7')
    await say({
      kind: 'state',
      resource: 'customer',
      externalId: '7',
      action: 'updated',
      version: { updatedAt: at(1), triggeredAt: at(1) },
      updatedAt: at(1),
      parts: { core: { display_name: 'Ada Byron', state: 'enabled' } },
    })
    const hidden = await page({}, customer)
    expect(hidden?.name).toBe('A••• B•••')
    expect(JSON.stringify(hidden)).not.toMatch(/Ada|Byron/)
    const shown = await page({ reveal: true }, customer)
    expect(shown?.name).toBe('Ada Byron')
    expect(JSON.stringify(shown?.content)).toContain('Ada Byron')
  })

  it('is nothing for a record of another shop, and for an id of nobody', async () => {
    const rows = makeRows(stages.db)
    const foreign = await rows.record(await rows.shop('theirs.myshopify.com'))
    expect(await page({}, foreign.id)).toBeNull()
    expect(await page({}, randomUUID())).toBeNull()
  })
})

describe('its timeline', () => {
  const rows = () => makeRows(stages.db)
  const second = (count: number) => new Date(stages.clock.now.getTime() + count * 1_000)

  it('shows webhooks with the calls that they led to, and those that came again', async () => {
    const news = arrival(SHOP, orderState(String(number), 1))
    await intake.accept(news)
    await intake.accept(news)
    const record = await stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })
    await rows().attempt(record, { startedAt: second(1), outcome: 'unavailable', httpStatus: 503 })
    await rows().attempt(record, { startedAt: second(6), number: 2 })

    const shown = await page()
    expect(shown?.timeline).toMatchObject({
      groups: [
        {
          head: { kind: 'event', outcome: 'changed', duplicates: 1 },
          attempts: [{ outcome: 'unavailable' }, { outcome: 'delivered', number: 2 }],
        },
      ],
      older: null,
      isNewest: true,
    })
    expect(shown?.isUnanswered).toBe(false)
  })

  it('says what else moved the record, and that a call was left without an answer', async () => {
    await order(1)
    const moved = { desiredBy: 'deep-reconciliation', desiredAt: second(5) }
    const record = await stages.db.prisma.syncRecord.update({ where: { id }, data: moved })
    await rows().attempt(record, { startedAt: second(6), outcome: 'abandoned' })

    const shown = await page()
    expect(shown?.timeline.groups).toMatchObject([
      { head: { kind: 'move', by: 'deep-reconciliation' }, attempts: [{ outcome: 'abandoned' }] },
      { head: { kind: 'event' }, attempts: [] },
    ])
    expect(shown?.isUnanswered).toBe(true)
  })

  it('goes on from page to page, and shows each entry once', async () => {
    await order(1)
    const shop = {
      id: scope.shopId,
      domain: SHOP,
      source: await stages.db.prisma.sourceConnection.findFirstOrThrow(),
    }
    for (let index = 1; index <= 120; index++)
      await rows().event(shop, {
        recordId: id,
        receivedAt: second(Math.ceil(index / 3)),
        outcome: 'unchanged',
      })

    const seen: string[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const shown: RecordPage = (await page({ before: readCursor(cursor) }))!
      const { timeline } = shown
      expect(timeline.isNewest).toBe(pages === 0)
      seen.push(...timeline.groups.flatMap(({ head }) => (head?.kind === 'event' ? [head.id] : [])))
      cursor = timeline.older
      pages++
    } while (cursor !== null)
    expect(pages).toBe(3)
    expect(new Set(seen).size).toBe(121)
    expect(seen).toHaveLength(121)
  })

  it('costs the same however much there is, of this record and of others', async () => {
    await order(1)
    const { sourceConnectionId } = await stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })
    await stages.db.query(
      `INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payloadSize", "receivedAt", "recordId")
       SELECT gen_random_uuid(), $1::uuid, 'plenty', 'p' || n, 'shopify', '${SHOP}', 't', 'unchanged', 1, $2::timestamptz + n * '1 s'::interval,
              CASE WHEN n % 4 = 0 THEN $3::uuid ELSE gen_random_uuid() END FROM generate_series(1, 20000) n`,
      [sourceConnectionId, stages.clock.now, id],
    )
    await stages.db.query('ANALYZE "WebhookEvent"')
    const subject = { id, sourceConnectionId, desiredAt: null, desiredBy: null }
    const before = { at: '2026-11-21T13:00:00.000000Z', id: randomUUID() }
    expect(await rowsReadBy(stages.db, (sql) => presentTimeline(sql, subject, null))).toBeLessThan(300)
    expect(await rowsReadBy(stages.db, (sql) => presentTimeline(sql, subject, before))).toBeLessThan(300)
  })
})
