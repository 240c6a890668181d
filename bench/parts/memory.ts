import { startDestination } from '../destination'
import { runLoad } from '../load/run-load'
import { type Memory, sampleMemory } from '../measures/sample-memory'
import { finding, inWords, type Reading } from '../report/finding'
import { percentile, spread, thirds } from '../statistics'
import { planFor, startRole } from '../subjects'
import { type Measured, type PartContext } from './part'

const SAAS_MS = 5
const PER_SECOND = 200
const SAMPLES = 240

/** Whether memory grows under a steady load of intake and delivery. */
export async function memory({ databases, stage, options, counts }: PartContext): Promise<Measured> {
  const seconds = options.minutes * 60
  const destination = await startDestination(counts, { latencyMs: SAAS_MS })
  stage.atEnd(() => destination.stop())
  const app = await startRole(stage, 'all', await databases.installed('memory'), destination.env)

  const sampling = sampleEvery(app.url, (seconds * 1000) / SAMPLES)
  const result = await runLoad(
    planFor(app, seconds, { kind: 'open', perSecond: PER_SECOND }),
    counts,
  ).finally(sampling.stop)
  const samples = await sampling.samples()
  await destination.untilTaken(result.acknowledged)

  const parts = thirds(samples)
  const [, second, third] = parts.map((part) =>
    percentile(
      part.map(({ resident }) => resident),
      0.5,
    ),
  )
  return {
    conditions: `${options.minutes} minutes, ${result.acknowledged} orders, ${samples.length} samples`,
    readings: parts.flatMap((part, index) => readingsOf(part, ['first', 'second', 'last'][index] ?? '')),
    findings: [finding('memory-growth', [(third ?? Number.NaN) / (second ?? Number.NaN)])],
  }
}

function readingsOf(samples: Memory[], which: string): Reading[] {
  const of = (name: keyof Memory) => inWords(spread(samples.map((sample) => sample[name])), 0, ' MB')
  return [
    { what: `resident memory in the ${which} third`, measured: of('resident') },
    { what: `heap in use in the ${which} third`, measured: of('heap') },
  ]
}

/** Samples until it is stopped; a sample that fails fails all. */
function sampleEvery(url: string, ms: number): { stop(): void; samples(): Promise<Memory[]> } {
  const pending: Promise<Memory>[] = []
  const timer = setInterval(() => {
    const sample = sampleMemory(url)
    // Whoever waits for the samples hears of it; until then it is not unhandled.
    sample.catch(() => undefined)
    pending.push(sample)
  }, ms)
  return { stop: () => clearInterval(timer), samples: () => Promise.all(pending) }
}
