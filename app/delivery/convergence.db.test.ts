import fc from 'fast-check'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { laneOptions } from '../../tests/support/lanes'
import { answers, startSaas, takes, type SaasBehaviour, type TestSaas } from '../../tests/support/saas'
import {
  arrival,
  BUILT_IN,
  gone,
  install,
  openStages,
  orderState,
  type Stages,
} from '../../tests/support/stages'
import { type DeletionNews, type StateNews } from '~/contracts/news'
import { Envelope } from '~/contracts/shared-schema'
import { type Database, openDatabase } from '~/db.server'
import { listenForDue } from '~/jobs/due-signal.server'
import { hastenRetries } from '~/records/hasten'
import { createLanes } from './lanes'
import { sweep } from './sweep'

const SHOP = 'tea.myshopify.com'
const RECORDS = 40
const NEWS = 1_200
const CHUNK = 100

let stages: Stages
let saas: TestSaas
let databases: Database[]
/** What the SaaS has, by external id: it refuses what is older than what it holds. */
const mirror = new Map<string, Envelope>()
/** The records that a call is under way for, and those for which a second one came meanwhile. */
const underWay = new Set<string>()
const overlaps: string[] = []

beforeAll(async () => {
  stages = await openStages()
  saas = await startSaas()
  databases = [1, 2].map(() => openDatabase(stages.url, { connections: 8 }))
  await install(stages.db, SHOP)
})
afterAll(async () => {
  await Promise.all(databases.map((db) => db.close()))
  await saas.stop()
  await stages.close()
})

/** Of twenty calls two fail, and two are taken without an answer that arrives. */
const unreliable: SaasBehaviour = async (response, call) => {
  if (call.path !== '/api/sync/webhook') return answers(404)(response, call)
  const envelope = Envelope.parse(call.json)
  const { external_id: id } = envelope.data
  if (underWay.has(id)) overlaps.push(id)
  underWay.add(id)
  const turn = saas.calls.length % 20
  await pause(turn)
  underWay.delete(id)
  if (turn < 2) return answers(503)(response, call)
  const held = mirror.get(id)
  if (!held || held.data.revision <= envelope.data.revision) mirror.set(id, envelope)
  if (turn < 4) return void response.socket?.destroy()
  return takes()(response, call)
}

/** A process that delivers what is signalled, until it is told to rest. */
async function work(db: Database): Promise<{ rest(): Promise<void> }> {
  const lanes = createLanes(laneOptions(stages, { db, clock: () => new Date() }))
  const signals = await listenForDue({
    connectionString: stages.url,
    logger: stages.logger,
    onDue: (shopId) => lanes.wake(shopId),
    onListening: () => undefined,
  })
  return {
    async rest() {
      await signals.close()
      await lanes.rest()
    },
  }
}

/** Makes what failed due at once, as if hours had passed, for as long as it takes. */
async function passTime(isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const sources = await stages.db.prisma.sourceConnection.findMany()
    for (const { id } of sources) await hastenRetries(stages.db, id, new Date())
    await sweep(stages.db, new Date())
    await pause(20)
  }
}

const unsettled = async () => {
  const [row] = await stages.db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "SyncRecord" WHERE "state" NOT IN ('in_step', 'deleted')`,
  )
  return row?.count
}

function newestOf(
  news: (StateNews | DeletionNews)[],
  externalId: string,
): StateNews | DeletionNews | undefined {
  return news
    .filter((item) => item.externalId === externalId)
    .sort((a, b) => (a.version.updatedAt < b.version.updatedAt ? 1 : -1))[0]
}

it('shuffled and repeated news, two processes and an unreliable SaaS end with the mirror equal to the store, without a deadlock', async () => {
  saas.behave(unreliable)
  const news = Array.from({ length: NEWS }, (_, n) => {
    const [id, second] = [String(n % RECORDS), 1 + Math.floor(n / RECORDS)]
    return n % 11 === 0 ? gone('order', id, second) : orderState(id, second, { total: `${second % 3}.00` })
  })
  const [shuffled = []] = fc.sample(fc.shuffledSubarray(news, { minLength: NEWS }), {
    numRuns: 1,
    seed: 20_261_121,
  })
  const defaults = { ...BUILT_IN, kind: 'environment', address: saas.url } as const
  const intakes = databases.map((db) => stages.intake({ db, defaults, clock: () => new Date() }))

  let isOver = false
  const workers = await Promise.all(databases.map((db) => work(db)))
  const time = passTime(() => isOver)
  for (let start = 0; start < NEWS; start += CHUNK) {
    const webhooks = shuffled.slice(start, start + CHUNK).map((item) => arrival(SHOP, item))
    await Promise.all(
      webhooks.flatMap((webhook, n) =>
        (n % 5 === 0 ? intakes : [intakes[n % 2]!]).map((intake) => intake.accept(webhook)),
      ),
    )
  }
  await until('all is settled', async () => (await unsettled()) === 0).finally(() => (isOver = true))
  await time
  await Promise.all(workers.map((worker) => worker.rest()))

  expect(await stages.db.prisma.webhookEvent.count()).toBe(NEWS)
  for (const [externalId, { action, data }] of mirror) {
    const newest = newestOf(news, externalId)
    expect(action === 'deleted' ? 'deletion' : 'state').toBe(newest?.kind)
    if (newest?.kind === 'state') expect(data).toMatchObject(newest.parts.core as object)
  }
  expect(mirror.size).toBe(RECORDS)
  expect(overlaps).toEqual([])
  const [{ deadlocks } = {}] = await stages.db.query<{ deadlocks?: string }>(
    `SELECT "deadlocks" FROM pg_stat_database WHERE datname = current_database()`,
  )
  expect(deadlocks).toBe('0')
})
