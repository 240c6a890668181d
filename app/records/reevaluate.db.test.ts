import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import {
  arrival,
  at,
  BUILT_IN,
  gone,
  install,
  openStages,
  orderState,
  type Stages,
} from '../../tests/support/stages'
import { type News } from '~/contracts/news'
import { changeConnection, type ConnectionChange } from '~/shops/change-connection'
import { readSource } from '~/shops/read-source'
import { startRuns } from '~/shops/start-run'
import { claimRecords } from './claim-records'
import { reevaluate } from './reevaluate'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let shopId: string

const customer = (id: number): News => ({
  kind: 'state',
  resource: 'customer',
  externalId: String(id),
  action: 'updated',
  version: { updatedAt: at(1), triggeredAt: at(1) },
  updatedAt: at(1),
  parts: { core: { state: 'enabled', display_name: 'Ada Byron', pii: { email: 'ada@tea.example' } } },
})
const product = (id: number): News => ({
  kind: 'state',
  resource: 'product',
  externalId: String(id),
  action: 'updated',
  version: { updatedAt: at(1), triggeredAt: at(1) },
  updatedAt: at(1),
  parts: { core: { name: 'Tea', variants: [{ external_id: '1', price: '1200.00' }] } },
})

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())

/** A shop under the policy `full` that has two products, two customers, an order and an order that was deleted. */
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  await install(stages.db, SHOP)
  await say([product(1), product(2)])
  shopId = (await stages.db.prisma.shop.findFirstOrThrow()).id
  await say([customer(1), customer(2), orderState('1', 1), gone('order', '2', 1)])
  await deliverAll()
  await stages.db.query(`DELETE FROM "SyncRun"`)
})

const say = (news: News[]) => {
  const intake = stages.intake({ defaults: { ...BUILT_IN, piiPolicy: 'full' } })
  return Promise.all(news.map((one) => intake.accept(arrival(SHOP, one))))
}
const options = () => ({ queue: stages.queue, now: stages.clock.now })
const change = (changed: ConnectionChange) =>
  stages.db.transaction((tx) => changeConnection(tx, shopId, changed, options()))
const runs = () =>
  stages.db.prisma.syncRun.findMany({ where: { kind: 're-evaluation' }, orderBy: { id: 'asc' } })
const records = () =>
  stages.db.prisma.syncRecord.findMany({
    orderBy: [{ resource: 'asc' }, { externalId: 'asc' }],
    omit: { known: true },
  })
const record = (resource: string, externalId = '1') =>
  stages.db.prisma.syncRecord.findFirstOrThrow({ where: { resource, externalId } })

/** As if the SaaS had taken everything that is due. */
const deliverAll = () =>
  stages.db.query(
    `UPDATE "SyncRecord" SET "state" = CASE "desiredAction" WHEN 'deleted' THEN 'deleted' ELSE 'in_step' END, "dueAt" = NULL,
       "waitingSince" = NULL, "deliveredHash" = "desiredHash", "deliveredBodyHash" = 'body', "deliveredRevision" = "revision",
       "deliveredGeneration" = c."generation", "sentGeneration" = c."generation"
     FROM "SaasConnection" c WHERE "dueAt" IS NOT NULL`,
  )

/** Works on all runs that are under way. */
async function work(signal?: AbortSignal) {
  const open = (await runs()).filter(({ state }) => state === 'waiting' || state === 'running')
  const { db, sealer, logger } = stages
  const clock = () => stages.clock.now
  const how = { db, sealer, logger, clock, contextOf: readSource, ...(signal ? { signal } : {}) }
  const results = []
  for (const { id } of open) results.push(await reevaluate(id, how))
  return results
}

describe('a run', () => {
  it('for a new currency looks at the products, and sends those in which it makes a difference', async () => {
    await stages.db.query(`UPDATE "Shop" SET "currency" = 'JPY'`)
    const order = { resource: 'product' as const, generation: null, startsAfresh: false, reason: 'Yen.' }
    await stages.db.transaction((tx) => startRuns(tx, shopId, order, options()))
    await work()
    expect(await runs()).toMatchObject([
      {
        state: 'finished',
        kind: 're-evaluation',
        resource: 'product',
        total: 2,
        done: 2,
        changed: 2,
        endedAt: stages.clock.now,
      },
    ])
    expect((await records()).map(({ resource, state }) => `${resource} ${state}`)).toEqual([
      'customer in_step',
      'customer in_step',
      'order in_step',
      'order deleted',
      'product waiting',
      'product waiting',
    ])
  })

  it('leaves alone what is as it should be', async () => {
    const before = await records()
    const order = { resource: null, generation: null, startsAfresh: false, reason: 'No reason.' }
    await stages.db.transaction((tx) => startRuns(tx, shopId, order, options()))
    await work()
    expect(await records()).toEqual(before)
    expect(await runs()).toMatchObject([{ state: 'finished', done: 6, changed: 0 }])
  })

  it('goes on where a crash or a deployment ended it, over many pages, and counts each record once', async () => {
    await say(Array.from({ length: 450 }, (_, id) => orderState(String(100 + id), 1)))
    await deliverAll()
    await change({
      address: 'https://other.example',
      kind: 'environment',
      key: { sealed: null, isSameTenant: false },
    })
    expect(await work(AbortSignal.abort())).toEqual(['more'])
    expect(await runs()).toMatchObject([{ state: 'running', total: 456, done: 200 }])
    const [{ cursor } = { cursor: null }] = await runs()
    expect(cursor).toMatch(/^order\/\d+$/)

    expect(await work()).toEqual(['over'])
    expect(await runs()).toMatchObject([{ state: 'finished', total: 456, done: 456, changed: 456 }])
    expect(new Set((await records()).map(({ state }) => state))).toEqual(new Set(['waiting']))
  })

  it('may be worked twice at once: each page is done by one of the two', async () => {
    await say(Array.from({ length: 450 }, (_, id) => orderState(String(100 + id), 1)))
    await change({ resources: ['order'] })
    expect(await Promise.all([work(), work()])).toEqual([['over'], ['over']])
    expect(await runs()).toMatchObject([{ state: 'finished', done: 456 }])
  })

  it('comes after whoever still acts on what held before the change', async () => {
    await change({ resources: ['order'] })
    await work()
    await change({ resources: ['order', 'product'] })
    let working: Promise<unknown> | undefined
    await stages.db.transaction(async (tx) => {
      await tx.query(`SELECT 1`)
      working = work()
      await until('the run has begun', async () => (await runs()).at(-1)?.state === 'running')
      // News that was folded under the selection before.
      await tx.query(
        `UPDATE "SyncRecord" SET "state" = 'excluded', "reason" = 'Late.' WHERE "resource" = 'product'`,
      )
      expect((await runs()).at(-1)).toMatchObject({ done: 0 })
    })
    await working
    expect(await record('product')).toMatchObject({ state: 'waiting', reason: null })
  })

  it('that a newer change covers is cancelled in words, and what it was to try again is handed on', async () => {
    await change({
      address: 'https://other.example',
      kind: 'environment',
      key: { sealed: null, isSameTenant: false },
    })
    await change({ piiPolicy: 'none' })
    expect(await runs()).toMatchObject([
      {
        state: 'cancelled',
        startsAfresh: true,
        detail: expect.stringMatching(/A newer change took its place\.$/) as string,
      },
      { state: 'waiting', startsAfresh: true, generation: 3 },
    ])
    expect(
      await reevaluate((await runs())[0]!.id, {
        ...stages,
        clock: () => stages.clock.now,
        contextOf: readSource,
      }),
    ).toBe('over')
  })

  it('of a shop that is gone is over, and one that nobody knows too', async () => {
    const unknown = '00000000-0000-7000-8000-000000000000'
    const { db, sealer, logger } = stages
    const clock = () => stages.clock.now
    expect(await reevaluate(unknown, { db, sealer, logger, clock, contextOf: readSource })).toBe('over')
  })

  it('of a shop that has no connection any more is cancelled, and nobody works on it again', async () => {
    await change({ resources: [] })
    const { db, sealer, logger } = stages
    const gone = { db, sealer, logger, clock: () => stages.clock.now, contextOf: () => Promise.resolve(null) }
    expect(await reevaluate((await runs())[0]!.id, gone)).toBe('over')
    expect(await runs()).toMatchObject([{ state: 'cancelled', endedAt: stages.clock.now }])
  })

  it('passes by a record that cannot be opened, and ends well', async () => {
    await stages.db.query(
      `UPDATE "SyncRecord" SET "known" = 'not sealed' WHERE "resource" = 'order' AND "externalId" = '1'`,
    )
    await change({ resources: [] })
    await work()
    expect(await runs()).toMatchObject([{ state: 'finished', done: 6, changed: 5 }])
  })

  it('fails in words when Parity itself is at fault, and stays to be gone on with when the database is', async () => {
    await change({ resources: [] })
    const [run] = await runs()
    const { db, sealer, logger } = stages
    const clock = () => stages.clock.now
    const broken = (error: Error) => ({ db, sealer, logger, clock, contextOf: () => Promise.reject(error) })
    const away = Object.assign(new Error('terminating connection'), { code: '57P01' })
    await expect(reevaluate(run!.id, broken(away))).rejects.toThrow('terminating')
    expect(await runs()).toMatchObject([{ state: 'running' }])
    expect(await reevaluate(run!.id, broken(new TypeError('oops')))).toBe('over')
    expect(await runs()).toMatchObject([{ state: 'failed', endedAt: stages.clock.now }])
  })
})

describe('at another address', () => {
  const elsewhere = (): Promise<unknown> =>
    change({
      address: 'https://other.example',
      kind: 'environment',
      key: { sealed: null, isSameTenant: false },
    })

  it('everything is sent, deletions and what was given up, put off or dismissed too, each as a send of its own', async () => {
    const later = new Date(stages.clock.now.getTime() + 3_600_000)
    const set = (id: string, values: string, ...more: unknown[]) =>
      stages.db.query(`UPDATE "SyncRecord" SET ${values} WHERE "id" = $1`, [id, ...more])
    await set((await record('product', '1')).id, `"state" = 'dead', "reason" = 'No price.'`)
    await set((await record('product', '2')).id, `"state" = 'retrying', "attempts" = 9, "dueAt" = $2`, later)
    await set(
      (await record('customer', '1')).id,
      `"state" = 'excluded', "reason" = 'Dismissed: twice there.', "dismissedHash" = "desiredHash"`,
    )
    const before = await records()
    await elsewhere()
    await work()

    const after = await records()
    for (const row of after) {
      expect(row).toMatchObject({
        state: 'waiting',
        reason: null,
        dueAt: stages.clock.now,
        attempts: 0,
        dismissedHash: null,
      })
    }
    const [{ sourceConnectionId }] = before as [(typeof before)[0]]
    const claimIds = before.map(() => randomUUID())
    const about = { sourceConnectionId, claimIds, giveWayMs: 0 }
    const claimed = (await claimRecords(stages.db, about, stages.clock.now)).records
    expect(claimed).toHaveLength(before.length)
    for (const { id, revision } of claimed)
      expect(BigInt(revision)).toBeGreaterThan(before.find((row) => row.id === id)!.revision)
    expect(await record('order', '2')).toMatchObject({ desiredAction: 'deleted' })
  })

  it('what is not selected stays where it is', async () => {
    await change({ resources: ['product'] })
    await work()
    await elsewhere()
    await work()
    expect(await record('order', '2')).toMatchObject({ state: 'excluded' })
    expect(await record('product')).toMatchObject({ state: 'waiting' })
  })
})

describe('at the same address', () => {
  it('what was dismissed stays dismissed, with its words, while its content is the same', async () => {
    const { id } = await record('product')
    await stages.db.query(
      `UPDATE "SyncRecord" SET "state" = 'excluded', "reason" = 'Dismissed: a test.', "dismissedHash" = "desiredHash" WHERE "id" = $1`,
      [id],
    )
    const dismissed = { state: 'excluded', reason: 'Dismissed: a test.' }
    await change({ resources: ['order', 'customer'] })
    await work()
    expect(await record('product', '1')).toMatchObject(dismissed)
    expect(await record('product', '2')).toMatchObject({
      reason: 'This resource is not selected for mirroring.',
    })
    await change({ resources: ['order', 'customer', 'product'] })
    await work()
    expect(await record('product', '1')).toMatchObject(dismissed)
    expect(await record('product', '2')).toMatchObject({ state: 'waiting' })
  })

  it('what is not selected any more is excluded with ids and versions kept, and waits again when it is', async () => {
    const before = await record('customer')
    await change({ resources: ['order', 'product'] })
    await work()
    const { revision, deliveredHash, saasId } = before
    expect(await record('customer')).toMatchObject({
      state: 'excluded',
      dueAt: null,
      revision,
      deliveredHash,
      saasId,
    })
    await change({ resources: ['order', 'product', 'customer'] })
    await work()
    expect(await record('customer')).toMatchObject({
      state: 'waiting',
      dueAt: stages.clock.now,
      deliveredBodyHash: 'body',
    })
  })

  it('a stricter policy takes personal data out of what is stored, and sends the customers anew', async () => {
    const opened = async () => {
      const { known, id } = await record('customer')
      return stages.sealer.openText(known!, `record:${id}`)
    }
    expect(await opened()).toMatch(/ada@tea\.example/)
    const before = await record('customer')
    await change({ piiPolicy: 'none' })
    await work()
    expect(await opened()).not.toMatch(/ada|Ada|pii|display_name/)
    const after = await record('customer')
    expect(after).toMatchObject({ state: 'waiting' })
    expect(after.desiredHash).not.toBe(before.desiredHash)
  })

  it('what is being sent is left to its settling, which sees the new generation', async () => {
    const due = new Date(stages.clock.now.getTime() + 25_000)
    await stages.db.query(
      `UPDATE "SyncRecord" SET "state" = 'delivering', "attemptId" = $1, "dueAt" = $2 WHERE "resource" = 'product'`,
      [crypto.randomUUID(), due],
    )
    const before = await record('product')
    await change({ address: 'https://other.example' })
    await work()
    expect(await record('product')).toMatchObject({ ...before, known: before.known })
  })

  it('what was delivered under the new generation already is left alone', async () => {
    await change({ includeTestOrders: true })
    await stages.db.query(
      `UPDATE "SyncRecord" SET "deliveredGeneration" = (SELECT "generation" FROM "SaasConnection") WHERE "resource" = 'product'`,
    )
    const before = await record('product')
    await work()
    expect(await record('product')).toEqual(before)
  })

  it('what waits for a paused connection is held', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "pausedAt" = now()`)
    await change({ includeTestOrders: true })
    await work()
    expect(await record('product')).toMatchObject({ state: 'held', reason: 'Sending is paused.' })
  })
})
