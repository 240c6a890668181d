import { startDestination } from '../destination'
import { runRawPosts } from '../limits/run-raw-posts'
import { runLoad } from '../load/run-load'
import { type Latency, latencyOf } from '../measures/acknowledgement-latency'
import { waysOfOrders } from '../measures/taken-times'
import { finding, latencyReading, ratioReading } from '../report/finding'
import { quotients } from '../statistics'
import { planFor, startRole } from '../subjects'
import { type Measured, type PartContext } from './part'

const PER_SECOND = 200
const SAAS_MS = 5

/** From the sending of a webhook to the SaaS's answer being out: role `all`, isolated complete orders, 200 a second. */
export async function delivery({ databases, stage, options, counts }: PartContext): Promise<Measured> {
  const { rounds, seconds } = options
  const destination = await startDestination(counts, { latencyMs: SAAS_MS })
  stage.atEnd(() => destination.stop())
  const app = await startRole(stage, 'all', await databases.installed('delivery'), destination.env)
  const ways: Latency[] = []
  const raw: Latency[] = []

  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    destination.forget()
    const plan = planFor(app, seconds, { kind: 'open', perSecond: PER_SECOND })
    const result = await runLoad(plan, counts)
    await destination.untilTaken(result.acknowledged)
    const way = latencyOf(waysOfOrders(destination.calls(), plan, result))
    const alone = await runRawPosts({
      url: destination.saas.url,
      seconds: 1,
      connections: 1,
      requests: destination.samples(),
    })
    if (round === 0) continue
    ways.push(way)
    raw.push(latencyOf(alone.latencies))
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
