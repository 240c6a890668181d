import { type Act } from './act'
import { reconcileDeeply, digestEnded } from './begin-deep'
import { compareWithStore, wordsOf } from './compare'
import { leftBehind } from './left-behind'
import { comeToRest } from './rest'
import { miscounted } from './runs'
import { type World } from './world'

/**
 * The merchant takes back the right to read customers, and the right to read orders that are older than sixty days; then the whole store is
 * compared. What is out of reach is not gone.
 */
export async function playNarrowed(world: World): Promise<Act> {
  const { shop, random } = world
  const before = await compareWithStore(world)
  shop.revokeScopes('read_customers', 'read_all_orders')
  await comeToRest(world)
  const changed = random.sample(shop.products.list(), 3)
  shop.silently(() => {
    for (const { id } of changed) shop.products.update(id, { title: 'Narrowed, and nobody said so' })
  })
  const began = new Date()
  const { run, asked } = await reconcileDeeply(world)
  world.say(`the narrowed store is compared: ${run.detail}`)
  await digestEnded(world, began)
  await comeToRest(world)
  const comparison = await compareWithStore(world)
  const detail = run.detail ?? ''
  return {
    name: 'narrowed',
    what: 'a scope is revoked and the window of orders shrinks before the whole store is compared',
    rows: [
      [
        'injected',
        `read_customers and read_all_orders revoked, ${changed.length} products changed without a webhook`,
      ],
      ['deep', detail],
      ['compared', wordsOf(comparison)],
    ],
    verdict: {
      'the run is finished': run.state === 'finished' ? [] : [`it is ${run.state}: ${detail}`],
      'nothing is deleted': [
        ...(asked === null ? [] : [`a person was asked: ${asked}`]),
        ...(run.gone === 0 ? [] : [`the run deleted ${run.gone}`]),
        ...(comparison.tombstones === before.tombstones
          ? []
          : [`${comparison.tombstones} tombstones instead of ${before.tombstones}`]),
      ],
      'the run says why': ['Customers were left out', 'Older orders were left out']
        .filter((words) => !detail.includes(words))
        .map((words) => `"${words}" is not in: ${detail}`),
      'the others are compared': miscounted(world, run),
      'the mirror equals the store': comparison.differences,
      ...(await leftBehind(world)),
    },
  }
}
