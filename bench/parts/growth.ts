import { startDestination } from '../destination'
import { drain, type Ground, openGround } from '../measures/drain'
import { flood, inTurns, rateOf, WARM_UP_SECONDS } from '../measures/measure-rounds'
import { FEW_RECORDS } from '../options'
import { gigabytesOf, plantStore } from '../planting/plant-store'
import { finding, rateReading, type Reading } from '../report/finding'
import { quotients } from '../statistics'
import { type Measured, type PartContext } from './part'

const SAAS_MS = 5

/** Intake and delivery on a large store against a small one, taking turns. */
export async function growth(context: PartContext): Promise<Measured> {
  const { rounds, seconds, records } = context.options
  const destination = await startDestination(context.counts, { latencyMs: SAAS_MS })
  context.stage.atEnd(() => destination.stop())
  const few = await grown(context, destination, 'few', FEW_RECORDS)
  const many = await grown(context, destination, 'many', records)

  for (let round = 0; round <= rounds; round += 1) {
    for (const store of inTurns([few, many], round)) {
      const result = await flood(store.ground.web, round === 0 ? WARM_UP_SECONDS : seconds, context.counts)
      const delivered = await drain(store.ground, result.acknowledged, context)
      // The first round warms up.
      if (round === 0) continue
      store.intake.push(rateOf(result))
      store.delivery.push(delivered)
    }
  }
  return {
    conditions: `${rounds} rounds; in each, either store takes in for ${seconds} s, and what came in is drained`,
    readings: [...(await readingsOf(few)), ...(await readingsOf(many))],
    findings: [
      finding('growth-intake', quotients(many.intake, few.intake)),
      finding('growth-delivery', quotients(many.delivery, few.delivery)),
    ],
  }
}

interface Store {
  records: number
  ground: Ground
  intake: number[]
  delivery: number[]
}

async function grown(
  context: PartContext,
  destination: Ground['destination'],
  name: string,
  records: number,
): Promise<Store> {
  const ground = await openGround(context, name, destination)
  const { acknowledged } = await flood(ground.web, WARM_UP_SECONDS, context.counts)
  await drain(ground, acknowledged, context)
  const startedAt = Date.now()
  await plantStore(ground.databaseUrl, records)
  console.log(`  ${records} records planted in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  return { records, ground, intake: [], delivery: [] }
}

async function readingsOf({ records, ground, intake, delivery }: Store): Promise<Reading[]> {
  const size = await gigabytesOf(ground.databaseUrl)
  const store = `${records.toLocaleString('en')} records (${size.toFixed(2)} GB)`
  return [
    rateReading(`${store}: acknowledgements a second`, intake),
    rateReading(`${store}: deliveries a second`, delivery),
  ]
}
