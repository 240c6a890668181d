import { type Arrival } from '~/contracts/arrival'
import { type News } from '~/contracts/news'
import { type LaneOptions } from '~/delivery/lane'
import { type Receipt } from '~/intake/commit-batch'
import { reevaluate } from '~/records/reevaluate'
import { changeConnection } from '~/shops/change-connection'
import { ensureShops } from '~/shops/ensure-shops'
import { findDueShops } from '~/shops/find-due-shops'
import { readSource } from '~/shops/read-source'
import { arrival, BUILT_IN, install, type Stages } from '../support/stages'
import { readJournal, type RowImage } from './journal'
import { createPulse } from './pulse'
import { faultsOfWrite } from './rules'
import { createSaas, type Saas } from './saas'
import { createStore, type Store } from './store'
import { type Switchboard } from './switchboard'
import { createWorker, type Worker } from './worker'

/** In what a connection changes: another tenant, the other of two policies, or the other choice of test orders. */
export type Reconnection = 'address' | 'policy' | 'selection'

/** One shop with all that its records meet: its store, which is the model; intake, workers and database, which are the product; and its SaaS. */
export interface World {
  shopId: string
  store: Store
  saas: Saas
  now(): Date
  tick(ms: number): void
  /** Those that are alive. */
  workers: Worker[]
  /** The worker in that place dies; another takes its place. */
  crash(place: number): void
  /** What has been delivered, to be delivered again. */
  delivered: Arrival[]
  /** Hands what arrived to one of two intakes. */
  accept(arrived: Arrival, intake: number): Promise<Receipt>
  arrivalOf(news: News): Arrival
  /** The rows as they were last written. */
  rows: Map<string, RowImage>
  /** What the connection decides, as far as commands change it. */
  connection: { tenant: number; generation: number; isPaused: boolean; isReEvaluated: boolean }
  /** Gives the connection a new generation. A run is to look at the records, and does not yet. */
  reconnect(what: Reconnection): Promise<void>
  /** Brings every record to the connection's generation. */
  reEvaluate(): Promise<void>
  /** Looks at everything that was written and sent since the last look. @throws Error naming every rule that was broken */
  check(actor: Pick<Worker, 'claims'> | null): Promise<void>
  /** Whether something is due and may go. */
  isDue(): Promise<boolean>
  laneOptions: Omit<LaneOptions, 'environmentKey'>
  stages: Stages
  close(): Promise<void>
}

const START = new Date('2026-11-21T12:00:00.000Z')
const WORKERS = 2
const INTAKES = 2
let shops = 0

/** Opens a new shop in an open database. @param batchLimit how many records its SaaS takes in one call; null for one */
export async function openWorld(
  stages: Stages,
  switchboard: Switchboard,
  batchLimit: number | null,
): Promise<World> {
  const domain = `shop-${++shops}.myshopify.com`
  const { db, sealer, queue, logger } = stages
  let now = START
  const clock = () => now
  const addressOf = (tenant: number) => `${switchboard.url}/${domain}/${tenant}`
  const defaults = { ...BUILT_IN, kind: 'environment' as const, address: addressOf(1) }
  let mirrorsTests = false
  const issueReceiverKey = () => Promise.reject(new Error('Nobody asked for a receiver.'))

  await install(db, domain)
  const shop = await db.transaction((tx) =>
    ensureShops(tx, [domain], { defaults, queue, sealer, issueReceiverKey, now }),
  )
  const { shopId, context } = shop.get(domain)!
  const { sourceConnectionId } = context
  await db.query(
    `UPDATE "SaasConnection" SET "batchLimit" = $2, "batchLimitAskedAt" = $3 WHERE "shopId" = $1`,
    [shopId, batchLimit, now],
  )

  const pulse = createPulse()
  const store = createStore()
  const saas = createSaas(batchLimit, pulse.beat)
  switchboard.connect(domain, saas.receive)
  const intakes = Array.from({ length: INTAKES }, () => stages.intake({ defaults, clock }))
  const rows = new Map<string, RowImage>()
  const connection = { tenant: 1, generation: 1, isPaused: false, isReEvaluated: true }
  const laneOptions = {
    db,
    queue,
    sealer,
    logger,
    clock,
    builtInAddress: '',
    onAttempt: () => undefined,
    timeoutMs: 60_000,
  }
  let born = 0
  const bear = () =>
    createWorker(`worker ${++born}`, {
      ...laneOptions,
      shopId,
      pulse,
      callsOf: (name) => saas.pending.filter(({ worker }) => worker === name).length,
    })
  const workers = Array.from({ length: WORKERS }, bear)

  return {
    shopId,
    store,
    saas,
    now: clock,
    tick: (ms) => void (now = new Date(now.getTime() + ms)),
    workers,
    crash(place) {
      saas.orphan(workers[place]!.name)
      workers[place] = bear()
    },
    delivered: [],
    accept: (arrived, intake) => intakes[intake % INTAKES]!.accept(arrived),
    arrivalOf: (news) => arrival(domain, news),
    rows,
    connection,
    reconnect,
    reEvaluate,
    check,
    isDue: async () => (await findDueShops(db, now)).includes(shopId),
    laneOptions,
    stages,
    async close() {
      switchboard.disconnect(domain)
      saas.hangUp()
      await db.query(`DELETE FROM "Shop" WHERE "id" = $1`, [shopId])
      await db.query(`DELETE FROM "Session" WHERE "shop" = $1`, [domain])
      await db.query(`DELETE FROM "Journal" WHERE "source" = $1`, [sourceConnectionId])
    },
  }

  async function reconnect(what: Reconnection): Promise<void> {
    connection.isReEvaluated = false
    if (what === 'address') defaults.address = addressOf(++connection.tenant)
    if (what === 'policy') defaults.piiPolicy = defaults.piiPolicy === 'full' ? 'minimal' : 'full'
    if (what === 'selection') mirrorsTests = !mirrorsTests
    store.setMirrorsTests(mirrorsTests)
    const { address, piiPolicy } = defaults
    const change = { address, piiPolicy, includeTestOrders: mirrorsTests }
    const changed = await db.transaction((tx) => changeConnection(tx, shopId, change, { queue, now }))
    connection.generation = changed.generation
  }

  async function reEvaluate(): Promise<void> {
    const runs = await db.query<{ id: string }>(
      `SELECT "id" FROM "SyncRun" WHERE "sourceConnectionId" = $1 AND "state" IN ('waiting', 'running')`,
      [sourceConnectionId],
    )
    for (const { id } of runs) await reevaluate(id, { db, sealer, logger, clock, contextOf: readSource })
    connection.isReEvaluated = true
  }

  async function check(actor: Pick<Worker, 'claims'> | null): Promise<void> {
    const faults = saas.faults.splice(0)
    const claims = actor?.claims ?? new Set()
    for (const entry of await readJournal(db, sourceConnectionId)) {
      const { before, after } = entry
      faults.push(...faultsOfWrite(entry, claims))
      if (after.attemptId !== null && after.attemptId !== before?.attemptId) {
        if (!actor) faults.push(`Nobody claimed record ${after.externalId}, and it is claimed.`)
        claims.add(after.attemptId)
      }
      rows.set(after.externalId, after)
    }
    for (const record of store.records()) faults.push(...faultsOfRecord(record))
    if (faults.length > 0) throw new Error(faults.join('\n'))
  }

  /** What a record's row says against what the store told and what the SaaS has. */
  function faultsOfRecord(record: string): string[] {
    const row = rows.get(record)
    if (!row) return [`Record ${record} was told of, and is not there.`]
    const about = (fault: string) => `Record ${record}: ${fault}\n  ${JSON.stringify(row)}`
    const desired = store.desired(record)
    if (desired.length === 0)
      return row.desiredHash === null && row.state === 'waiting' ? [] : [about('nothing is known of it.')]

    const faults: string[] = []
    const version = store.version(record)
    if (row.desiredUpdatedAt !== version.updatedAt || row.desiredTriggeredAt !== version.triggeredAt)
      faults.push(about(`it should be of ${JSON.stringify(version)}.`))
    if ((row.desiredAction === 'deleted') !== desired.includes('gone'))
      faults.push(about(`it should be ${JSON.stringify(desired)}.`))
    if (row.state === 'dead' && !saas.hasRefused(record, row))
      faults.push(about('it is dead, and nobody refused it.'))
    if (row.state === 'excluded' && connection.isReEvaluated && !desired.some(store.isLeftOut))
      faults.push(about('it is excluded for no reason.'))

    const isTaken = row.state === 'in_step' || row.state === 'deleted'
    if (isTaken && row.deliveredGeneration === connection.generation) {
      const held = saas.holds(String(connection.tenant), record)
      const wants = desired.map((says) => JSON.stringify(says))
      // What is composed under a new policy has another hash than the row, until the run has come by.
      const isSame = !connection.isReEvaluated || held?.hash === row.desiredHash
      if (!isSame || !wants.includes(JSON.stringify(held?.says)))
        faults.push(about(`the SaaS holds ${JSON.stringify(held)}, and should hold ${wants.join(' or ')}.`))
    }
    return faults
  }
}
