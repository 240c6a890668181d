import { type Latency } from '../measures/acknowledgement-latency'
import { ratios } from '../measures/measure-rounds'
import { spread } from '../statistics'
import { type Finding, inWords, type Reading } from './finding'

/** The numbers of the design. */
const LIMITS = {
  ofRemix: 1.8,
  ofBare: 0.6,
  acknowledgementP99: 50,
  deliveryP50: 50,
  deliveryP99: 250,
}

const SUBJECTS: [name: string, what: string][] = [
  ['parity', 'Parity, role `web`: durable acknowledgements a second'],
  ['remix', 'an empty Remix action that only verifies with the SDK, a second'],
  ['bare', 'a bare node:http server with one INSERT a request, a second'],
]

/** What profiles of the parts have shown to cost most. */
const OBSTACLES = {
  acknowledgements:
    'of the time that the process is busy, three fifths go before and after our own code: the verification of the SDK (it rewrites header names about a hundred times a webhook, and takes WebCrypto), the way through express and Remix (all routes are compiled and matched anew, a Request and a Response with their streams), and collecting the garbage. And it is idle for a third of the time: one commit is under way at once, in eight round trips to PostgreSQL, and 64 connections do not bring enough work meanwhile.',
  acknowledgementTime:
    'a webhook waits for the commit that is under way, and for its own; the generator, PostgreSQL and the app share the same cores.',
  delivery:
    'web and worker share one thread, which is busy nearly all the time at this rate. A delivery makes ten round trips to PostgreSQL (fetch the job, claim, read, note the attempt, settle in a transaction, complete the job), and speaking to PostgreSQL is close to half of what the thread does.',
}

/** What was measured, as rates. */
export function rateReadings(rates: Map<string, number[]>): Reading[] {
  return SUBJECTS.map(([name, what]) => ({ what, measured: inWords(spread(rates.get(name) ?? []), 0) }))
}

/** The rate against the two limits. */
export function acknowledgementFindings(rates: Map<string, number[]>): Finding[] {
  return [
    ratioFinding('acknowledgements, to the Remix action', ratios(rates, 'parity', 'remix'), LIMITS.ofRemix),
    ratioFinding('acknowledgements, to the bare server', ratios(rates, 'parity', 'bare'), LIMITS.ofBare),
  ]
}

function ratioFinding(what: string, values: number[], limit: number): Finding {
  const found = spread(values)
  return {
    what,
    measured: inWords(found, 2, ' ×'),
    limit: `at least ${limit} ×`,
    isReached: found.median >= limit,
    obstacle: `${Math.round((1 - found.median / limit) * 100)} % short: ${OBSTACLES.acknowledgements}`,
  }
}

/** The acknowledgement at half load. */
export function latencyFinding(latencies: Latency[], perSecond: number): Finding {
  const what = `acknowledgement at half that load (${perSecond} a second), p99`
  const p50 = spread(latencies.map(({ p50 }) => p50))
  return timeFinding(
    { what, beside: `; p50 ${p50.median.toFixed(1)} ms` },
    latencies.map(({ p99 }) => p99),
    LIMITS.acknowledgementP99,
    OBSTACLES.acknowledgementTime,
  )
}

/** The way of a webhook to the SaaS. */
export function deliveryFindings(latencies: Latency[]): Finding[] {
  const what = 'webhook to the SaaS’s answer, 200 a second'
  return [
    timeFinding(
      { what: `${what}, p50` },
      latencies.map(({ p50 }) => p50),
      LIMITS.deliveryP50,
      OBSTACLES.delivery,
    ),
    timeFinding(
      { what: `${what}, p99` },
      latencies.map(({ p99 }) => p99),
      LIMITS.deliveryP99,
      OBSTACLES.delivery,
    ),
  ]
}

function timeFinding(
  named: { what: string; beside?: string },
  values: number[],
  limitMs: number,
  obstacle: string,
): Finding {
  const found = spread(values)
  return {
    what: named.what,
    measured: inWords(found, 1, ' ms') + (named.beside ?? ''),
    limit: `under ${limitMs} ms`,
    isReached: found.median < limitMs,
    obstacle,
  }
}
