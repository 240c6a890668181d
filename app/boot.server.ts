import { createAskers } from './backfill/askers'
import { compareDigest } from './backfill/compare-digest'
import { describeReach } from './backfill/describe-reach'
import { reconcileSource } from './backfill/reconcile-source'
import { sweepQuestions } from './backfill/sweep-questions'
import { workRun } from './backfill/work-run'
import { catchUp } from './boot/catch-up'
import { createDatabaseClock } from './boot/database-clock'
import { readingSchedules } from './boot/reading-schedules'
import { schedulesOf } from './boot/schedules'
import { config, type Config } from './config.server'
import { type StoreReaders } from './contracts/store-reader'
import { database, type Database } from './db.server'
import { type LaneOptions } from './delivery/lane'
import { createLanes } from './delivery/lanes'
import { type AccessOptions } from './delivery/resolve-access'
import { alignConnection } from './delivery/align-connection'
import { sweep } from './delivery/sweep'
import { createIntake, type Intake } from './intake/intake.server'
import { type ReplayOptions } from './intake/replay-event'
import { replayEvents } from './intake/replay-events'
import { listenForDue } from './jobs/due-signal.server'
import { type JobHandlers, openQueue, type Queue } from './jobs/queue.server'
import { type Schedule } from './jobs/schedule'
import { startSchedules } from './jobs/ticker'
import { toError } from './lib/errors'
import { createSealer, type Sealer } from './lib/sealing'
import { type Clock } from './lib/time'
import { logger, type Logger } from './logger.server'
import { createMetrics, type Metrics } from './metrics.server'
import { createReceiver, type Receiver } from './receiver/receiver'
import { reevaluate } from './records/reevaluate'
import { replayDead } from './records/replay-dead'
import { ensureShops, type EnsureOptions } from './shops/ensure-shops'
import { needsReach } from './shops/find-undescribed'
import { readHold } from './shops/read-hold'
import { readSource } from './shops/read-source'
import { recordInstallation } from './shops/record-installation'
import { saasDefaults } from './shops/saas-defaults'
import { updateShop } from './shops/update-shop'
import { describeShop } from './sources/shopify/admin/describe-shop.server'
import { offlineSession } from './sources/shopify/admin/offline-session.server'
import { createStoreReaders } from './sources/shopify/admin/store-readers.server'
import { mapStored } from './sources/shopify/map-stored'
import { createShopifyReceiver, type ShopifyReceiver } from './sources/shopify/receive-webhook'

/** What runs in this process. */
export interface Parity {
  db: Database
  queue: Queue
  sealer: Sealer
  logger: Logger
  metrics: Metrics
  /** Goes by the database's time, as every process does. */
  clock: Clock
  intake: Intake
  /** Verifies and maps what Shopify sends. */
  shopify: ShopifyReceiver
  /** The built-in SaaS. */
  receiver: Receiver
  /** What replaying an event needs. */
  replay: ReplayOptions
  shops: {
    /** Sets an installed shop up, and notes the authenticated load; idempotent. */
    ensureInstalled(domain: string): Promise<void>
    /** Brings what an operator changed, and what a stopped process left, to where it should be. */
    catchUp(): Promise<void>
  }
}

interface Running {
  parity: Parity
  /** Takes no more jobs, begins no more schedules, and waits for what is in hand. */
  rest(): Promise<void>
}

/** How often this machine's clock is compared with the database's. */
const ADJUST_MS = 60_000
/** How often a worker looks again for what it did first. */
const CATCH_UP_MS = 5 * 60_000

const kept = globalThis as { parityRunning?: Promise<Running>; parity?: Parity }

/** Opens everything, and works the queues unless the role is `web`. A second call answers the running instance. @throws ConfigError */
export async function start(): Promise<Parity> {
  kept.parityRunning ??= open(config())
  const { parity: running } = await kept.parityRunning
  kept.parity = running
  return running
}

/** The running instance. @throws Error before `start` */
export function parity(): Parity {
  if (!kept.parity) throw new Error('Parity has not been started.')
  return kept.parity
}

/** Takes no more jobs and resolves when those in hand are done. Call it while the server still listens: the built-in SaaS is this process. */
export async function rest(): Promise<void> {
  await (await kept.parityRunning)?.rest()
}

/** Finishes what is in hand and closes everything. A second call changes nothing. */
export async function stop(): Promise<void> {
  const running = await kept.parityRunning
  delete kept.parityRunning
  if (!running) return

  await running.rest()
  await running.parity.intake.idle()
  await running.parity.queue.stop()
  await running.parity.db.close()
  logger().info('parity.stopped')
}

async function open(env: Config): Promise<Running> {
  const works = env.PARITY_ROLE !== 'web'
  const db = database()
  const queue = await openQueue({ connectionString: env.DATABASE_URL, logger: logger(), worker: works })
  const time = await createDatabaseClock(db)
  const { clock } = time
  const adjusting = setInterval(() => attempt(time.adjust), ADJUST_MS)
  const parity = compose(env, db, queue, clock)
  if (!works) return { parity, rest: () => Promise.resolve(clearInterval(adjusting)) }

  const stopping = new AbortController()
  const readers = createStoreReaders({
    sessions: offlineSession,
    clock,
    fetch: (input, init) => fetch(input, init),
    signal: stopping.signal,
  })
  const lanes = createLanes(laneOptions(parity, env))
  const { sealer } = parity
  const askers = createAskers({ db, sealer, clock, logger: logger(), readers })
  await queue.work(handlersOf(parity, readers, accessOptions(parity, env)))
  const signals = await listenForDue({
    connectionString: env.DATABASE_URL,
    logger: logger(),
    onDue: (shopId) => lanes.wake(shopId),
    onQuestions: (sourceConnectionId) => askers.wake(sourceConnectionId),
    // What was signalled while nobody listened is found at once.
    onListening: () => {
      attempt(() => sweep(db, clock()))
      attempt(() => sweepQuestions(db, clock()))
    },
  })
  const schedules = startSchedules([...schedulesOf(db), ...readingSchedules(db, queue), catchingUp(parity)], {
    db,
    clock,
    logger: logger(),
    onFailure: (schedule) => parity.metrics.scheduleFailures.inc({ schedule }),
  })
  attempt(() => parity.shops.catchUp())
  return {
    parity,
    async rest() {
      clearInterval(adjusting)
      await signals.close()
      const resting = Promise.all([lanes.rest(), askers.rest(), queue.rest(), schedules.stop()])
      // Only then: who is told that it may end knows why its question was broken off.
      stopping.abort()
      await resting
    },
  }
}

/** A run whose job was given up in a long trouble of the database is gone on with. */
function catchingUp({ shops }: Parity): Schedule {
  return {
    name: 'catch-up',
    everyMs: CATCH_UP_MS,
    run: async () => {
      await shops.catchUp()
      return {}
    },
  }
}

function compose(env: Config, db: Database, queue: Queue, clock: Clock): Parity {
  const sealer = createSealer(env.PARITY_ENCRYPTION_KEY)
  const metrics = createMetrics()
  const receiver = createReceiver({
    db,
    onFailure: (error) => logger().error({ err: error }, 'receiver.failed'),
  })
  const ensure: Omit<EnsureOptions, 'now'> = {
    defaults: saasDefaults(env),
    sealer,
    queue,
    issueReceiverKey: (store, tx) => receiver.issueKey(store, tx),
  }

  return {
    db,
    queue,
    sealer,
    logger: logger(),
    metrics,
    clock,
    receiver,
    intake: createIntake({ ...ensure, db, queue, logger: logger(), clock }),
    shopify: createShopifyReceiver({
      apiKey: env.SHOPIFY_API_KEY,
      apiSecret: env.SHOPIFY_API_SECRET,
      previousApiSecret: env.SHOPIFY_API_SECRET_PREVIOUS,
    }),
    replay: {
      ...ensure,
      db,
      logger: logger(),
      clock,
      map: ({ topic, triggeredAt }, body) => mapStored(body, { topic, triggeredAt }),
    },
    shops: {
      ensureInstalled: (domain) => ensureInstalled(domain, { ...ensure, now: clock() }, db),
      catchUp: () => catchUp(db, ensure, clock()),
    },
  }
}

function ensureInstalled(domain: string, ensure: EnsureOptions, db: Database): Promise<void> {
  const { queue, now } = ensure
  return db.transaction(async (tx) => {
    const shop = (await ensureShops(tx, [domain], ensure)).get(domain)
    if (!shop) return
    await recordInstallation(tx, domain, now)
    const job = [{ shopId: shop.shopId }]
    if (shop.context.currency === null) await queue.send('describeShop', job, tx)
    if (await needsReach(tx, shop.shopId)) await queue.send('describeReach', job, tx)
  })
}

function laneOptions(parity: Parity, env: Config): LaneOptions {
  const { db, queue, metrics, clock } = parity
  const onAttempt: LaneOptions['onAttempt'] = (outcome) => metrics.attempts.inc({ outcome })
  return { ...accessOptions(parity, env), db, queue, logger: logger(), clock, onAttempt }
}

/** How the SaaS of any shop is reached. */
function accessOptions({ sealer }: Parity, env: Config): AccessOptions {
  return { sealer, environmentKey: () => env.SAAS_API_KEY, builtInAddress: builtInAddress(env) }
}

/** Joins job names to their handlers. */
function handlersOf(
  { db, queue, sealer, replay, clock }: Parity,
  readers: StoreReaders,
  access: AccessOptions,
): JobHandlers {
  return {
    async alignHeld({ shopId }, signal) {
      if ((await alignConnection(db, shopId, clock(), signal)) === 'more')
        await queue.send('alignHeld', [{ shopId }], db)
    },

    async describeShop({ shopId }) {
      const shop = await db.prisma.shop.findUnique({ where: { id: shopId } })
      if (!shop || shop.uninstalledAt) return
      const facts = await describeShop(await offlineSession(shop.domain))
      await db.transaction((tx) => updateShop(tx, shop.domain, facts, queue, clock()))
    },

    describeReach: ({ shopId }) => describeReach(shopId, { db, clock, logger: logger(), readers }),

    async workRun({ runId }, signal) {
      const ports = { db, queue, sealer, logger: logger(), clock, readers }
      if ((await workRun(runId, ports, signal)) === 'more') await queue.send('workRun', [{ runId }], db)
    },

    async reconcile({ sourceConnectionId }, signal) {
      const ports = { db, queue, sealer, logger: logger(), clock, readers }
      await reconcileSource(sourceConnectionId, ports, signal)
    },

    async compareDigest({ sourceConnectionId }, signal) {
      const compared = await compareDigest(sourceConnectionId, { ...access, db, clock, signal })
      logger().info({ sourceConnectionId, ...compared }, 'saas.compared')
    },

    async reevaluate({ runId }, signal) {
      const options = { db, sealer, logger: logger(), clock, contextOf: readSource, signal }
      if ((await reevaluate(runId, options)) === 'more') await queue.send('reevaluate', [{ runId }], db)
    },

    async replayDead(meant, signal) {
      const { shopId, resource } = meant
      const shop = { shopId, heldBecause: await readHold(db, shopId) }
      const dead = { since: new Date(meant.since), until: new Date(meant.until), resource }
      const { sent, hasMore } = await replayDead(db, shop, dead, clock, signal)
      logger().info({ shopId, sent }, 'records.replayed')
      if (hasMore) await queue.send('replayDead', [meant], db)
    },

    async replayEvents(meant, signal) {
      const source = await readSource(db, meant.sourceConnectionId)
      if (!source) return
      const { shopId } = source
      const window = { since: new Date(meant.since), until: new Date(meant.until) }
      const { next, ...counts } = await replayEvents({ ...meant, ...window, shopId }, replay, signal)
      logger().info({ shopId, ...counts }, 'events.replayed')
      if (next) await queue.send('replayEvents', [{ ...meant, since: next.toISOString() }], db)
    },
  }
}

/** Where the built-in receiver listens: this process's own port, or the app's address for a process that only works jobs. */
function builtInAddress({ PARITY_ROLE, SHOPIFY_APP_URL, HOST, PORT }: Config): string {
  if (PARITY_ROLE === 'worker') return SHOPIFY_APP_URL
  const anyAddress = HOST === '0.0.0.0' || HOST === '::'
  const host = anyAddress ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  return `http://${host}:${PORT}`
}

function attempt(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => logger().error({ err: toError(error) }, 'schedule.failed'))
}
