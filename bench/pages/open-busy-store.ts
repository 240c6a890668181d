import { type RunningApp, startApp } from '../../dev/run-app'
import { startShopify, type Shop } from '../../dev/shopify'
import { systemClock } from '../../app/lib/time'
import { createSealer } from '../../app/lib/sealing'
import { NOTHING } from '../../app/records/known'
import { sealKnown } from '../../app/records/sealed-known'
import { STORE, withClient } from '../bench-database'
import { type PartContext } from '../parts/part'
import { BUSY, BUSY_COUNTS, EVENTS_A_RECORD } from '../planting/busy-rows'
import { plantStore } from '../planting/plant-store'
import { benchStore } from '../reading/bench-store'
import { installStore } from '../reading/install-store'
import { openPorts } from '../reading/open-ports'
import { BENCH_KEY } from '../subjects'
import { type Samples } from './page-list'
import { explainStatements } from './watch-statements'

/** The first of the planted records, which most has happened to. */
const BUSIEST = '6000000000001'

/** A store with all that happens to one, and the app over it as its person's browser reaches it. */
export interface BusyStore {
  databaseUrl: string
  app: RunningApp
  shop: Shop
  samples: Samples
  events: number
}

/** Plants the store and starts the app over it, until the part is over. Its statements are explained in the server's log. */
export async function openBusyStore(
  { databases, stage }: Pick<PartContext, 'databases' | 'stage'>,
  records: number,
): Promise<BusyStore> {
  const databaseUrl = await databases.installed('busy')
  await install(databaseUrl)
  const startedAt = Date.now()
  await plantStore(databaseUrl, records, BUSY)
  await plantStore(databaseUrl, records, BUSY_COUNTS)
  await tellOfBusiest(databaseUrl)
  console.log(`  ${records} records planted in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  await explainStatements(databaseUrl)

  const stock = { products: 0, collections: 0, customers: 0, orders: 0 }
  const shopify = await startShopify({ shops: [STORE], stock })
  stage.atEnd(() => shopify.stop())
  const app = await startApp({
    databaseUrl,
    role: 'web',
    nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
    env: {
      PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin,
      PARITY_ENCRYPTION_KEY: BENCH_KEY.toString('base64'),
      LOG_LEVEL: 'warn',
    },
  })
  stage.atEnd(async (failed) => {
    await app.stop()
    if (failed) console.error(`The app said:\n${app.output().slice(-3000)}`)
  })
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET } = app.env
  shopify.connectApp({ url: app.url, apiKey: SHOPIFY_API_KEY!, apiSecret: SHOPIFY_API_SECRET! })
  return {
    ...{ databaseUrl, app, shop: shopify.shop, events: records * EVENTS_A_RECORD },
    samples: await samplesOf(databaseUrl),
  }
}

/** The store has its first run behind it. */
async function install(databaseUrl: string): Promise<void> {
  const reader = benchStore({ databaseUrl, store: STORE, exports: [], watchesHeap: false })
  const ports = await openPorts(databaseUrl, reader, systemClock)
  const { runId } = await installStore(STORE, ports)
  await ports.db.query(
    `UPDATE "SyncRun" SET "state" = 'finished', "detail" = 'All is there.', "endedAt" = now() - interval '89 days' WHERE "id" = $1`,
    [runId],
  )
  await ports.close()
}

/** What is known of the planted records is noise; of the one whose page is opened, it can be read. */
async function tellOfBusiest(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT "id" FROM "SyncRecord" WHERE "externalId" = $1`,
      [BUSIEST],
    )
    const { id } = rows[0]!
    const asOf = { updatedAt: '', triggeredAt: '', tie: '' }
    const known = { ...NOTHING, parts: { core: { asOf, data: { number: '#1', total: '61.50' } } } }
    await client.query(`UPDATE "SyncRecord" SET "known" = $2 WHERE "id" = $1`, [
      id,
      sealKnown(known, id, createSealer([BENCH_KEY])),
    ])
  })
}

/** From the middle of the lists; and the record that most has happened to. */
async function samplesOf(databaseUrl: string): Promise<Samples> {
  const middle = (table: string, time: string) =>
    `(SELECT "id" FROM "${table}" WHERE "${time}" < now() - interval '45 days' ORDER BY "${time}" DESC LIMIT 1)`
  const rows = await withClient(databaseUrl, (client) =>
    client.query<Samples>(
      `SELECT ${middle('WebhookEvent', 'receivedAt')} AS event, ${middle('SyncAttempt', 'startedAt')} AS attempt,
         (SELECT "id" FROM "SyncRecord" WHERE "externalId" = $1) AS record,
         (SELECT "id" FROM "SyncRun" ORDER BY "startedAt" LIMIT 1) AS run,
         (SELECT to_char("updatedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || "id"
          FROM "SyncRecord" ORDER BY "id" OFFSET (SELECT count(*) / 2 FROM "SyncRecord") LIMIT 1) AS cursor`,
      [BUSIEST],
    ),
  )
  return rows.rows[0]!
}
