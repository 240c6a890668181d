import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { BUILT_IN, openStages, queuedJobs, type Stages } from '../../../tests/support/stages'
import { presentMirror } from '../presenters/mirror-page.server'
import { presentPrivacy } from '../presenters/privacy-page.server'
import { findShopScope } from '../presenters/scope.server'
import { KEPT_THERE } from '~/records/exclusion'
import { NOTHING } from '~/records/known'
import { sealKnown } from '~/records/sealed-known'
import { answerCommand } from './answer-command.server'
import { type CommandAnswer } from './command'
import { type CommandPorts } from './runner'

let stages: Stages
let rows: ReturnType<typeof makeRows>
let shop: ShopRows
let other: ShopRows

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "RecordCount" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  shop = await rows.shop('tea.myshopify.com')
  other = await rows.shop('coffee.myshopify.com')
})

function ports(): CommandPorts {
  const { db, queue, sealer, logger } = stages
  const clock = () => stages.clock.now
  const issueReceiverKey = () => Promise.resolve('key')
  const map = () => [{ kind: 'ignored' as const, reason: 'Nobody handles this topic.' }]
  const access = { sealer, environmentKey: () => undefined, builtInAddress: 'http://127.0.0.1:1' }
  const replay = { db, queue, sealer, logger, clock, map, defaults: BUILT_IN, issueReceiverKey }
  const saas = { defaults: BUILT_IN, issueReceiverKey, access }
  return { db, queue, clock, replay, sealer, sendsMail: true, saas }
}

const scope = async () => (await findShopScope(stages.db, shop.domain))!
async function give(fields: Record<string, string> | [string, string][]): Promise<CommandAnswer> {
  const body = new URLSearchParams(fields).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = new Request('https://app.example/app/commands', { method: 'POST', headers, body })
  const response = await answerCommand(request, ports(), await scope())
  return (await response.json()) as CommandAnswer
}

/** Everything that a command could change, of both shops. */
const everything = async () => ({
  shops: await stages.db.prisma.shop.findMany({ orderBy: { id: 'asc' } }),
  connections: await stages.db.prisma.saasConnection.findMany({ orderBy: { id: 'asc' } }),
  runs: await stages.db.prisma.syncRun.findMany({ orderBy: { id: 'asc' } }),
  jobs: await queuedJobs(stages.db),
})
const connectionOf = (of: ShopRows) =>
  stages.db.prisma.saasConnection.findUniqueOrThrow({ where: { shopId: of.id } })
const runs = (kind: string) => stages.db.prisma.syncRun.findMany({ where: { kind } })
const mirror = (resources: string[], tests = 'false') =>
  give([
    ['intent', 'save-mirror'],
    ['includeTestOrders', tests],
    ...resources.map((one) => ['resources', one] as [string, string]),
  ])
const remove = (resource: string, confirmed = 'true') =>
  give({ intent: 'remove-resource', resource, confirmed })
const keep = (days: object = {}, policy = 'minimal') =>
  give({
    intent: 'save-privacy',
    policy,
    payloadDays: '30',
    historyDays: '90',
    statisticDays: '400',
    ...days,
  })

describe('what is mirrored', () => {
  it('is saved: what is selected no longer is looked at again, and what is selected again is read', async () => {
    expect(await mirror(['order', 'product'])).toMatchObject({ ok: true })
    expect(await connectionOf(shop)).toMatchObject({ resources: ['order', 'product'], generation: 2 })
    expect(await runs('backfill')).toEqual([])
    expect(await runs('re-evaluation')).toHaveLength(1)

    expect(await mirror(['order', 'product', 'customer'], 'true')).toMatchObject({ ok: true })
    expect(await connectionOf(shop)).toMatchObject({ includeTestOrders: true, generation: 3 })
    expect(await runs('backfill')).toMatchObject([{ resource: 'customer' }])
    expect(await connectionOf(other)).toMatchObject({ generation: 1 })
  })

  it('may be nothing', async () => {
    expect(await mirror([])).toMatchObject({ ok: true })
    expect(await connectionOf(shop)).toMatchObject({ resources: [] })
    expect((await presentMirror(stages.db, await scope()))?.selected).toEqual([])
  })

  it('that is sent twice is saved once', async () => {
    await mirror(['order'])
    const before = await everything()
    await mirror(['order'])
    expect(await everything()).toEqual(before)
  })

  it.each([
    [
      'a resource that does not exist',
      () => mirror(['order', 'invoice']),
      { fields: { resources: 'INVALID' } },
    ],
    [
      'no word on test orders',
      () => give({ intent: 'save-mirror' }),
      { fields: { includeTestOrders: 'INVALID' } },
    ],
    ['a removal of what is mirrored', () => remove('order'), { code: 'RESOURCE_SELECTED' }],
    [
      'a removal that nobody confirmed',
      () => remove('customer', ''),
      { fields: { confirmed: 'CONFIRM_FIRST' } },
    ],
    ['a removal of what does not exist', () => remove('invoice'), { fields: { resource: 'INVALID' } }],
    [
      'a run that is none',
      () => give({ intent: 'cancel-removal', run: 'x' }),
      { fields: { run: 'INVALID' } },
    ],
    [
      'days that are no number',
      () => keep({ payloadDays: 'ten', historyDays: '1.5', statisticDays: '-4' }),
      { fields: { payloadDays: 'NOT_A_NUMBER', historyDays: 'NOT_A_NUMBER', statisticDays: 'NOT_A_NUMBER' } },
    ],
    [
      'days out of their bounds',
      () => keep({ payloadDays: '0', historyDays: '366', statisticDays: '6' }),
      { fields: { payloadDays: 'TOO_SMALL', historyDays: 'TOO_LARGE', statisticDays: 'TOO_SMALL' } },
    ],
    [
      'fewer days than webhooks are repeated',
      () => keep({ payloadDays: '1', historyDays: '6' }),
      { fields: { historyDays: 'TOO_SMALL' } },
    ],
    [
      'contents without their events',
      () => keep({ historyDays: '7' }),
      { fields: { payloadDays: 'LONGER_THAN_HISTORY' } },
    ],
    ['a policy that there is not', () => keep({}, 'some'), { fields: { policy: 'INVALID' } }],
    [
      'a good policy with bad days',
      () => keep({ payloadDays: '' }, 'none'),
      { fields: { payloadDays: 'NOT_A_NUMBER' } },
    ],
  ])('is left as it is by %s', async (_case, command, refused) => {
    const before = await everything()
    expect(await command()).toMatchObject({ ok: false, ...refused })
    expect(await everything()).toEqual(before)
  })
})

describe('what was sent and is not mirrored any more', () => {
  const kept = (count: number, of = shop) =>
    Promise.all(
      Array.from({ length: count }, () =>
        rows.record(of, {
          resource: 'customer',
          state: 'excluded',
          reason: KEPT_THERE,
          placedGeneration: 1,
          known: null,
        }),
      ),
    )

  it('is told, and removed once a person has confirmed it', async () => {
    await kept(3)
    await kept(2, other)
    await mirror(['order', 'product', 'category'])
    await stages.db.query(`UPDATE "SyncRun" SET "state" = 'finished', "endedAt" = now()`)
    const view = () => scope().then((of) => presentMirror(stages.db, of))
    expect(await view()).toMatchObject({
      isSettling: false,
      left: [{ resource: 'customer', kept: 3, failed: 0, onTheWay: 0, removedAt: null }],
      removals: [],
    })

    expect(await remove('customer')).toMatchObject({ ok: true })
    expect(await remove('customer')).toMatchObject({ ok: false, code: 'REMOVAL_UNDER_WAY' })
    expect((await connectionOf(shop)).removals).toEqual({ customer: stages.clock.now.toISOString() })
    expect(await runs('removal')).toMatchObject([
      { sourceConnectionId: shop.source.id, resource: 'customer' },
    ])
    expect(await view()).toMatchObject({ removals: [{ resource: 'customer', total: null, done: 0 }] })
  })

  it('stays there when the removal is stopped, by nobody but the shop', async () => {
    await mirror([])
    await remove('customer')
    const [run] = await runs('removal')
    const ours = shop
    shop = other
    expect(await give({ intent: 'cancel-removal', run: run!.id })).toMatchObject({
      ok: false,
      code: 'RUN_MISSING',
    })
    shop = ours
    expect(await give({ intent: 'cancel-removal', run: run!.id })).toMatchObject({ ok: true })
    expect(await runs('removal')).toMatchObject([{ state: 'cancelled' }])
    expect(await give({ intent: 'cancel-removal', run: run!.id })).toMatchObject({
      ok: false,
      code: 'RUN_ENDED',
    })
  })
})

describe('personal data', () => {
  it('leaves by the policy that a person chooses, which outlasts the operator’s, and is kept for as long as they say', async () => {
    expect(await keep({ payloadDays: '5', historyDays: '30', statisticDays: '100' }, 'none')).toMatchObject({
      ok: true,
    })
    expect(await connectionOf(shop)).toMatchObject({
      piiPolicy: 'none',
      chosen: ['policy'],
      erasedFields: ['display_name'],
    })
    const privacy = await presentPrivacy(stages.db, await scope(), stages.sealer)
    expect(privacy).toMatchObject({
      policy: 'none',
      days: { payloadDays: 5, historyDays: 30, statisticDays: 100 },
    })
    expect(await stages.db.prisma.shop.findUnique({ where: { id: other.id } })).toMatchObject({
      payloadDays: 30,
    })
  })

  it('stays the operator’s where only the days are changed', async () => {
    await keep({ payloadDays: '5' })
    expect(await connectionOf(shop)).toMatchObject({ piiPolicy: 'minimal', chosen: [], generation: 1 })
  })

  it('is shown field by field, from an example while there is none', async () => {
    const { previews } = (await presentPrivacy(stages.db, await scope(), stages.sealer))!
    expect(previews.map(({ resource, isExample }) => [resource, isExample])).toEqual([
      ['customer', true],
      ['order', true],
    ])
    const under = Object.fromEntries(previews[0]!.fields.map((field) => [field.name, field.under]))
    expect(under).toMatchObject({
      display_name: { none: 'not_sent', minimal: 'sent', full: 'sent' },
      email_hash: { none: 'hash', minimal: 'hash', full: 'hash' },
      'pii.email': { none: 'not_sent', minimal: 'not_sent', full: 'sent' },
      'pii.addresses': { none: 'not_sent', minimal: 'not_sent', full: 'sent' },
    })
  })

  it('is shown of the shop’s own customer that changed last, by its shape only', async () => {
    const asOf = { updatedAt: '1', triggeredAt: '1', tie: '' }
    const data = { display_name: 'Joana Prado', email_hash: 'ab'.repeat(32), tags: ['vip'] }
    const record = await rows.record(shop, { resource: 'customer' })
    const known = sealKnown({ ...NOTHING, parts: { core: { asOf, data } } }, record.id, stages.sealer)
    await stages.db.query(`UPDATE "SyncRecord" SET "known" = $2 WHERE "id" = $1`, [record.id, known])

    const privacy = await presentPrivacy(stages.db, await scope(), stages.sealer)

    expect(privacy!.previews[0]).toMatchObject({ resource: 'customer', isExample: false })
    const fields = new Map(privacy!.previews[0]!.fields.map((field) => [field.name, field]))
    expect(fields.get('display_name')).toMatchObject({ shape: 'Jo•••', isExample: false })
    expect(fields.get('pii.email')).toMatchObject({ isExample: true })
    expect(privacy!.previews[0]!.others).toContain('tags')
    expect(JSON.stringify(privacy)).not.toMatch(/Joana|Prado|vip/)
  })
})
