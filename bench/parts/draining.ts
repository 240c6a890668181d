import { startDestination } from '../destination'
import { type RawRequest } from '../limits/raw-plan'
import { drain, type Ground, openGround } from '../measures/drain'
import { rawRate } from '../measures/raw-rate'
import { flood, WARM_UP_SECONDS } from '../measures/measure-rounds'
import { rateReading, ratioReading } from '../report/finding'
import { quotients } from '../statistics'
import { type Measured, type PartContext } from './part'

const SAAS_MS = 5
const BATCH = 100

/** What waits, delivered by one worker, against a raw loop of calls to the same SaaS: one record a call, and a hundred. */
export async function draining(context: PartContext): Promise<Measured> {
  const { rounds, seconds } = context.options
  const single = await open(context, 'single', {})
  const batched = await open(context, 'batched', { batchLimit: BATCH })
  const rates = { single: [], batched: [], rawSingle: [], rawBatched: [] } as Record<Measure, number[]>

  for (let round = 0; round <= rounds; round += 1) {
    const measured = {
      single: await fillAndDrain(single, round === 0 ? WARM_UP_SECONDS : seconds, context),
      rawSingle: await rawRate(single.destination, seconds),
      batched: await fillAndDrain(batched, round === 0 ? WARM_UP_SECONDS : seconds, context),
      rawBatched:
        BATCH * (await rawRate(batched.destination, seconds, [inOne(single.destination.samples())])),
    }
    // The first round warms up.
    if (round > 0) for (const name of MEASURES) rates[name].push(measured[name])
  }
  return {
    conditions: `${rounds} rounds; in each, what ${seconds} s of intake at full speed leave is drained, and a raw loop of ${seconds} s follows`,
    readings: [
      rateReading('Parity, role `worker`, one record a call: records a second', rates.single),
      rateReading('a raw loop of such calls on 16 connections: records a second', rates.rawSingle),
      ratioReading('Parity, to that loop', quotients(rates.single, rates.rawSingle)),
      rateReading('Parity, role `worker`, with the batch endpoint: records a second', rates.batched),
      rateReading('a raw loop of batches of 100 on 16 connections: records a second', rates.rawBatched),
      ratioReading('Parity with batches, to that loop', quotients(rates.batched, rates.rawBatched)),
      ratioReading('Parity with batches, to Parity without', quotients(rates.batched, rates.single)),
    ],
    findings: [],
  }
}

const MEASURES = ['single', 'rawSingle', 'batched', 'rawBatched'] as const
type Measure = (typeof MEASURES)[number]

async function open(context: PartContext, name: string, offers: { batchLimit?: number }): Promise<Ground> {
  const destination = await startDestination(context.counts, { latencyMs: SAAS_MS, ...offers })
  context.stage.atEnd(() => destination.stop())
  return openGround(context, name, destination)
}

async function fillAndDrain(ground: Ground, seconds: number, context: PartContext): Promise<number> {
  const { acknowledged } = await flood(ground.web, seconds, context.counts)
  return drain(ground, acknowledged, context)
}

/** As many of the calls as a batch may hold, in one. */
function inOne(samples: RawRequest[]): RawRequest {
  const headers = samples[0]?.headers ?? {}
  const events = Array.from({ length: BATCH }, (_, index) => samples[index % samples.length]?.text)
  return { path: '/api/sync/batch', headers, text: `{"events":[${events.join(',')}]}` }
}
