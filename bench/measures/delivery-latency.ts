import { type RecordedRequest, startSaas } from '../../dev/saas'
import { startApp } from '../../dev/run-app'
import { FIRST_ORDER_ID } from '../load/order'
import { type LoadResult, type Plan } from '../load/plan'
import { runLoad } from '../load/run-load'
import { planFor } from '../subjects'
import { type Latency, latencyOf } from './acknowledgement-latency'
import { type Rounds } from './measure-rounds'

const PER_SECOND = 200
const SAAS_MS = 5
const SAAS_KEY = 'bench'
const PATIENCE_MS = 30_000

/** From the sending of a webhook to the SaaS's answer being out, round by round: isolated, complete orders, 200 a second. */
export async function deliveryLatency(databaseUrl: string, { rounds, seconds }: Rounds): Promise<Latency[]> {
  const saas = await startSaas({ apiKey: SAAS_KEY, latencyMs: SAAS_MS })
  const env = { SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY, LOG_LEVEL: 'warn' }
  const app = await startApp({ databaseUrl, role: 'all', env })
  const subject = { url: app.url, secret: app.env.SHOPIFY_API_SECRET ?? '' }
  const latencies: Latency[] = []
  try {
    // The first round warms up.
    for (let round = 0; round <= rounds; round += 1) {
      saas.reset()
      const plan = planFor(subject, seconds, { kind: 'open', perSecond: PER_SECOND })
      const result = await runLoad(plan)
      await inTime(saas.answered(result.acknowledged))
      if (round > 0) latencies.push(latencyOf(timesOf(saas.requests, plan, result)))
    }
    return latencies
  } finally {
    await app.stop()
    await saas.stop()
  }
}

/** For each order, how long after it was due to be sent the SaaS's answer to it was out. */
function timesOf(requests: RecordedRequest[], plan: Plan, result: LoadResult): number[] {
  return requests.flatMap(({ records, endedAt }) =>
    records.map((key) => {
      const order = Number(key.split('|').at(-1)) - FIRST_ORDER_ID - plan.firstOrder
      return (endedAt ?? Number.NaN) - (result.startedAt + (order * 1000) / PER_SECOND)
    }),
  )
}

async function inTime(work: Promise<void>): Promise<void> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The SaaS did not get every order.')), PATIENCE_MS).unref()
  })
  await Promise.race([work, late])
}
