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

const ROAD =
  'the way through express and Remix (a Request and a Response with their streams for each webhook) and the verification of the SDK (WebCrypto, and its header work) cost more than reading, mapping and committing together.'
const SHARED = 'the generator, PostgreSQL and the app share the same cores.'

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
    obstacle: `${Math.round((1 - found.median / limit) * 100)} % short: ${ROAD}`,
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
    ),
    timeFinding(
      { what: `${what}, p99` },
      latencies.map(({ p99 }) => p99),
      LIMITS.deliveryP99,
    ),
  ]
}

function timeFinding(named: { what: string; beside?: string }, values: number[], limitMs: number): Finding {
  const found = spread(values)
  return {
    what: named.what,
    measured: inWords(found, 1, ' ms') + (named.beside ?? ''),
    limit: `under ${limitMs} ms`,
    isReached: found.median < limitMs,
    obstacle: SHARED,
  }
}
