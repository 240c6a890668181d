import { type Arrival } from '~/contracts/arrival'
import { type News } from '~/contracts/news'
import { type LaneOptions } from '~/delivery/lane'
import { type Receipt } from '~/intake/commit-batch'
import { ensureShops } from '~/shops/ensure-shops'
import { findDueShops } from '~/shops/find-due-shops'
import { noteBatchLimit } from '~/shops/note-batch-limit'
import { arrival, BUILT_IN, install, type Stages } from '../support/stages'
import { createConnection, type Connection } from './connection'
import { createCrew, type Crew } from './crew'
import { type Actor, type Dismissal, inspect } from './inspect'
import { type RowImage } from './journal'
import { createPulse } from './pulse'
import { createSaas, type Saas } from './saas'
import { createStore, type Store } from './store'
import { type Switchboard } from './switchboard'
import { createWorker } from './worker'

/** One shop, with all that its records meet: its store, which is the model; intake, workers and database, which are the product; and its SaaS. */
export interface World extends Crew {
  stages: Stages
  shopId: string
  store: Store
  saas: Saas
  connection: Connection
  clock(): Date
  tick(ms: number): void
  laneOptions: Omit<LaneOptions, 'environmentKey'>
  /** All that was handed to an intake, to be delivered again. */
  delivered: Arrival[]
  /** What a webhook brings that says this. */
  arrive(news: News): Arrival
  /** Hands a webhook to one of two intakes. */
  accept(arrived: Arrival, intake: number): Promise<Receipt>
  /** The rows as they were last written, by record. */
  rows: Map<string, RowImage>
  /** What a person has dismissed, by record. */
  dismissed: Map<string, Dismissal>
  /** The revision that a record has at least that a person sent again, by record. */
  replayed: Map<string, number>
  /** Looks at everything that was written and sent since the last look. @throws Error naming every rule that was broken */
  check(actor: Actor | null): Promise<void>
  /** Whether the sweep would signal the shop. */
  isDue(): Promise<boolean>
  close(): Promise<void>
}

const START = new Date('2026-11-21T12:00:00.000Z')
const PLACES = [0, 1]
let shops = 0

/** Opens a new shop in an open database. @param batchLimit how many records its SaaS takes in one call; null for one */
export async function openWorld(
  stages: Stages,
  switchboard: Switchboard,
  batchLimit: number | null,
): Promise<World> {
  const { db } = stages
  const domain = `shop-${++shops}.myshopify.com`
  let now = START
  const clock = () => now
  const addressOf = (tenant: number) => `${switchboard.url}/${domain}/${tenant}`
  const defaults = { ...BUILT_IN, kind: 'environment' as const, address: addressOf(1) }
  const { shopId, sourceConnectionId } = await openShop(stages, domain, { defaults, now })
  // As if the SaaS had just been asked how many records it takes in one call.
  await noteBatchLimit(db, { shopId, generation: 1 }, batchLimit, now)

  const pulse = createPulse()
  const store = createStore()
  const saas = createSaas(batchLimit, pulse.beat)
  switchboard.connect(domain, saas.receive)
  const rows = new Map<string, RowImage>()
  const dismissed = new Map<string, Dismissal>()
  const onAfresh = () => dismissed.forEach((one) => (one.mayBeSent = true))
  const shop = { stages, clock, shopId, sourceConnectionId, store, batchLimit }
  const connection = createConnection({ ...shop, onAfresh, defaults, addressOf })
  const replayed = new Map<string, number>()
  const taken = new Map<string, string>()
  const subject = { ...shop, db, saas, connection, rows, dismissed, replayed, taken }

  const laneOptions = { ...stages, clock, builtInAddress: '', onAttempt: () => undefined, timeoutMs: 60_000 }
  const callsOf = (name: string) => saas.pending.filter(({ worker }) => worker === name).length
  const crew = createCrew(PLACES, saas, (name) =>
    createWorker(name, { ...laneOptions, shopId, pulse, callsOf }),
  )
  const intakes = PLACES.map(() => stages.intake({ defaults, clock }))

  return {
    stages,
    shopId,
    store,
    saas,
    connection,
    clock,
    tick: (ms) => void (now = new Date(now.getTime() + ms)),
    ...crew,
    laneOptions,
    delivered: [],
    arrive: (news) => arrival(domain, news),
    accept: (arrived, place) => intakes[place % PLACES.length]!.accept(arrived),
    rows,
    dismissed,
    replayed,
    check: (actor) => inspect(subject, actor),
    isDue: async () => (await findDueShops(db, now)).includes(shopId),
    async close() {
      switchboard.disconnect(domain)
      saas.hangUp()
      await forget(stages, domain)
    },
  }
}

async function openShop(
  { db, queue, sealer }: Stages,
  domain: string,
  about: Pick<Parameters<typeof ensureShops>[2], 'defaults' | 'now'>,
): Promise<{ shopId: string; sourceConnectionId: string }> {
  await install(db, domain)
  const issueReceiverKey = () => Promise.reject(new Error('Nobody asked for a receiver.'))
  const options = { ...about, queue, sealer, issueReceiverKey }
  const shops = await db.transaction((tx) => ensureShops(tx, [domain], options))
  const { shopId, context } = shops.get(domain)!
  return { shopId, sourceConnectionId: context.sourceConnectionId }
}

/** Shops come by the thousand in one run: each goes when it is done with. */
async function forget({ db }: Stages, domain: string): Promise<void> {
  await db.query(`DELETE FROM "Shop" WHERE "domain" = $1`, [domain])
  await db.query(`DELETE FROM "Session" WHERE "shop" = $1`, [domain])
  await db.query(
    `DELETE FROM "Journal" j WHERE NOT EXISTS (SELECT FROM "SourceConnection" o WHERE o."id" = j."source")`,
  )
}
