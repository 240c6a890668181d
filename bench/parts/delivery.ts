import { type Counts } from '../counts'
import { type Destination, startDestination } from '../destination'
import { runRawPosts } from '../limits/run-raw-posts'
import { runLoad } from '../load/run-load'
import { type Latency, latencyOf } from '../measures/acknowledgement-latency'
import { waysOfOrders } from '../measures/taken-times'
import { finding, latencyReading, ratioReading } from '../report/finding'
import { quotients } from '../statistics'
import { planFor, startRole, type Subject } from '../subjects'
import { type Measured, type PartContext } from './part'

const PER_SECOND = 200
const SAAS_MS = 5
/** The code of the whole way is compiled only when it has run for a while. */
const WARM_UP_SECONDS = 10

/** From the sending of a webhook to the SaaS's answer being out: role `all`, isolated complete orders, 200 a second. */
export async function delivery(context: PartContext): Promise<Measured> {
  const { databases, stage, options, counts } = context
  const { rounds, seconds } = options
  const destination = await startDestination(counts, { latencyMs: SAAS_MS })
  stage.atEnd(() => destination.stop())
  const app = await startRole(stage, 'all', await databases.installed('delivery'), destination.env)
  const ways: Latency[] = []
  const raw: Latency[] = []

  await deliver(app, destination, WARM_UP_SECONDS, counts)
  for (let round = 0; round < rounds; round += 1) {
    ways.push(await deliver(app, destination, seconds, counts))
    raw.push(await postRaw(destination))
  }
  const [p50s, p99s] = [ways.map(({ p50 }) => p50), ways.map(({ p99 }) => p99)]
  return {
    conditions: `${rounds} rounds of ${seconds} s`,
    readings: [
      latencyReading('webhook to the SaaS’s answer, 200 a second', ways),
      latencyReading('the same calls made raw, one at a time', raw),
      ratioReading(
        'the median way, to a raw call',
        quotients(
          p50s,
          raw.map(({ p50 }) => p50),
        ),
      ),
    ],
    findings: [finding('delivery-p50', p50s), finding('delivery-p99', p99s)],
  }
}

async function deliver(
  app: Subject,
  destination: Destination,
  seconds: number,
  counts: Counts,
): Promise<Latency> {
  destination.forget()
  const plan = planFor(app, seconds, { kind: 'open', perSecond: PER_SECOND })
  const result = await runLoad(plan, counts)
  await destination.untilTaken(result.acknowledged)
  return latencyOf(waysOfOrders(destination.calls(), plan, result))
}

async function postRaw({ saas, samples }: Destination): Promise<Latency> {
  const { latencies } = await runRawPosts({ url: saas.url, seconds: 1, connections: 1, requests: samples() })
  return latencyOf(latencies)
}
