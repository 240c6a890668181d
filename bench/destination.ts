import { type RecordedRequest, type Saas, startSaas } from '../dev/saas'
import { until } from '../dev/until'
import { type Counts } from './counts'
import { type RawRequest } from './limits/raw-plan'

const KEY = 'bench'
const COLLECT_MS = 100
/** A SaaS that gets nothing for so long will get nothing more; longer than a sweep, and than a breaker's first waits. */
const STALL_MS = 90_000
const SAMPLES = 200

/** A call that reached the SaaS with at least one record, and is over. Times in milliseconds since 1970. */
export interface Call {
  /** `source|store|resource|external id` of each. */
  records: string[]
  /** Null when no answer was given. */
  status: number | null
  startedAt: number
  endedAt: number
}

/** The SaaS of a part, the same for everybody who delivers in it. */
export interface Destination {
  saas: Saas
  /** The environment of an app that delivers here. */
  env: Record<string, string>
  /** Calls since `forget`, in order. */
  calls(): Call[]
  forget(): void
  /** How many different records it took since `forget`. */
  taken(): number
  /** Resolves when it took so many different records since `forget`. @throws Error when nothing comes any more */
  untilTaken(count: number): Promise<void>
  /** Some of the requests that Parity made, one record in each. */
  samples(): RawRequest[]
  stop(): Promise<void>
}

export interface DestinationOptions {
  latencyMs: number
  batchLimit?: number
  /** What it may refuse because it was told to. */
  refuses?: number
}

/** Starts the stand-in of a SaaS, and counts what comes. */
export async function startDestination(
  counts: Counts,
  { latencyMs, batchLimit, refuses }: DestinationOptions,
): Promise<Destination> {
  const saas = await startSaas({ apiKey: KEY, latencyMs, batchLimit: batchLimit ?? null })
  const samples: RawRequest[] = []
  let calls: Call[] = []
  let taken = new Set<string>()

  const note = (request: RecordedRequest) => {
    const { records, status, startedAt, endedAt } = request
    if (records.length === 0) return
    calls.push({ records, status, startedAt, endedAt: endedAt ?? Number.NaN })
    counts.calls += 1
    if (status === 200) for (const record of records) taken.add(record)
    else if (status === refuses) counts.refusedOnPurpose += 1
    else counts.failed += 1
    if (records.length === 1 && samples.length < SAMPLES) samples.push(toSample(request))
  }
  /** What is over is taken out, so that a long part does not keep every body. */
  const collect = () => {
    const underWay = saas.requests.filter(({ endedAt }) => endedAt === null)
    const over = saas.requests.splice(0).filter(({ endedAt }) => endedAt !== null)
    saas.requests.push(...underWay)
    over.forEach(note)
  }
  const timer = setInterval(collect, COLLECT_MS)
  const current = () => {
    collect()
    return taken.size
  }

  return {
    saas,
    env: { SAAS_API_URL: saas.url, SAAS_API_KEY: KEY },
    calls() {
      collect()
      return calls
    },
    forget() {
      collect()
      calls = []
      taken = new Set()
    },
    taken: current,
    untilTaken: (count) => untilTaken(current, count),
    samples: () => samples,
    async stop() {
      clearInterval(timer)
      await saas.stop()
      collect()
    },
  }
}

async function untilTaken(taken: () => number, count: number): Promise<void> {
  let before = -1
  for (;;) {
    before = taken()
    if (before >= count) return
    await until(
      `the SaaS got more than ${before} of ${count} records`,
      () => taken() >= count || taken() > before,
      STALL_MS,
    )
  }
}

const NOT_REPEATED = ['host', 'connection', 'content-length', 'transfer-encoding']

function toSample({ path, headers, text }: RecordedRequest): RawRequest {
  const repeated = Object.entries(headers).filter(([name]) => !NOT_REPEATED.includes(name))
  return { path, text, headers: Object.fromEntries(repeated.map(([name, value]) => [name, String(value)])) }
}
