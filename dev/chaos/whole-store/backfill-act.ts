import { installApp } from '../install-app'
import { startLoad } from '../load'
import { systemClock } from '../../shopify/clock'
import { query } from '../query'
import { type Act } from './act'
import { killReaders } from './kill-readers'
import { comeToRest } from './rest'
import { miscounted, runEnded } from './runs'
import { watchMemory } from './watch-memory'
import { memoryWords, counts } from './words'
import { type World } from './world'

const CHANGES_PER_SECOND = 6
const NOTHING = { products: 0, collections: 0, customers: 0, orders: 0 }

/** The app is installed in a store that was there before, and reads it: under load, with webhooks astray, through deaths. */
export async function playBackfill(world: World): Promise<Act> {
  const { shop, fleet, seed, db } = world
  const before = sizeOf(world)
  shop.misbehave({ kind: 'drop', chance: 0.12 })
  shop.misbehave({ kind: 'duplicate', copies: 2, chance: 0.12 })
  shop.misbehave({ kind: 'reorder', window: 12, chance: 0.2 })
  shop.misbehave({ kind: 'delay', ms: 2_500, chance: 0.1 })
  await installApp({ shop, fleet, query: (text, values) => query(world.databaseUrl, text, values) })
  const load = startLoad({ shop, clock: systemClock, seed, perSecond: CHANGES_PER_SECOND, opening: NOTHING })
  const memory = watchMemory(fleet)
  const [died, run] = await Promise.all([
    killReaders(world),
    runEnded('the store is read', world, ({ kind }) => kind === 'backfill'),
  ])
  world.say(`the store is read: ${run.detail}`)
  await load.stop()
  const silent = changeSilently(world)
  const faults = { ...shop.webhookFaults.met }
  shop.behave()
  const seconds = await comeToRest(world)
  const held = await memory.stop()
  const [attempts] = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM "SyncAttempt"`)
  return {
    name: 'backfill',
    what: 'the app is installed in a store that was there before it, and reads it: webhooks lost, twice and out of order, workers killed',
    rows: [
      ['store', `${before} records before the app was installed`],
      [
        'injected',
        counts({ ...faults, 'changes without a webhook': silent, 'kill -9 of both workers': died.length }),
      ],
      ['died after', `${died.join(', ')} records`],
      ['changes', counts(load.made)],
      ['read', `${run.done} records in ${secondsOf(run)} s: ${run.detail}`],
      ['delivered', `${attempts!.count} attempts, at rest ${seconds.toFixed(0)} s after the last was read`],
      ['memory', memoryWords(held)],
    ],
    verdict: {
      'the run is finished': run.state === 'finished' ? [] : [`it is ${run.state}: ${run.detail}`],
      'the run counts what the store exported': miscounted(world, run),
      'it was killed as often as meant': died.length === world.deaths ? [] : [`only ${died.length} times`],
    },
  }
}

function sizeOf({ shop }: World): number {
  const { products, customers, orders, collections } = shop.state
  return products.size + customers.size + orders.size + collections.size
}

/** Certain losses beside those of the network. @returns how many */
function changeSilently({ shop, random }: World): number {
  const sold = new Set(
    shop.orders.list().flatMap(({ lineItems }) => lineItems.map(({ productId }) => productId)),
  )
  const unsold = shop.products.list().filter(({ id }) => !sold.has(id))
  const gone = random.sample(unsold, 2).map(({ id }) => id)
  const orders = random.sample(shop.orders.list(), 9)
  const others = random.sample(shop.products.list(), 8).filter(({ id }) => !gone.includes(id))
  shop.silently(() => {
    for (const id of gone) shop.products.delete(id)
    for (const { id } of orders.slice(0, 4)) shop.orders.delete(id)
    for (const { id } of orders.slice(4)) shop.orders.update(id, { tags: ['Nobody said so'] })
    for (const { id } of others) shop.products.update(id, { title: 'Nobody said so' })
    for (const { id } of random.sample(shop.customers.list(), 5))
      shop.customers.update(id, { firstName: 'Nobody' })
  })
  return gone.length + orders.length + others.length + 5
}

function secondsOf({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }): string {
  return (((endedAt?.getTime() ?? NaN) - startedAt.getTime()) / 1_000).toFixed(0)
}
