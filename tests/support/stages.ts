import { randomBytes, randomUUID } from 'node:crypto'
import { type Arrival } from '~/contracts/arrival'
import { type DeletionNews, type News, type StateNews } from '~/contracts/news'
import { type Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { createIntake, type Intake, type IntakeOptions } from '~/intake/intake.server'
import { listenForDue, notifyDue } from '~/jobs/due-signal.server'
import { openQueue, type Queue } from '~/jobs/queue.server'
import { createSealer, type Sealer } from '~/lib/sealing'
import { createLogger, type Logger } from '~/logger.server'
import { recordIdOf } from '~/records/record-id'
import { type SaasDefaults } from '~/shops/saas-defaults'
import { createTestDatabase, type TestDatabase } from './database'

/** The stages of the core over a database of a test's own. */
export interface Stages extends TestDatabase {
  queue: Queue
  sealer: Sealer
  logger: Logger
  /** A clock that tests move by hand. */
  clock: { now: Date; tick(ms: number): void }
  /** An intake of its own, as another process would have one. */
  intake(options?: Partial<IntakeOptions>): Intake
  /** Closes everything and removes the database. */
  close(): Promise<void>
}

export const BUILT_IN: SaasDefaults = {
  kind: 'built_in',
  address: null,
  dialect: 'unified',
  piiPolicy: 'minimal',
  state: 'connected',
  stateReason: null,
}

/** Opens the stages. Close them in `afterAll`. */
export async function openStages(): Promise<Stages> {
  const database = await createTestDatabase()
  const { db, url } = database
  const logger = createLogger('silent')
  const queue = await openQueue({ connectionString: url, logger, worker: false })
  const sealer = createSealer([randomBytes(32)])
  const clock = {
    now: new Date('2026-11-21T12:00:00.000Z'),
    tick: (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms)
    },
  }
  const issueReceiverKey = (store: string) => Promise.resolve(`key-of-${store}-${randomUUID()}`)

  return {
    ...database,
    queue,
    sealer,
    logger,
    clock,
    intake: (options = {}) =>
      createIntake({
        defaults: BUILT_IN,
        db,
        queue,
        sealer,
        logger,
        clock: () => clock.now,
        issueReceiverKey,
        ...options,
      }),
    async close() {
      await queue.stop()
      await database.drop()
    },
  }
}

/** Installs the app in a shop, with as little as a Session row can have. */
export async function install(db: Database, domain: string): Promise<void> {
  await db.query(
    `INSERT INTO "Session" ("id", "shop", "state", "isOnline", "accessToken", "scope") VALUES ($1, $2, '', false, 'token', 'read_products')`,
    [`offline_${domain}`, domain],
  )
}

/** A sortable time, so many seconds into a day of the source. */
export function at(second: number): string {
  return new Date(Date.UTC(2026, 10, 21) + second * 1000).toISOString().replace('Z', '000000Z')
}

/** News of an order's state at that second of the source's clock. */
export function orderState(
  externalId: string,
  second: number,
  core: Record<string, unknown> = {},
): StateNews {
  return {
    kind: 'state',
    resource: 'order',
    externalId,
    action: 'updated',
    version: { updatedAt: at(second), triggeredAt: at(second) },
    updatedAt: at(second),
    parts: { core: { number: `#${externalId}`, currency: 'EUR', total: `${second}.00`, ...core } },
  }
}

/** News that a record is gone since that second. */
export function gone(resource: Resource, externalId: string, second: number): DeletionNews {
  return {
    kind: 'deletion',
    resource,
    externalId,
    version: { updatedAt: at(second), triggeredAt: at(second) },
    deletedAt: at(second),
  }
}

/** A webhook that says this. */
export function arrival(store: string, news: News | News[], more: Partial<Arrival> = {}): Arrival {
  return {
    platform: 'shopify',
    store,
    deliveryId: randomUUID(),
    topic: 'orders/updated',
    apiVersion: '2026-10',
    senderEventId: null,
    triggeredAt: null,
    isTest: false,
    body: Buffer.from('{"id":1}'),
    news: Array.isArray(news) ? news : [news],
    ...more,
  }
}

/** The jobs that wait in the queue, by name and key. */
export function queuedJobs(db: Database): Promise<{ name: string; key: string }[]> {
  return db.query(
    `SELECT "name", "singleton_key" AS "key" FROM pgboss.job WHERE "state" = 'created' ORDER BY "name", "singleton_key"`,
  )
}

/** The shops that workers are told of while that work is done, in order. */
export function hearDue(stages: Stages, work: () => Promise<unknown>): Promise<string[]> {
  return hearSignals('due', stages, work)
}

/** The source connections that workers are told to ask while that work is done, in order. */
export function hearQuestions(stages: Stages, work: () => Promise<unknown>): Promise<string[]> {
  return hearSignals('questions', stages, work)
}

async function hearSignals(
  kind: 'due' | 'questions',
  { db, url, logger }: Stages,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const heard: string[] = []
  const end = randomUUID()
  let tell = () => {}
  const told = new Promise<void>((resolve) => (tell = resolve))
  const listener = await listenForDue({
    connectionString: url,
    logger,
    onDue: (shopId) => void (shopId === end ? tell() : kind === 'due' && heard.push(shopId)),
    onQuestions: (sourceConnectionId) => void (kind === 'questions' && heard.push(sourceConnectionId)),
    onListening: () => undefined,
  })
  await work()
  // Signals arrive in the order of their commits: what was told before this one has been heard.
  await notifyDue(db, [end])
  await told
  await listener.close()
  return heard
}

/** The id of a store's record. */
export async function recordId(
  db: Database,
  store: string,
  resource: Resource,
  externalId: string,
): Promise<string> {
  const { id } = await db.prisma.sourceConnection.findFirstOrThrow({ where: { account: store } })
  return recordIdOf(id, resource, externalId)
}
