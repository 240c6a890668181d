import { compareMirror } from '../../dev/compare-mirror'
import { STORE } from '../bench-database'
import { type Destination, startDestination } from '../destination'
import { creations, type ProductChange, shuffledChanges } from '../load/burst'
import { type LoadResult, type Plan } from '../load/plan'
import { expectedProduct, productId } from '../load/product'
import { runLoad } from '../load/run-load'
import { untilNothingIsDue } from '../measures/drain'
import { dueAt, firstTaken, recordKey } from '../measures/taken-times'
import { finding, rateReading } from '../report/finding'
import { startRole, type Subject } from '../subjects'
import { type Measured, type PartContext } from './part'

const PRODUCTS = 500
const CHANGES = 10
const SECONDS = 10
const SAAS_MS = 100
const CALLS_A_SECOND = 100
const TOO_MANY = 429
/** Idle products, each changed alone before the burst. */
const ALONE = 20
const ALONE_A_SECOND = 4
const CREATED_A_SECOND = 100

/** 10 updates each to 500 products within 10 s, half of them changing nothing, and a SaaS that is slow and throttled. */
export async function burst(context: PartContext): Promise<Measured> {
  const { databases, stage, options, counts } = context
  const destination = await startDestination(counts, { latencyMs: SAAS_MS, refuses: TOO_MANY })
  stage.atEnd(() => destination.stop())
  const databaseUrl = await databases.installed('burst')
  const app = await startRole(stage, 'all', databaseUrl, destination.env)
  const rounds: Round[] = []
  for (let round = 0; round < options.rounds; round += 1)
    rounds.push(await burstOnce({ app, databaseUrl, destination, context }, round * (PRODUCTS + ALONE)))

  const webhooks = PRODUCTS * CHANGES
  return {
    conditions: `${options.rounds} bursts of ${webhooks} webhooks in ${SECONDS} s`,
    readings: [
      rateReading(
        'calls to the SaaS for a burst, refused ones counted',
        rounds.map(({ calls }) => calls),
      ),
      rateReading(
        'of those, refused with 429',
        rounds.map(({ refused }) => refused),
      ),
      rateReading(
        'fields compared after a burst',
        rounds.map(({ fields }) => fields),
      ),
      rateReading(
        'ms from the last webhook until all was in step',
        rounds.map(({ restMs }) => restMs),
      ),
    ],
    findings: [
      finding(
        'burst-calls',
        rounds.map(({ calls }) => calls / webhooks),
      ),
      finding(
        'burst-differences',
        rounds.map(({ differences }) => differences),
      ),
      finding(
        'burst-first-change',
        rounds.flatMap(({ firstChanges }) => firstChanges),
      ),
    ],
  }
}

interface Round {
  calls: number
  refused: number
  fields: number
  differences: number
  restMs: number
  firstChanges: number[]
}

interface Scene {
  app: Subject
  databaseUrl: string
  destination: Destination
  context: PartContext
}

async function burstOnce(scene: Scene, first: number): Promise<Round> {
  const { destination, databaseUrl, context } = scene
  const { saas } = destination
  saas.behave()
  await send(scene, creations(first, PRODUCTS + ALONE), CREATED_A_SECOND)
  await untilNothingIsDue(databaseUrl)
  const firstChanges = await changeAlone(scene, first + PRODUCTS)

  destination.forget()
  saas.misbehave({ kind: 'rate_limit', perSecond: CALLS_A_SECOND })
  const refusedBefore = context.counts.refusedOnPurpose
  await send(scene, shuffledChanges(first, PRODUCTS, CHANGES), (PRODUCTS * CHANGES) / SECONDS)
  const sentAt = performance.now()
  await untilNothingIsDue(databaseUrl)
  const restMs = performance.now() - sentAt
  return {
    calls: destination.calls().length,
    refused: context.counts.refusedOnPurpose - refusedBefore,
    restMs,
    firstChanges,
    ...compare(destination, first),
  }
}

/** The first change of products that are in step and idle, one at a time: ms from the webhook to the beginning of the call. */
async function changeAlone(scene: Scene, first: number): Promise<number[]> {
  const { destination, databaseUrl } = scene
  destination.forget()
  const list = Array.from({ length: ALONE }, (_, index) => ({ product: first + index, change: 1 }))
  const { plan, result } = await send(scene, list, ALONE_A_SECOND)
  await destination.untilTaken(ALONE)
  await untilNothingIsDue(databaseUrl)
  const begun = firstTaken(destination.calls(), 'startedAt')
  return list.map(({ product }, index) => {
    const at = begun.get(recordKey(STORE, 'product', productId(product))) ?? Number.NaN
    return at - dueAt(plan, result, index)
  })
}

async function send(
  { app, context }: Scene,
  list: ProductChange[],
  perSecond: number,
): Promise<{ plan: Plan; result: LoadResult }> {
  const plan: Plan = {
    url: app.url,
    secret: app.secret,
    store: STORE,
    news: { kind: 'products', list },
    seconds: list.length / perSecond,
    pace: { kind: 'open', perSecond },
  }
  return { plan, result: await runLoad(plan, context.counts) }
}

function compare({ saas }: Destination, first: number): { fields: number; differences: number } {
  const expected = Array.from({ length: PRODUCTS }, (_, index) => expectedProduct(first + index, CHANGES))
  const ids = new Set(expected.map(({ externalId }) => externalId))
  const mirror = saas.mirror({ resource: 'product', withDeleted: true })
  const { fields, differences } = compareMirror(
    expected,
    mirror.filter(({ externalId }) => ids.has(externalId)),
  )
  for (const difference of differences.slice(0, 5)) console.error(difference)
  return { fields, differences: differences.length }
}
