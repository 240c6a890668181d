import pg from 'pg'
import { compareMirror } from './compare-mirror'
import { expectedRecords } from './expected-record'
import { openApp } from './open-app'
import { readMirror } from './read-mirror'
import { type RunningApp } from './run-app'
import { type Shop, type ShopifyStandIn } from './shopify'
import { until } from './until'

/** How many changes the scenario makes after it has filled the store. */
const CHANGES = 520
/** How long the mirror may take to catch up before the scenario gives up. */
const PATIENCE_MS = 120_000

/** One of each: every topic's way through the app is used at least once. */
const OPENING = { collections: 6, products: 40, customers: 24, orders: 40 }

interface Stage {
  app: RunningApp
  shopify: ShopifyStandIn
  databaseUrl: string
  say(line: string): void
}

/**
 * Installs the app, fills the shop, changes it hundreds of times while webhooks are duplicated and reordered on their way, waits
 * until nothing is on its way any more, and compares the mirror with the store.
 *
 * @returns whether the mirror equals the store, field by field
 */
export async function playScenario({ app, shopify, databaseUrl, say }: Stage): Promise<boolean> {
  const { shop } = shopify
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await install(app, shop, client)
    say(`Installed in ${shop.domain}. Filling the shop and changing it ${CHANGES} times …`)
    const startedAt = Date.now()
    const changes = fill(shop) + (await change(shop))

    const { acknowledged } = await shop.settled()
    await caughtUp(client)
    const seconds = (Date.now() - startedAt) / 1000
    say(
      `${changes} changes, ${acknowledged} webhooks acknowledged, all of it mirrored in ${seconds.toFixed(1)} s.`,
    )
    return await compare(shop, client, say)
  } finally {
    await client.end()
  }
}

/** What a person's browser does when the app is opened for the first time; then the shop's currency is asked for. */
async function install(app: RunningApp, shop: Shop, client: pg.Client): Promise<void> {
  const answer = await openApp(app, shop)
  if (answer.status !== 200) throw new Error(`The app could not be opened: ${answer.status}\n${app.output()}`)
  await until('the shop is described', async () => {
    const { rows } = await client.query(
      'SELECT 1 FROM "Shop" WHERE "domain" = $1 AND "currency" IS NOT NULL',
      [shop.domain],
    )
    return rows.length === 1
  })
}

function fill(shop: Shop): number {
  for (let made = 0; made < OPENING.products; made++) shop.products.create()
  for (let made = 0; made < OPENING.collections; made++) shop.collections.create()
  for (let made = 0; made < OPENING.customers; made++) shop.customers.create()
  for (let made = 0; made < OPENING.orders; made++) shop.orders.create()
  return Object.values(OPENING).reduce((sum, count) => sum + count, 0)
}

async function change(shop: Shop): Promise<number> {
  shop.misbehave({ kind: 'duplicate', chance: 0.1 })
  shop.misbehave({ kind: 'reorder', window: 8, chance: 0.2 })
  const { changes, byKind } = await shop.burst({ changes: CHANGES, seed: 20_261_121 })
  const untouched = ['product', 'customer', 'order', 'collection'].filter(
    (resource) => !Object.keys(byKind).some((kind) => kind.startsWith(resource)),
  )
  if (untouched.length > 0) throw new Error(`The scenario touched no ${untouched.join(', ')}.`)
  shop.behave()
  return changes
}

/** Waits until no record is on its way and nothing is to be asked any more; what failed or is excluded is told by the comparison. */
async function caughtUp(client: pg.Client): Promise<void> {
  const nothingIsLeft = async () => {
    const { rows } = await client.query<{ left: number }>(
      `SELECT (SELECT count(*)::int FROM "SyncRecord" WHERE "state" IN ('waiting', 'delivering', 'retrying', 'held') AND "dueAt" IS NOT NULL)
            + (SELECT count(*)::int FROM "Question") AS left`,
    )
    return rows[0]?.left === 0
  }
  await until('the mirror has caught up', nothingIsLeft, PATIENCE_MS)
}

async function compare(shop: Shop, client: pg.Client, say: (line: string) => void): Promise<boolean> {
  const expected = expectedRecords(shop.snapshot(), shop.state.locationId).filter(
    ({ data }) => data.test !== true,
  )
  const result = compareMirror(expected, await readMirror(client, shop.domain))
  const { records, fields, tombstones, differences } = result
  say(
    `Compared ${records} records, ${fields} fields and ${tombstones} tombstones: ${differences.length} differences.`,
  )
  for (const difference of differences.slice(0, 20)) say(`  ${difference}`)
  say(differences.length === 0 ? 'The mirror equals the store.' : 'The mirror does NOT equal the store.')
  return differences.length === 0
}
