import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ShopRows } from '../../tests/support/rows'
import { scriptRuns } from '../../tests/support/runs'
import {
  arrival,
  at,
  gone,
  install,
  openStages,
  orderState,
  queuedJobs,
  type Stages,
} from '../../tests/support/stages'
import { type ScriptedStore } from '../../tests/support/store'
import { type ReadableResource } from '~/contracts/store-reader'
import { ParityError } from '~/lib/errors'
import { DAY_MS, toSortable } from '~/lib/time'
import { cancelRun } from '~/shops/cancel-run'
import { confirmDeletions, declineDeletions } from '~/shops/answer-run'
import { type BackfillWish, startBackfill } from '~/shops/start-backfill'
import { startReading } from '~/shops/start-reading'
import { uninstallShop } from '~/shops/uninstall-shop'
import { findRuns } from './find-runs'
import { type RunPorts } from './run-ports'
import { workRun } from './work-run'

const MINUTE_MS = 60_000
const going = new AbortController().signal

let stages: Stages
let shop: ShopRows
let store: ScriptedStore
let ports: RunPorts

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`DELETE FROM pgboss.job`)
  stages.clock.now = new Date('2026-11-21T12:00:00.000Z')
  ;({ shop, store, ports } = await scriptRuns(stages))
  await install(stages.db, shop.domain)
})

const wish = (more: Partial<BackfillWish> = {}): BackfillWish => ({
  kind: 'backfill',
  resources: null,
  since: null,
  reason: 'A test asked for it.',
  ...more,
})
const options = () => ({ queue: stages.queue, now: stages.clock.now })
const start = (more: Partial<BackfillWish> = {}) =>
  stages.db.transaction((tx) =>
    startBackfill(tx, { shopId: shop.id, sourceConnectionId: shop.source.id }, wish(more), options()),
  )
const startDeep = (resources: ReadableResource[]) => start({ kind: 'deep-reconciliation', resources })
const work = (runId: string) => workRun(runId, ports, going)

/** Works on a run whenever it is due, until it is over or asks; time passes in between. */
async function workToEnd(runId: string): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    await work(runId)
    const { state } = await run(runId)
    if (state !== 'waiting' && state !== 'running') return
    stages.clock.tick(MINUTE_MS)
  }
  throw new Error('The run does not end.')
}

const run = (id: string) => stages.db.prisma.syncRun.findUniqueOrThrow({ where: { id } })
const slices = (runId: string) =>
  stages.db.prisma.syncSlice.findMany({ where: { runId }, orderBy: { ordinal: 'asc' } })
const records = () => stages.db.prisma.syncRecord.findMany({ orderBy: { externalId: 'asc' } })
const record = (resource: string, externalId: string) =>
  stages.db.prisma.syncRecord.findFirstOrThrow({ where: { resource, externalId } })
const sightings = () => stages.db.prisma.runSighting.count()
/** What is held was here before the runs that follow. */
const age = () => stages.db.query(`UPDATE "SyncRecord" SET "createdAt" = '2026-01-01T00:00:00Z'`)

function fill(resource: ReadableResource, count: number, more = {}): void {
  for (let n = 1; n <= count; n++)
    store.put({ resource, externalId: String(1000 + n), updatedAt: at(n), ...more })
}

/** Brings a store in, so that a later run has something to compare. */
async function bringIn(): Promise<void> {
  await workToEnd(await start())
  await age()
  store.exports.length = 0
  store.questions.length = 0
  stages.clock.tick(MINUTE_MS)
}

describe('a backfill', () => {
  it('brings in all of a store, what others refer to first, and says so', async () => {
    fill('category', 2)
    fill('product', 450, { children: 3 })
    fill('customer', 1)
    fill('order', 5)
    const runId = await start()
    await workToEnd(runId)

    expect(await run(runId)).toMatchObject({ state: 'finished', done: 458, total: 458, changed: 458 })
    expect((await run(runId)).detail).toBe(
      'A test asked for it. Compared 2 collections, 450 products, 1 customer and 5 orders; 458 differed and were repaired.',
    )
    expect(await records()).toHaveLength(458)
    const reads = store.questions.filter((question) => question.startsWith('read'))
    expect(reads.map((question) => question.split(' ')[1])).toEqual([
      'export-1',
      'export-2',
      'export-3',
      'export-4',
    ])
    expect((await slices(runId)).map(({ state }) => state)).toEqual(Array(5).fill('finished'))
  })

  it('has webhooks sent before what it brings in, and what it read first before what came later', async () => {
    fill('category', 1)
    store.put({ resource: 'order', externalId: '1', updatedAt: at(1) })
    const runId = await start()
    store.before = () => stages.clock.tick(1_000)
    await workToEnd(runId)
    await stages.intake().accept(
      arrival(shop.domain, {
        kind: 'state',
        resource: 'customer',
        externalId: '5',
        action: 'updated',
        version: { updatedAt: at(1), triggeredAt: at(1) },
        updatedAt: at(1),
        parts: { core: { state: 'enabled' } },
      }),
    )
    const waiting = await stages.db.prisma.syncRecord.findMany({ orderBy: { dueAt: 'desc' } })
    expect(waiting.map(({ resource }) => resource)).toEqual(['customer', 'category', 'order'])
    expect(waiting.slice(1).every(({ dueAt }) => dueAt! <= stages.clock.now)).toBe(true)
  })

  it('brings in no changes: only what a webhook tells on top of it is late since it happened', async () => {
    fill('order', 1)
    await workToEnd(await start({ resources: ['order'] }))
    expect(await record('order', '1001')).toMatchObject({ state: 'waiting', changedAt: null })
    await stages.intake().accept(arrival(shop.domain, orderState('1001', 3_600)))
    expect(await record('order', '1001')).toMatchObject({ changedAt: new Date(at(3_600)) })
    store.put({ resource: 'order', externalId: '1001', parts: { core: { total: '9.00' } } })
    await workToEnd(await startDeep(['order']))
    expect(await record('order', '1001')).toMatchObject({ changedAt: new Date(at(3_600)) })
  })

  it('leaves alone what a webhook has told of it that is newer', async () => {
    store.put({ resource: 'order', externalId: '1', updatedAt: at(10), parts: { core: { total: '1.00' } } })
    const runId = await start({ resources: ['order'] })
    await work(runId)
    store.before = (question) => {
      if (question.startsWith('read')) throw new Error('killed')
    }
    stages.clock.tick(MINUTE_MS)
    await work(runId).catch(() => undefined)
    await stages.intake().accept(arrival(shop.domain, gone('order', '1', 20)))
    store.before = () => undefined
    await workToEnd(runId)
    expect(await record('order', '1')).toMatchObject({ desiredAction: 'deleted' })
    expect(await run(runId)).toMatchObject({ state: 'finished', changed: 0 })
  })

  it.each([0, 1, 199, 200, 201, 399, 400, 401])(
    'that dies at record %i goes on where it was',
    async (place) => {
      fill('product', 450, { children: 2 })
      const runId = await start({ resources: ['product'] })
      let isDead = false
      store.beforeRow = (_row, index) => {
        if (index !== place || isDead) return
        isDead = true
        throw new Error('killed')
      }
      stages.clock.tick(0)
      for (let turn = 0; turn < 5 && !isDead; turn++) {
        await work(runId).catch(() => undefined)
        stages.clock.tick(MINUTE_MS)
      }
      const read = Math.floor(place / 200) * 200
      expect(await slices(runId)).toMatchObject([
        { state: 'reading', readRecords: read, cursor: BigInt(read * 100) },
      ])
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'finished', done: 450, changed: 450 })
      expect(store.questions.filter((question) => question.startsWith('read')).at(-1)).toBe(
        `read export-1 from ${read * 100}`,
      )
    },
  )

  it('is taken up by who comes next when its worker died without a word', async () => {
    fill('product', 3)
    const runId = await start({ resources: ['product'] })
    const holding = new Date(stages.clock.now.getTime() + 30_000)
    await stages.db.query(`UPDATE "SyncRun" SET "heldUntil" = $1`, [holding])
    expect(await work(runId)).toBe('rests')
    expect(await findRuns(stages.db, stages.clock.now)).toEqual([])
    stages.clock.tick(30_000)
    expect(await findRuns(stages.db, stages.clock.now)).toEqual([runId])
    await workToEnd(runId)
    expect(await records()).toHaveLength(3)
  })

  it('is worked on by one of two at a time', async () => {
    fill('product', 450)
    const runId = await start({ resources: ['product'] })
    await Promise.all([work(runId), work(runId)])
    stages.clock.tick(MINUTE_MS)
    await Promise.all([work(runId), work(runId)])
    expect(store.exports).toHaveLength(1)
    expect(await run(runId)).toMatchObject({ state: 'finished', done: 450 })
  })

  it('stops at the end of a page when it is asked to, and has more', async () => {
    fill('product', 450)
    const runId = await start({ resources: ['product'] })
    await work(runId)
    stages.clock.tick(MINUTE_MS)
    const ending = new AbortController()
    store.beforeRow = () => ending.abort()
    expect(await workRun(runId, ports, ending.signal)).toBe('more')
    expect(await slices(runId)).toMatchObject([{ readRecords: 200 }])
  })

  it('begins five exports ahead, and no more', async () => {
    const runId = await start()
    await startReadingMore(runId)
    store.mostExports = 9
    store.before = () => {
      for (const one of store.exports) one.state = { kind: 'under_way', objects: 0 }
    }
    await work(runId)
    expect(store.exports.map(({ selection }) => selection.resource)).toEqual([
      'category',
      'product',
      'customer',
      'order',
      'order',
    ])
  })

  it('waits where the store has as many exports under way as it allows', async () => {
    fill('product', 1)
    store.mostExports = 0
    const runId = await start({ resources: ['product'] })
    await work(runId)
    expect(await slices(runId)).toMatchObject([{ state: 'waiting', exportId: null }])
    store.mostExports = 5
    stages.clock.tick(30_000)
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', done: 1 })
  })

  it('reads of a store without records nothing, and says so', async () => {
    const runId = await start()
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({
      state: 'finished',
      total: 0,
      detail: 'A test asked for it. There was nothing to read.',
    })
  })

  it('is where the first look at the last changes goes back to', async () => {
    const begun = stages.clock.now.toISOString()
    await workToEnd(await start())
    const reaches = await stages.db.prisma.sourceReach.findMany()
    expect(reaches.map(({ lookedUntil }) => lookedUntil)).toEqual(Array(4).fill(toSortable(begun)))
  })

  it('asks for what an export cannot carry', async () => {
    store.put({ resource: 'order', externalId: '1', isHintInExports: true })
    await workToEnd(await start({ resources: ['order'] }))
    expect(await stages.db.prisma.question.findMany()).toMatchObject([{ kind: 'order', externalId: '1' }])
  })
})

/** Has a run that is under way read more of its store: the collections once more, unless a test says otherwise. */
async function startReadingMore(
  runId: string,
  resource: ReadableResource = 'category',
  since: Date | null = null,
): Promise<void> {
  const order = { kind: 'backfill' as const, resources: [resource], since, reason: 'More.' }
  const same = await stages.db.transaction((tx) => startReading(tx, shop.source.id, order, options()))
  expect(same).toBe(runId)
}

describe('where the next look at the last changes begins', () => {
  const lookedUntil = async (resource: string) =>
    (await stages.db.prisma.sourceReach.findFirst({ where: { resource } }))?.lookedUntil
  const LOOKED = at(0)
  /** What was looked through before the run began. */
  async function looked(): Promise<void> {
    await bringIn()
    await stages.db.query(`UPDATE "SourceReach" SET "lookedUntil" = $1`, [LOOKED])
  }

  it('is where a run has read all of a resource, once all parts of it are read', async () => {
    fill('product', 1)
    fill('order', 1)
    await looked()
    const runId = await start({ resources: ['product', 'order'] })
    const taken = toSortable(stages.clock.now.toISOString())
    store.before = (question) => {
      if (question === 'state export-3') store.exports[2]!.state = { kind: 'under_way', objects: 0 }
    }
    await work(runId)
    stages.clock.tick(MINUTE_MS)
    await work(runId)
    expect((await slices(runId)).map(({ state }) => state)).toEqual(['finished', 'finished', 'exporting'])
    expect(await lookedUntil('product')).toBe(taken)
    expect(await lookedUntil('order')).toBe(LOOKED)

    store.before = () => undefined
    store.exports[2]!.state = null
    await workToEnd(runId)
    expect(await lookedUntil('order')).toBe(taken)
  })

  it('is there too where older orders are out of reach', async () => {
    fill('order', 1)
    await looked()
    store.reaches.order.reach = { kind: 'since', days: 60, words: 'Only the last 60 days.' }
    const taken = toSortable(stages.clock.now.toISOString())
    await workToEnd(await start({ resources: ['order'] }))
    expect(await lookedUntil('order')).toBe(taken)
  })

  it('never goes back', async () => {
    fill('product', 1)
    await looked()
    const later = toSortable(new Date(stages.clock.now.getTime() + DAY_MS).toISOString())
    await stages.db.query(`UPDATE "SourceReach" SET "lookedUntil" = $1`, [later])
    await workToEnd(await start({ resources: ['product'] }))
    expect(await lookedUntil('product')).toBe(later)
  })

  it('stays where a run read only what changed after it, and moves where that began before it', async () => {
    fill('product', 1)
    await looked()
    const time = Date.parse(LOOKED)
    await workToEnd(await start({ resources: ['product'], since: new Date(time + 1_000) }))
    expect(await lookedUntil('product')).toBe(LOOKED)
    const taken = toSortable(stages.clock.now.toISOString())
    await workToEnd(await start({ resources: ['product'], since: new Date(time) }))
    expect(await lookedUntil('product')).toBe(taken)
  })

  it('stays where a part could not be read', async () => {
    fill('product', 1)
    await looked()
    store.beforeRow = (row) => ({ ...row, fault: 'Two variants are missing.' })
    const runId = await start({ resources: ['product'] })
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'failed' })
    expect(await lookedUntil('product')).toBe(LOOKED)
  })
})

describe('what cannot be read', () => {
  it('is left out with the reason; the others are read', async () => {
    fill('product', 2)
    fill('customer', 2)
    store.reaches.customer.reach = { kind: 'none', words: 'The shop does not grant read_customers.' }
    const runId = await start()
    await workToEnd(runId)
    const { state, detail } = await run(runId)
    expect(state).toBe('finished')
    expect(detail).toMatch('Compared 2 products')
    expect(detail).toMatch('Customers were left out: The shop does not grant read_customers.')
  })

  it('of orders before the window is said', async () => {
    const old = new Date('2026-01-01T00:00:00Z')
    store.put({ resource: 'order', externalId: '1' })
    store.put({ resource: 'order', externalId: '2', createdAt: old })
    store.reaches.order.reach = {
      kind: 'since',
      days: 60,
      words: 'Only orders of the last 60 days can be read.',
    }
    const runId = await start({ resources: ['order'] })
    await workToEnd(runId)
    expect((await records()).map(({ externalId }) => externalId)).toEqual(['1'])
    expect(store.exports[0]!.selection.createdFrom).toEqual(
      new Date(Date.parse('2026-11-21T12:00:00Z') - 60 * DAY_MS),
    )
    expect((await run(runId)).detail).toMatch(
      'Older orders were left out: Only orders of the last 60 days can be read.',
    )
  })

  it('because a right was withdrawn meanwhile is left out when the store refuses it', async () => {
    fill('product', 1)
    const runId = await start({ resources: ['product'] })
    await work(runId)
    store.exports[0]!.state = { kind: 'failed', isRefused: true, words: 'Access denied.' }
    store.reaches.product.reach = { kind: 'none', words: 'The shop does not grant read_products.' }
    await workToEnd(runId)
    expect(await slices(runId)).toMatchObject([
      { state: 'skipped', detail: 'The shop does not grant read_products.' },
    ])
  })

  it('though it should be readable has failed, and is not tried again', async () => {
    fill('product', 1)
    const runId = await start({ resources: ['product'] })
    await work(runId)
    store.exports[0]!.state = { kind: 'failed', isRefused: true, words: 'Access denied.' }
    await workToEnd(runId)
    expect(store.exports).toHaveLength(1)
    expect(await run(runId)).toMatchObject({ state: 'failed' })
    expect((await run(runId)).detail).toMatch(
      'Products could not be read in full: Access denied. What was read is kept.',
    )
  })
})

describe('a run is never green with rows missing:', () => {
  const spoil: [string, (part: ScriptedStore) => void, RegExp][] = [
    [
      'fewer records than the store says that it wrote',
      (part) =>
        (part.beforeRow = (row, index) =>
          index === 1 ? { ...row, objects: 0, news: null, fault: 'x' } : row),
      /could not be understood/,
    ],
    [
      'fewer lines',
      (part) => (part.beforeRow = (row) => ({ ...row, objects: row.objects - 1 })),
      /wrote 6 lines, and 3 were read/,
    ],
    [
      'a record that lacks children',
      (part) =>
        (part.beforeRow = (row, index) =>
          index === 2 ? { ...row, fault: 'Two variants are missing.' } : row),
      /1 of the records/,
    ],
  ]
  it.each(spoil)('%s', async (_name, spoilIt, words) => {
    fill('product', 3, { children: 1 })
    spoilIt(store)
    const runId = await start({ resources: ['product'] })
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'failed' })
    expect((await run(runId)).detail).toMatch(words)
    expect(store.exports).toHaveLength(4)
  })

  it('records that are missing from the end of the file', async () => {
    fill('product', 3)
    store.before = (question) => {
      if (question.startsWith('read')) store.exports.at(-1)!.rows.pop()
    }
    const runId = await start({ resources: ['product'] })
    await workToEnd(runId)
    expect((await run(runId)).detail).toMatch('The store says that it wrote 3 records, and 2 were read.')
    // What was stored is kept.
    expect(await records()).toHaveLength(2)
  })

  it('but one that is whole at the next try is', async () => {
    fill('product', 3)
    let isFirst = true
    store.beforeRow = (row, index) => {
      if (index !== 1 || !isFirst) return row
      isFirst = false
      return { ...row, news: null, fault: 'It is cut off.' }
    }
    const runId = await start({ resources: ['product'] })
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', done: 3 })
    expect(await slices(runId)).toMatchObject([{ tries: 1, faulty: 0, code: null, detail: null }])
  })

  it.each([
    ['expired', { kind: 'gone' as const }, 'The export expired before all of it was read.'],
    ['failed', { kind: 'failed' as const, isRefused: false, words: 'It timed out.' }, 'It timed out.'],
  ])('an export that has %s is begun anew, and other slices go on meanwhile', async (_name, state, words) => {
    fill('product', 1)
    fill('customer', 1)
    const runId = await start({ resources: ['product', 'customer'] })
    await work(runId)
    store.exports[0]!.state = state
    stages.clock.tick(5_000)
    await work(runId)
    expect(await slices(runId)).toMatchObject([
      { state: 'waiting', tries: 1, exportId: null, detail: words },
      { state: 'finished' },
    ])
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', done: 2 })
  })

  it('a file that breaks off is read on from there, and by another export when it breaks off there again', async () => {
    fill('product', 500)
    const broken = () => new ParityError('EXPORT_CUT', { message: '', userMessage: 'It broke off.' })
    let times = 1
    store.beforeRow = (_row, index) => {
      if (index === 450 && times-- > 0) throw broken()
    }
    const first = await start({ resources: ['product'] })
    await workToEnd(first)
    expect(await run(first)).toMatchObject({ state: 'finished', done: 500 })
    expect(await slices(first)).toMatchObject([{ tries: 0, code: null, detail: null }])
    expect(store.exports).toHaveLength(1)

    times = 2
    const second = await start({ resources: ['product'] })
    await workToEnd(second)
    expect(await run(second)).toMatchObject({ state: 'finished', done: 500 })
    expect(await slices(second)).toMatchObject([{ tries: 1 }])
    expect(store.exports).toHaveLength(3)
  })

  it('a record that cannot be stored fails the slice, and not its neighbours', async () => {
    fill('product', 300)
    store.put({ resource: 'product', externalId: '1150', parts: { core: { name: 'a\u0000b' } } })
    store.beforeRow = (row, index) =>
      index === 149 && row.news
        ? { ...row, news: { ...row.news, externalId: 'a\u0000b' } as typeof row.news }
        : row
    const runId = await start({ resources: ['product'] })
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'failed' })
    expect(await records()).toHaveLength(299)
  })
})

describe('a run whose store', () => {
  const failing = (code: string) => new ParityError(code, { message: code, userMessage: `Words of ${code}.` })

  it.each(['SHOPIFY_UNREACHABLE', 'TOKEN_REFUSED'])(
    'cannot be asked (%s) rests, says why, and goes on where it was',
    async (code) => {
      fill('product', 450)
      const runId = await start({ resources: ['product'] })
      await work(runId)
      stages.clock.tick(MINUTE_MS)
      store.beforeRow = (_row, index) => {
        if (index === 250) throw failing(code)
      }
      expect(await work(runId)).toBe('rests')
      expect(await slices(runId)).toMatchObject([
        { state: 'reading', readRecords: 200, tries: 0, code, detail: `Words of ${code}.` },
      ])
      expect(await findRuns(stages.db, stages.clock.now)).toEqual([])
      store.beforeRow = () => undefined
      stages.clock.tick(5 * MINUTE_MS)
      expect(await findRuns(stages.db, stages.clock.now)).toEqual([runId])
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'finished', done: 450 })
      expect(await slices(runId)).toMatchObject([{ code: null, detail: null }])
    },
  )

  it('is not installed any more is cancelled', async () => {
    store.before = () => {
      throw failing('NOT_INSTALLED')
    }
    const runId = await start()
    await work(runId)
    expect(await run(runId)).toMatchObject({
      state: 'cancelled',
      detail: 'A test asked for it. Words of NOT_INSTALLED.',
    })
  })

  it.each(['reach', 'fetch'])(
    'gives a senseless answer when it begins or ends (%s) is asked again, for a while',
    async (question) => {
      fill('product', 101)
      await bringIn()
      store.remove('product', '1001')
      let times = 2
      store.before = (asked) => {
        if (asked.startsWith(question) && times-- > 0) throw failing('SHOPIFY_ANSWER')
      }
      const first = await startDeep(['product'])
      await workToEnd(first)
      expect(await run(first)).toMatchObject({ state: 'finished', gone: 1 })

      store.remove('product', '1002')
      times = Infinity
      const second = await startDeep(['product'])
      for (let hour = 0; hour < 25; hour++) {
        await work(second)
        stages.clock.tick(60 * MINUTE_MS)
      }
      expect(await run(second)).toMatchObject({ state: 'failed' })
    },
  )

  it('does not answer when a run is to end lets the run say so, until it answers again', async () => {
    fill('product', 450)
    await bringIn()
    for (const id of ['1001', '1002']) store.remove('product', id)
    let code: string | null = 'SHOPIFY_UNREACHABLE'
    store.before = (question) => {
      if (code !== null && question.startsWith('fetch')) throw failing(code)
    }
    const runId = await startDeep(['product'])
    const until = async () => {
      for (let turn = 0; turn < 3; turn++) {
        await work(runId)
        stages.clock.tick(5 * MINUTE_MS)
      }
      return run(runId)
    }
    expect(await until()).toMatchObject({ state: 'running', rests: 'Words of SHOPIFY_UNREACHABLE.' })
    code = 'SHOPIFY_ANSWER'
    expect(await until()).toMatchObject({ state: 'running', rests: 'Words of SHOPIFY_ANSWER.' })
    code = null
    expect(await until()).toMatchObject({ state: 'finished', rests: null, gone: 2 })
  })

  it('gives senseless answers fails in the end', async () => {
    fill('product', 1)
    store.before = (question) => {
      if (question.startsWith('state')) throw failing('SHOPIFY_ANSWER')
    }
    const runId = await start({ resources: ['product'] })
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'failed' })
    expect((await run(runId)).detail).toMatch('Words of SHOPIFY_ANSWER.')
  })
})

describe('a run that is', () => {
  it('cancelled calls its exports off, keeps what it read, and writes nothing more', async () => {
    fill('product', 450)
    fill('customer', 1)
    const runId = await start({ resources: ['product', 'customer'] })
    await work(runId)
    stages.clock.tick(MINUTE_MS)
    store.exports[1]!.state = { kind: 'under_way', objects: 0 }
    const { readExport } = store
    store.readExport = async function* (from, signal) {
      let place = 0
      for await (const row of readExport(from, signal)) {
        if (place++ === 250) {
          // The page before is being stored while this one is read.
          await vi.waitUntil(async () => (await records()).length === 200, { timeout: 30_000 })
          await stages.db.transaction((tx) => cancelRun(tx, { shopId: shop.id, runId }, options()))
        }
        yield row
      }
    }
    await work(runId)
    expect((await run(runId)).detail).toMatch('A person cancelled it. What had been read is kept.')
    expect(await run(runId)).toMatchObject({ state: 'cancelled' })
    expect((await slices(runId)).map(({ state, exportId }) => [state, exportId])).toEqual([
      ['cancelled', null],
      ['cancelled', null],
    ])
    expect(store.exports.map(({ isCancelled: isOff }) => isOff)).toEqual([true, true])
    expect(await records()).toHaveLength(200)
    expect(await work(runId)).toBe('rests')
  })

  it('in the middle when the app is uninstalled is cancelled, and loses nothing', async () => {
    fill('product', 3)
    const runId = await start({ resources: ['product'] })
    await work(runId)
    await stages.db.transaction((tx) => uninstallShop(tx, shop.domain, '', stages.clock.now))
    expect(await run(runId)).toMatchObject({
      state: 'cancelled',
      detail: 'A test asked for it. The app was uninstalled.',
    })
    stages.clock.tick(MINUTE_MS)
    await work(runId)
    expect(await records()).toHaveLength(0)
  })
})

describe('what no webhook had told of', () => {
  const product = (externalId: string, second: number, name = 'Tea') =>
    store.put({ resource: 'product', externalId, updatedAt: at(second), parts: { core: { name } } })

  it('is told by a deep reconciliation by the topics of the webhooks that did not come', async () => {
    fill('product', 120)
    for (const id of ['1', '2', '3']) product(id, 10)
    await bringIn()
    await stages.db.query(`UPDATE "SourceReach" SET "lookedAt" = $1`, [stages.clock.now])
    product('1', 20, 'Newer')
    product('2', 10, 'Other, and not newer')
    store.remove('product', '3')
    product('4', 20)
    const runId = await startDeep(['product'])
    await workToEnd(runId)

    const missed = { 'products/create': 1, 'products/delete': 1, 'products/update': 1 }
    expect(await run(runId)).toMatchObject({ changed: 3, gone: 1, missed })
  })

  it('is nothing of a backfill, nor of what is read for the first time', async () => {
    product('1', 10)
    const backfill = await start({ resources: ['product'] })
    await workToEnd(backfill)
    store.put({ resource: 'category', externalId: '1', updatedAt: at(10) })
    const deep = await startDeep(['category'])
    await workToEnd(deep)
    expect([await run(backfill), await run(deep)]).toMatchObject([{ missed: null }, { missed: null }])
  })
})

describe('a deep reconciliation', () => {
  it('finds what differs, deletes what is gone, and says so in numbers', async () => {
    fill('product', 120)
    fill('customer', 3)
    await bringIn()
    store.remove('product', '1007')
    store.put({
      resource: 'product',
      externalId: '1008',
      updatedAt: at(100),
      parts: { core: { name: 'Other' } },
    })
    const runId = await start({ kind: 'deep-reconciliation' })
    await workToEnd(runId)
    await work(runId)

    expect(await run(runId)).toMatchObject({ state: 'finished', done: 122, changed: 1, gone: 1 })
    expect((await run(runId)).detail).toBe(
      'A test asked for it. Compared 119 products and 3 customers; 1 differed and was repaired. 1 had gone from the store and was deleted. No webhook had told of these: products/delete 1.',
    )
    expect(await record('product', '1007')).toMatchObject({ desiredAction: 'deleted' })
    expect(store.questions).toContain('fetch product 1007')
    expect(await sightings()).toBe(0)
  })

  it('keeps what is in the store though the export lacked it', async () => {
    fill('product', 5)
    await bringIn()
    const runId = await startDeep(['product'])
    await work(runId)
    const [made] = store.exports
    made!.rows = made!.rows.filter(({ externalId }) => externalId !== '1003')
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', done: 4, gone: 0 })
    expect(await record('product', '1003')).toMatchObject({ desiredAction: 'updated' })
  })

  it('keeps what came here after it began', async () => {
    fill('product', 2)
    await bringIn()
    store.remove('product', '1001')
    await stages.db.query(`UPDATE "SyncRecord" SET "createdAt" = $1`, [stages.clock.now])
    const runId = await startDeep(['product'])
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', gone: 0 })
  })

  it('deletes nothing of a resource whose right was withdrawn before', async () => {
    fill('customer', 3)
    await bringIn()
    store.reaches.customer.reach = { kind: 'none', words: 'No right.' }
    fill('product', 1)
    const runId = await startDeep(['product', 'customer'])
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', gone: 0 })
    expect(store.questions.some((question) => question.startsWith('fetch'))).toBe(false)
  })

  it('deletes nothing when a right is withdrawn while it looks', async () => {
    fill('customer', 3)
    await bringIn()
    const runId = await startDeep(['customer'])
    await work(runId)
    store.remove('customer', '1001')
    store.exports[0]!.rows = []
    store.before = (question) => {
      if (question.startsWith('fetch')) store.reaches.customer.reach = { kind: 'none', words: 'No right.' }
    }
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'failed' })
    expect((await run(runId)).detail).toMatch('began to let Parity read fewer customers')
    expect((await records()).every(({ desiredAction }) => desiredAction !== 'deleted')).toBe(true)
    await work(runId)
    expect(await sightings()).toBe(0)
  })

  it('keeps a record whose state cannot be opened, and deletes the others that are gone', async () => {
    fill('product', 300)
    await bringIn()
    for (const id of ['1001', '1002', '1003']) store.remove('product', id)
    await stages.db.query(`UPDATE "SyncRecord" SET "known" = '\\x00' WHERE "externalId" = '1002'`)
    const runId = await startDeep(['product'])
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', gone: 2 })
    expect(await record('product', '1001')).toMatchObject({ desiredAction: 'deleted' })
    expect(await record('product', '1002')).toMatchObject({ desiredAction: 'updated' })
    expect(await record('product', '1003')).toMatchObject({ desiredAction: 'deleted' })
  })

  it('finds what is gone of one resource though another could not be read, and has the SaaS compared', async () => {
    fill('product', 3)
    fill('customer', 101)
    await bringIn()
    await stages.db.query(`DELETE FROM pgboss.job`)
    store.remove('product', '1001')
    store.remove('customer', '1001')
    store.beforeRow = (row) =>
      row.news?.resource === 'product' ? { ...row, fault: 'Two variants are missing.' } : row
    const runId = await startDeep(['product', 'customer'])
    await workToEnd(runId)

    expect(await run(runId)).toMatchObject({ state: 'failed', gone: 1 })
    expect((await run(runId)).detail).toMatch('Products could not be read in full')
    expect(await record('customer', '1001')).toMatchObject({ desiredAction: 'deleted' })
    expect(await record('product', '1001')).toMatchObject({ desiredAction: 'updated' })
    const jobs = await stages.db.query(`SELECT "name" FROM pgboss.job WHERE "name" = 'compareDigest'`)
    expect(jobs).toHaveLength(1)
  })

  it('asks for nothing of a resource of which it only reads what changed lately', async () => {
    fill('product', 1)
    fill('customer', 3)
    await bringIn()
    const runId = await startDeep(['product'])
    await startReadingMore(runId, 'customer', stages.clock.now)
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'finished', done: 1, gone: 0 })
    expect(store.questions.filter((question) => question.startsWith('fetch'))).toEqual([])
  })

  it('finds what is gone of a resource that it has read, though what changed lately of it could not be read', async () => {
    fill('product', 101)
    await bringIn()
    store.remove('product', '1001')
    const runId = await startDeep(['product'])
    await startReadingMore(runId, 'product', new Date(0))
    store.before = (question) => {
      if (question === 'state export-2')
        store.exports[1]!.state = { kind: 'failed', isRefused: true, words: 'No.' }
    }
    await workToEnd(runId)
    expect(await run(runId)).toMatchObject({ state: 'failed', gone: 1 })
    expect(await record('product', '1001')).toMatchObject({ desiredAction: 'deleted' })
  })

  describe('of orders', () => {
    const ago = (days: number) => new Date(stages.clock.now.getTime() - days * DAY_MS)
    const order = (externalId: string, days: number) =>
      store.put({
        resource: 'order',
        externalId,
        updatedAt: at(1),
        createdAt: ago(days),
        parts: { core: { number: externalId, currency: 'EUR', created_at: ago(days).toISOString() } },
      })
    const window = { kind: 'since' as const, days: 60, words: 'Only the last 60 days.' }

    it('takes nothing for gone that has left the window', async () => {
      order('1', 5)
      order('2', 59.9)
      order('3', 200)
      for (let n = 100; n < 200; n++) order(String(n), 3)
      await bringIn()
      store.reaches.order.reach = window
      for (const id of ['1', '2', '3']) store.remove('order', id)
      const runId = await startDeep(['order'])
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'finished', gone: 1 })
      expect(await record('order', '1')).toMatchObject({ desiredAction: 'deleted' })
      expect(await record('order', '2')).toMatchObject({ desiredAction: 'updated' })
      expect(await record('order', '3')).toMatchObject({ desiredAction: 'updated' })
    })

    it('leaves alone what nobody can tell the age of', async () => {
      order('1', 5)
      order('2', 5)
      await bringIn()
      store.reaches.order.reach = window
      store.remove('order', '1')
      await stages.db.query(`UPDATE "SyncRecord" SET "known" = '\\x00' WHERE "externalId" = '1'`)
      const runId = await startDeep(['order'])
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'finished', gone: 0 })
    })

    it('asks a person where much of what it could see is gone, however many there are before the window', async () => {
      for (let n = 100; n < 300; n++) order(String(n), 200)
      for (let n = 1; n <= 5; n++) order(String(n), 5)
      await bringIn()
      store.reaches.order.reach = window
      store.remove('order', '1')
      const runId = await startDeep(['order'])
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'asking' })
      expect((await run(runId)).detail).toMatch('Not in the store any more: 1 order of 5.')
    })

    it.each([
      ['asks for them', 1],
      ['deletes', 2],
    ])('looks again at those before the window when more can be read while it %s', async (_when, turn) => {
      order('1', 5)
      order('3', 200)
      for (let n = 100; n < 350; n++) order(String(n), 3)
      await bringIn()
      store.reaches.order.reach = window
      store.remove('order', '1')
      store.remove('order', '3')
      const runId = await startDeep(['order'])
      store.before = (question) => {
        if (question.startsWith('fetch') && (turn -= 1) === 0) store.reaches.order.reach = { kind: 'all' }
      }
      await workToEnd(runId)
      expect((await slices(runId)).map(({ state }) => state)).toEqual([
        'finished',
        'skipped',
        'finished',
        'finished',
      ])
      expect(await record('order', '3')).toMatchObject({ desiredAction: 'deleted' })
      expect(await run(runId)).toMatchObject({ gone: 2 })
    })

    it('deletes nothing when the window shrinks while it looks', async () => {
      order('1', 5)
      order('3', 200)
      await bringIn()
      const runId = await startDeep(['order'])
      await work(runId)
      store.reaches.order.reach = window
      for (const one of store.exports) one.rows = []
      store.remove('order', '1')
      store.remove('order', '3')
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'failed' })
      expect((await records()).every(({ desiredAction }) => desiredAction !== 'deleted')).toBe(true)
    })
  })

  describe('that would delete more than one in a hundred', () => {
    beforeEach(async () => {
      fill('product', 100)
      await bringIn()
      for (let n = 1; n <= 11; n++) store.remove('product', String(1000 + n))
    })

    it('asks a person first', async () => {
      const runId = await startDeep(['product'])
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'asking', gone: 0 })
      expect(await queuedJobs(stages.db)).toContainEqual({ name: 'compareDigest', key: shop.source.id })
      expect((await run(runId)).detail).toMatch('Not in the store any more: 11 products of 100.')
      expect(await findRuns(stages.db, stages.clock.now)).toEqual([])
      expect((await records()).every(({ desiredAction }) => desiredAction !== 'deleted')).toBe(true)
    })

    it('deletes them when the person confirms, but for those that have come back', async () => {
      const runId = await startDeep(['product'])
      await workToEnd(runId)
      stages.clock.tick(3 * DAY_MS)
      store.put({ resource: 'product', externalId: '1001', updatedAt: at(1) })
      await stages.db.transaction((tx) => confirmDeletions(tx, { shopId: shop.id, runId }, options()))
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'finished', gone: 10 })
      expect((await records()).filter(({ desiredAction }) => desiredAction === 'deleted')).toHaveLength(10)
      expect(await record('product', '1001')).toMatchObject({ desiredAction: 'updated' })
    })

    it('keeps them when the person declines', async () => {
      const runId = await startDeep(['product'])
      await workToEnd(runId)
      await stages.db.transaction((tx) => declineDeletions(tx, { shopId: shop.id, runId }, options()))
      await workToEnd(runId)
      expect(await run(runId)).toMatchObject({ state: 'finished', gone: 0 })
      expect((await run(runId)).detail).toMatch('A person decided to keep them.')
      expect((await records()).every(({ desiredAction }) => desiredAction !== 'deleted')).toBe(true)
    })

    describe('and was declined', () => {
      const daily = () => start({ kind: 'deep-reconciliation', resources: ['product'], isByClock: true })
      const nextDay = async (startIt: () => Promise<string>) => {
        stages.clock.tick(DAY_MS)
        const runId = await startIt()
        await workToEnd(runId)
        return run(runId)
      }
      const answer = (runId: string, answered: typeof declineDeletions) =>
        stages.db.transaction((tx) => answered(tx, { shopId: shop.id, runId }, options()))
      const deleted = async () =>
        (await records()).flatMap(({ externalId, desiredAction }) =>
          desiredAction === 'deleted' ? [externalId] : [],
        )

      beforeEach(async () => {
        const runId = await startDeep(['product'])
        await workToEnd(runId)
        await answer(runId, declineDeletions)
        await workToEnd(runId)
        store.questions.length = 0
      })

      it('does not ask again the next day, and says what was left alone', async () => {
        const next = await nextDay(daily)
        expect(next).toMatchObject({ state: 'finished', gone: 0 })
        expect(next.detail).toMatch(
          '11 products that are not in the store any more were kept, as a person had decided.',
        )
        expect(store.questions.filter((question) => question.startsWith('fetch'))).toEqual([])
        expect(await deleted()).toEqual([])
      })

      it('asks about one that was there again meanwhile and has gone once more', async () => {
        store.put({ resource: 'product', externalId: '1001', updatedAt: at(1) })
        expect((await nextDay(daily)).detail).toMatch(
          '10 products that are not in the store any more were kept',
        )
        store.remove('product', '1001')
        const next = await nextDay(daily)
        expect(next).toMatchObject({ state: 'asking' })
        expect(next.detail).toMatch('Not in the store any more: 1 product of 90.')
      })

      it('deletes what is gone besides', async () => {
        for (let n = 101; n <= 300; n++) store.put({ resource: 'product', externalId: String(1000 + n) })
        await nextDay(daily)
        await age()
        store.remove('product', '1300')
        expect(await nextDay(daily)).toMatchObject({ state: 'finished', gone: 1 })
        expect(await deleted()).toEqual(['1300'])
      })

      it('asks about all of it when a person has the store compared, however little that is by then', async () => {
        for (let n = 101; n <= 1500; n++) store.put({ resource: 'product', externalId: String(1000 + n) })
        const asked = await nextDay(() => startDeep(['product']))
        expect(asked).toMatchObject({ state: 'asking', gone: 0 })
        expect(asked.detail).toMatch(
          'Not in the store any more: 11 products of 1,500. Because a person decided before to keep some of it, nothing is deleted before a person confirms it.',
        )
        await answer(asked.id, confirmDeletions)
        await workToEnd(asked.id)
        expect(await deleted()).toHaveLength(11)
        expect((await nextDay(daily)).detail).not.toMatch('were kept')
      })

      it('is remembered anew when the person declines again', async () => {
        const asked = await nextDay(() => startDeep(['product']))
        await answer(asked.id, declineDeletions)
        await workToEnd(asked.id)
        expect((await nextDay(daily)).detail).toMatch(
          '11 products that are not in the store any more were kept',
        )
      })

      it('was not about what a newer comparison asks a person to decide', async () => {
        store.remove('product', '1050')
        const next = await nextDay(daily)
        expect(next).toMatchObject({ state: 'asking' })
        expect(next.detail).toMatch('Not in the store any more: 1 product of 89.')
      })
    })

    it('is followed by the next one, which asks anew', async () => {
      const first = await startDeep(['product'])
      await workToEnd(first)
      stages.clock.tick(DAY_MS)
      const second = await startDeep(['product'])
      await workToEnd(second)
      expect(await run(first)).toMatchObject({ state: 'cancelled' })
      expect(await run(second)).toMatchObject({ state: 'asking' })
    })
  })
})
